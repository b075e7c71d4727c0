"""A log that signs anything: whatever its entries and releases hold, the verifier ends with findings, never a crash."""

import json
from collections.abc import Iterator
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tenderwell.ledger.note import KeyType, Signer
from tenderwell.ledger.tests.logs import ORIGIN
from tenderwell.ledger.tests.sites import NOON, WITNESS, Site, bid, honest, policy_file
from tenderwell.ledger.verifying import command

DEEP: Any = json.loads("[" * 900 + "]" * 900)
STRANGE: tuple[Any, ...] = (
    None, True, -1, 0, 2**63, 10**300, 1e308, float("nan"), "", "\ud800", "\x1b[2J\x1b[1;1H", "٣", " 1", "1 ", "１",
    [], {}, [[]], {"a": 1}, ["x"] * 300, "../../etc/passwd", "/dev/zero", "//", "a" * 70_000, DEEP,
)  # fmt: skip
Where = tuple[str | int, ...]


def places(value: Any, at: Where = ()) -> Iterator[Where]:
    """The path of every value in it, however deep."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*at, name))


def changed(value: Any, at: Where, *, to: Any) -> Any:
    if not at:
        return to
    made = deepcopy(value)
    holder = made
    for name in at[:-1]:
        holder = holder[name]
    holder[at[-1]] = to
    return made


def left_out(value: Any, at: Where) -> Any:
    """Without the field or row at this place."""
    if not at:
        return {}
    made = deepcopy(value)
    holder = made
    for name in at[:-1]:
        holder = holder[name]
    del holder[at[-1]]
    return made


def spoiled(value: Any, data: st.DataObject) -> bytes:
    """One to three values in it replaced or left out; now and then a name stands there twice."""
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.sampled_from(list(places(value))))
        to = data.draw(st.sampled_from(STRANGE))
        value = changed(value, at, to=to) if data.draw(st.integers(0, 3)) else left_out(value, at)
    raw = json.dumps(value).encode()
    return raw.replace(b"{", b'{"type":"sealed/v1","ocid":[],', 1) if data.draw(st.integers(0, 9)) == 0 else raw


def spoil(site: Site, at: int, data: st.DataObject) -> None:
    """An entry, or the release behind it, is spoiled, and the log signs it as if it were right."""
    entry = json.loads(site.entries[at])
    if "url" in entry and data.draw(st.booleans()):
        path = site.folder / entry["url"].removeprefix("/")
        path.write_bytes(spoiled(json.loads(path.read_bytes()), data))
        site.entries[at] = json.dumps(entry | {"sha256": sha256(path.read_bytes()).hexdigest()}).encode()
    else:
        site.entries[at] = spoiled(entry, data)[:65_000]


@pytest.mark.parametrize("name", ["record", "monitor", "rules"])
@settings(max_examples=40, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data())
def test_whatever_a_log_signs_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: st.DataObject
) -> None:
    site, state = honest(tmp_path), tmp_path / "state"
    state.unlink(missing_ok=True)
    for at in data.draw(st.sets(st.integers(0, len(site.entries) - 1), min_size=1, max_size=2)):
        spoil(site, at, data)
    site.publish()
    words = {"monitor": ["--state", str(state)], "record": ["--receipt", str(site.receipt(2, bid(1)))]}.get(name, [])
    status = command.main([name, str(tmp_path), "--policy", policy_file(tmp_path), *words], now=float(NOON + 60))
    said = "".join(capsys.readouterr())
    assert status in (0, 1, 2)
    assert said and said.replace("\n", "").isprintable()


@settings(max_examples=80, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data())
def test_whatever_a_receipt_hides_is_a_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: st.DataObject
) -> None:
    site = Site(tmp_path)
    raw = spoiled(bid(1), data)
    index = site.add("sealed/v1", c=sha256(raw).hexdigest())
    site.add("act/v1", c="0" * 64)
    path = site.proof(index, raw, to=tmp_path / "one.tlog-proof")
    form = data.draw(st.sampled_from([[], ["--json"]]))
    status = command.main(["receipt", str(path), "--policy", policy_file(tmp_path), *form], now=float(NOON))
    said = "".join(capsys.readouterr())
    assert status in (0, 1, 2)
    assert said and said.replace("\n", "").isprintable()


def test_a_state_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    honest(tmp_path)
    words = ["--policy", policy_file(tmp_path), "--state", str(tmp_path / "missing" / "state")]
    assert command.main(["monitor", str(tmp_path), *words], now=float(NOON)) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_bundle_with_more_files_than_it_needs_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    honest(tmp_path)
    (tmp_path / "api" / "extra.json").write_text("{}")
    (tmp_path / "log" / "notes.txt").write_text("nothing")
    assert command.main(["record", str(tmp_path), "--policy", policy_file(tmp_path)], now=float(NOON)) == 0
    assert "extra" not in capsys.readouterr().out


@pytest.mark.parametrize("missing", ["log/checkpoint", "log/tile/entries/000.p/11", "api/2.json"])
def test_a_file_that_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str) -> None:
    honest(tmp_path)
    found = next(iter(tmp_path.glob(missing.replace("11", "*"))))
    found.unlink()
    assert command.main(["record", str(tmp_path), "--policy", policy_file(tmp_path)], now=float(NOON)) in (1, 2)
    assert found.name.split(".")[0] in "".join(capsys.readouterr())


def test_a_receipt_of_another_log_of_the_same_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = honest(tmp_path)
    path = site.receipt(2, bid(1))
    stranger = Signer(ORIGIN, KeyType.ED25519, b"another key of one's own".ljust(32)).verifier
    other = tmp_path / "other.txt"
    other.write_text(f"log {stranger.vkey}\nwitness audit {WITNESS.verifier.vkey}\nquorum audit\n")
    assert command.main(["receipt", str(path), "--policy", str(other)]) == 1
    assert "is not signed by a log that the policy names" in capsys.readouterr().out
