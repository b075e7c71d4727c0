"""The verifier for outsiders: honest sites pass, every kind of cheating is shown, and it runs as a single file."""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tenderwell.ledger.tests.logs import log_keys, signer
from tenderwell.ledger.tests.sites import NOON, Site, as_json, bid, honest, policy_file
from tenderwell.ledger.verify import one_file
from tenderwell.ledger.verifying import command, monitor

Say = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run the verifier in this process a minute after the signatures; returns the exit status and what it printed."""
    policy = policy_file(tmp_path)

    def run(name: str, *arguments: object, now: float = NOON + 60) -> tuple[int, str]:
        status = command.main([name, *map(str, arguments), "--policy", policy], now=now)
        return status, capsys.readouterr().out

    return run


def test_an_honest_receipt(tmp_path: Path, verify: Say) -> None:
    status, said = verify("receipt", honest(tmp_path).receipt(2, bid(1)))
    assert status == 0
    assert "entry 2 is in the log aurora.example/log of 12 entries" in said
    assert "witness audit saw it at 2026-03-02T12:00:00Z" in said
    assert said.endswith("All is well.\n")


def test_a_receipt_for_machines(tmp_path: Path, verify: Say) -> None:
    status, said = verify("receipt", honest(tmp_path).receipt(3, bid(2)), "--json")
    assert status == 0
    assert as_json(said) | {"findings": []} == {
        "ok": True,
        "findings": [],
        "index": 3,
        "size": 12,
        "origin": "aurora.example/log",
        "witnesses": {"audit": NOON},
        "says": bid(2),
        "entry": as_json(said)["entry"],
    }


def test_a_receipt_is_for_one_sealed_bid(tmp_path: Path, verify: Say) -> None:
    receipt, header = honest(tmp_path).receipt(2, bid(1)), tmp_path / "header.json"
    header.write_text("header 1")
    assert verify("receipt", receipt, "--header", header)[0] == 0
    header.write_text("header 2")
    status, said = verify("receipt", receipt, "--header", header)
    assert (status, "another bid" in said) == (1, True)


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("index 2", "index 3"),
        ("index 2", "index ٢"),
        ("extra e", "extra f"),
        ("\n12\n", "\n13\n"),
        ("\n12\n", "\n012\n"),
        ("— audit.example ", "— audit.examplf "),
        ("tlog-proof@v1", "tlog-proof@v2"),
    ],
)
def test_a_forged_receipt_is_shown(tmp_path: Path, verify: Say, part: str, other: str) -> None:
    receipt = honest(tmp_path).receipt(2, bid(1))
    assert part in receipt.read_text()
    receipt.write_text(receipt.read_text().replace(part, other))
    status, said = verify("receipt", receipt)
    assert (status, "PROBLEM" in said) == (1, True)


def test_an_honest_record(tmp_path: Path, verify: Say) -> None:
    site = honest(tmp_path)
    status, said = verify("record", tmp_path, "--receipt", site.receipt(2, bid(1)))
    assert status == 0, said
    assert "2 publications of 1 process are what was logged" in said
    assert "2 sealed entries of ocds-x7k2mq-1 were opened" in said
    assert "receipt 1: its bid is in the opening record, as valid" in said


def test_a_receipt_before_the_opening_is_still_to_come(tmp_path: Path, verify: Say) -> None:
    site = Site(tmp_path)
    site.release(1)
    index = site.seal(bid(1))
    site.publish()
    status, said = verify("record", tmp_path, "--receipt", site.receipt(index, bid(1)))
    assert (status, "not opened yet" in said) == (0, True)


def test_a_dropped_bid_is_shown_by_its_receipt(tmp_path: Path, verify: Say) -> None:
    site = Site(tmp_path)
    site.name_committee()
    first, second = site.seal(bid(1)), site.seal(bid(2))
    site.close()
    site.share(bid(1))
    site.open({first: bid(1)})
    site.publish()
    status, said = verify("record", tmp_path, "--receipt", site.receipt(second, bid(2)))
    assert (status, "this one was left out" in said) == (1, True)


def late_by_the_clock(site: Site) -> None:
    late = bid(1, received="2026-03-02T12:00:00.000Z")
    index = site.seal(late)
    site.close()
    site.open({index: late})


def late_by_its_place(site: Site) -> None:
    site.close()
    site.open({site.seal(bid(1)): bid(1)})


def swapped(site: Site) -> None:
    index = site.seal(bid(1))
    site.close()
    site.open({index: bid(2)})


def of_another_tender(site: Site) -> None:
    hidden = bid(1) | {"tender": "another", "subject": "another"}
    index = site.seal(hidden)
    site.close()
    site.open({index: hidden})


def never_closed(site: Site) -> None:
    site.open({site.seal(bid(1)): bid(1)})


def minutes_not_logged(site: Site) -> None:
    site.close()
    site.release(2, tender={"openingRecord": {"bids": []}})


@pytest.mark.parametrize(
    ("cheat", "words"),
    [
        (late_by_the_clock, "came after the end"),
        (late_by_its_place, "came after the end"),
        (swapped, "does not hide what the record"),
        (of_another_tender, "for another process"),
        (never_closed, "does not say when its period ended"),
        (minutes_not_logged, "is not the one that was logged"),
    ],
)
def test_a_record_that_cheats_is_shown(tmp_path: Path, verify: Say, cheat: Callable[[Site], None], words: str) -> None:
    site = Site(tmp_path)
    site.release(1)
    cheat(site)
    site.publish()
    status, said = verify("record", tmp_path)
    assert (status, words in said) == (1, True), said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("api/1.json", "is not what was logged"),
        ("log/tile/entries/000.p/12", "something was changed"),
        ("log/checkpoint", "not a signed note"),
    ],
)
def test_a_changed_file_is_shown(tmp_path: Path, verify: Say, name: str, words: str) -> None:
    honest(tmp_path)
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b"-1", b"-7").replace(b"\n\n", b"\n"))
    status, said = verify("record", tmp_path)
    assert (status, words in said) == (1, True), said


def test_a_release_that_is_not_published_is_shown(tmp_path: Path, verify: Say) -> None:
    honest(tmp_path)
    (tmp_path / "api/1.json").unlink()
    status, said = verify("record", tmp_path)
    assert (status, "cannot be read" in said) == (1, True)


@pytest.mark.parametrize("url", ["../../etc/passwd", "/api/../../x", "//evil.example/x", "/api//1.json", "a\\b"])
def test_an_entry_cannot_lead_the_verifier_elsewhere(tmp_path: Path, verify: Say, url: str) -> None:
    site = Site(tmp_path)
    site.add("ocds.release/v1", ocid="o", id="i", sha256="0" * 64, url=url)
    site.publish()
    status, said = verify("record", tmp_path)
    assert (status, "not a path that is followed" in said) == (1, True)


@pytest.mark.parametrize(
    "entry", [b"[]", b"1", b"{}", b'{"type":1}', b"\xff", b'{"type":"ocds.release/v1"}', b"[" * 9000]
)
def test_an_entry_of_any_form_ends_in_a_finding(tmp_path: Path, verify: Say, entry: bytes) -> None:
    site = Site(tmp_path, [entry])
    site.publish()
    status, said = verify("record", tmp_path)
    assert (status, "PROBLEM" in said) == (1, True)


# The whole log, again and again


def look(verify: Say, folder: Path, *, now: float = NOON + 60) -> tuple[int, str]:
    return verify("monitor", folder, "--state", folder / "seen.json", now=now)


def test_a_growing_log_is_followed(tmp_path: Path, verify: Say) -> None:
    site = honest(tmp_path)
    assert look(verify, tmp_path)[0] == 0
    for number in range(600):
        site.add("act/v1", c=f"{number:064x}")
    site.publish()
    status, said = look(verify, tmp_path)
    assert (status, "grew from 12 to 612 entries" in said) == (0, True), said
    assert "grew from 612 to 612" in look(verify, tmp_path)[1]


def test_a_rewritten_history_is_shown_and_the_evidence_kept(tmp_path: Path, verify: Say) -> None:
    site = honest(tmp_path)
    look(verify, tmp_path)
    site.entries[2] = site.entries[2].replace(b"sealed", b"SEALED")
    site.add("act/v1", c="0" * 64)
    site.publish()
    for _ in range(2):
        status, said = look(verify, tmp_path)
        assert (status, "history was rewritten" in said) == (1, True)
    assert [path.read_text() for path in tmp_path.glob("seen.json.evidence-*")][0] == str(
        (tmp_path / "log/checkpoint").read_text()
    )


def test_a_log_that_shrank_is_shown(tmp_path: Path, verify: Say) -> None:
    site = honest(tmp_path)
    look(verify, tmp_path)
    site.publish(size=5)
    status, said = look(verify, tmp_path)
    assert (status, "shrank from 12 to 5" in said) == (1, True)


def test_silence_is_shown(tmp_path: Path, verify: Say) -> None:
    honest(tmp_path).publish(time=NOON - 4000)
    status, said = look(verify, tmp_path)
    assert (status, "last sign of life is of 2026-03-02T10:53:20Z, more than 3600 seconds" in said) == (1, True)


def test_a_bid_that_stays_shut_is_shown(tmp_path: Path, verify: Say) -> None:
    honest(tmp_path)
    look(verify, tmp_path)
    kept = monitor.load(tmp_path / "seen.json")
    assert list(kept.blind) == [4]
    honest(tmp_path).publish(time=NOON + 400 * monitor.DAY)
    status, said = look(verify, tmp_path, now=NOON + 400 * monitor.DAY)
    assert (status, "1 sealed entries are shut for more than 365 days, the first is 4" in said) == (1, True)


def test_a_policy_without_the_logs_key_believes_nothing(tmp_path: Path, verify: Say) -> None:
    honest(tmp_path)
    other = signer("aurora.example/log ".strip() + "x")
    (tmp_path / "policy.txt").write_text(f"log {other.verifier.vkey}\nquorum none\n")
    assert look(verify, tmp_path)[0] == 1


def test_too_few_witnesses_are_shown(tmp_path: Path, verify: Say) -> None:
    honest(tmp_path)
    key = signer("second.example", log_keys()[1].type).verifier.vkey
    policy = (
        (tmp_path / "policy.txt").read_text().replace("quorum audit", f"witness b {key}\ngroup g all audit b\nquorum g")
    )
    (tmp_path / "policy.txt").write_text(policy)
    status, said = look(verify, tmp_path)
    assert (status, "only 1 of 2 witnesses" in said) == (1, True)


# How it is used


@pytest.mark.parametrize("arguments", [[], ["receipt"], ["receipt", "absent"], ["monitor", "x", "--state", "y"]])
def test_a_question_that_cannot_be_understood_has_status_2(tmp_path: Path, arguments: list[str]) -> None:
    try:
        status = command.main(arguments)
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 2


def test_in_the_one_file_no_name_stands_for_two_things() -> None:
    nodes = ast.parse(one_file()).body
    kinds = (ast.FunctionDef, ast.ClassDef)
    names = [node.name for node in nodes if isinstance(node, kinds)]
    names += [
        name.id for node in nodes if isinstance(node, ast.Assign) for name in node.targets if isinstance(name, ast.Name)
    ]
    assert [name for name in names if names.count(name) > 1] == []


def test_it_is_one_file_that_runs_without_tenderwell(tmp_path: Path) -> None:
    receipt, file = honest(tmp_path).receipt(2, bid(1)), tmp_path / "verify.py"
    file.write_text(one_file())
    assert "from tenderwell" not in file.read_text()
    words = [sys.executable, "-I", str(file), "receipt", str(receipt), "--policy", policy_file(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("All is well.\n")
