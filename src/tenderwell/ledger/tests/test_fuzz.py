"""Damaged and invented input: both implementations refuse the same, say so in one way, and accept one form only."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenderwell.ledger import note, policy, proof, tiles, tree, witness
from tenderwell.ledger.tests import sites
from tenderwell.ledger.tests.logs import ORIGIN, hashes_over, log_note, numbered, signer
from tenderwell.ledger.tree import BadProof
from tenderwell.ledger.verifying import command, formats, receipt, source
from tenderwell.ledger.verifying import tree as outside

ENTRIES = numbered(300)
NOTE = str(log_note(ENTRIES))
PATH = tree.inclusion_proof(7, 300, hashes=hashes_over(ENTRIES))
PROOF = str(proof.Proof(7, tuple(PATH), note.parse_note(NOTE), b"what the entry hides"))
POLICY = (
    f"log {signer(ORIGIN).verifier.vkey} https://a.example/log\n"
    f"witness a {signer('a.example', note.KeyType.COSIGNATURE).verifier.vkey}\n"
    f"witness b {signer('b.example', note.KeyType.ML_DSA_44).verifier.vkey} https://b.example\n"
    "group g 1 a b\nquorum g\n"
)
REQUEST = witness.request_body(log_note(ENTRIES), old=7, proof=PATH)
BUNDLE = tiles.bundle(ENTRIES[:9])
# What tempts a lax parser: other digits and spaces, other line ends, signs, padding, nothing.
BITS = [
    "",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "\x0b",
    "\x00",
    "0",
    "+",
    "-1",
    "=",
    "==",
    "A",
    " ",
    "\u00a0",
    "\u0661",
    "１",
]
BITS += ["— ", "extra ", "index 7", "old ", "9" * 19, "9" * 40, "\ufeff", "é", "none", "all", "#"]


def damaged(text: str) -> st.SearchStrategy[str]:
    """The text with one to three places cut out and something else put there, or any text at all."""
    cut = st.tuples(st.integers(0, len(text)), st.integers(0, 80), st.sampled_from(BITS) | st.text(max_size=3))

    def apply(cuts: list[tuple[int, int, str]]) -> str:
        found = text
        for at, length, put in cuts:
            found = found[:at] + put + found[at + length :]
        return found

    whole = st.lists(cut, min_size=1, max_size=3).map(apply) | st.text(max_size=200)
    return whole.map(lambda found: found.encode("utf-8", "replace").decode())


def damaged_bundle() -> st.SearchStrategy[bytes]:
    place = st.integers(0, len(BUNDLE))
    return st.tuples(place, place, st.binary(max_size=3)).map(lambda cut: BUNDLE[: cut[0]] + cut[2] + BUNDLE[cut[1] :])


def taken(parse: Callable[..., Any], *given: Any, refusing: type[Exception], **named: Any) -> Any:
    """What a parser makes of it; None when it refuses in the way it says it does."""
    try:
        return parse(*given, **named)
    except refusing:
        return None


def told(text: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    found = note.parse_note(text)
    return found.text, [(each.name, each.key_id, each.raw) for each in found.signatures]


@settings(max_examples=150)
@given(damaged(NOTE))
def test_notes(text: str) -> None:
    ours, theirs = taken(told, text, refusing=note.BadNote), taken(formats.parse_note, text, refusing=formats.Problem)
    assert ours == theirs
    if ours:
        assert str(note.parse_note(text)) == text


@settings(max_examples=150)
@given(damaged(log_note(ENTRIES).text))
def test_checkpoints(text: str) -> None:
    ours = taken(note.parse_checkpoint, text, refusing=note.BadNote)
    theirs = taken(formats.parse_checkpoint, text, refusing=formats.Problem)
    assert (ours and (ours.origin, ours.size, ours.root)) == (theirs and tuple(theirs))
    if ours:
        assert ours.text == text


def parsed_outside(text: str) -> tuple[int, tuple[bytes, ...], bytes]:
    found = receipt.parse_receipt(text)
    formats.parse_checkpoint(formats.parse_note(found.note)[0])
    return found.index, tuple(found.path), found.extra


@settings(max_examples=150)
@given(damaged(PROOF))
def test_proofs(text: str) -> None:
    ours = taken(proof.parse_proof, text, refusing=BadProof)
    theirs = taken(parsed_outside, text, refusing=formats.Problem)
    assert (ours and (ours.index, ours.path, ours.extra)) == theirs
    if ours:
        assert str(ours) == text


@settings(max_examples=150)
@given(damaged(POLICY))
def test_policies(text: str) -> None:
    """The outsider's program may be less strict: the policy is the reader's own file. It never means something else."""
    ours = taken(policy.parse_policy, text, refusing=policy.BadPolicy)
    theirs = taken(formats.parse_policy, text, refusing=formats.Problem)
    if ours:
        for names in (set(), {"a"}, {"b"}, {"a", "b"}):
            assert ours.is_met(names) == theirs.has(theirs.quorum, names)


@settings(max_examples=150)
@given(st.binary(max_size=300) | damaged_bundle(), st.integers(0, 12))
def test_bundles_of_entries(raw: bytes, width: int) -> None:
    ours = taken(tiles.parse_bundle, raw, width=width, refusing=tiles.BadBundle)
    theirs = taken(lambda: list(source.unbundle(raw, width)), refusing=formats.Problem)
    assert (ours if ours is None else list(ours)) == theirs
    if ours is not None:
        assert tiles.bundle(ours) == raw


@settings(max_examples=150)
@given(damaged("0/x001/234.p/5") | damaged("entries/x001/x234/067"))
def test_paths_of_tiles(path: str) -> None:
    piece = taken(tiles.parse_path, path, refusing=tiles.BadPath)
    assert piece is None or piece.path == f"tile/{path}"


@settings(max_examples=150)
@given(damaged(REQUEST.decode()).map(str.encode) | st.binary(max_size=200))
def test_requests_to_a_witness(raw: bytes) -> None:
    asked = taken(witness.parse_request, raw, refusing=witness.NotCosigned)
    if asked:
        assert witness.request_body(asked.note, old=asked.old, proof=asked.proof) == raw


@settings(max_examples=100)
@given(st.integers(0, 320), st.integers(0, 320), st.lists(st.binary(min_size=32, max_size=32), max_size=12), st.data())
def test_both_trees_accept_the_same_proofs(old: int, new: int, path: list[bytes], data: st.DataObject) -> None:
    """True ones, with a step changed, cut or added, and invented ones."""
    entries = numbered(320)
    if 0 < old <= new and data.draw(st.booleans()):
        path = tree.consistency_proof(old, new, hashes=hashes_over(entries)) + path[: data.draw(st.integers(0, 1))]
    roots = [tree.root(size, hashes=hashes_over(entries)) for size in (old, new)]
    sizes = [formats.Checkpoint("o", size, root) for size, root in zip((old, new), roots, strict=True)]
    words = {"old": old, "old_root": roots[0], "new": new, "new_root": roots[1], "proof": path}
    ours = taken(lambda: tree.check_consistency(**words) or True, refusing=BadProof)  # type: ignore[arg-type, func-returns-value]
    assert bool(ours) == outside.continues(sizes[0], sizes[1], path)


# Files of a bundle, damaged


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_bundle_is_a_finding_and_never_a_crash(tmp_path: Path, data: st.DataObject) -> None:
    site = sites.honest(tmp_path)
    bundle: dict[str, Any] = {"v": "tenderwell/bundle/v1", "ocid": sites.OCID, "roots": [], "entries": shown(site)}
    text = data.draw(damaged(rfc8785.dumps(bundle).decode()))
    (tmp_path / "bundle.json").write_text(text, encoding="utf-8")
    status = command.main(["record", str(tmp_path), "--policy", sites.policy_file(tmp_path)], now=0.0)
    assert status in (1, 2) or json.loads(text) == bundle


def shown(site: sites.Site) -> list[dict[str, Any]]:
    size, read = len(site.entries), hashes_over(site.entries)
    return [
        {
            "index": index,
            "entry": raw.decode(),
            "path": [note.to_base64(step) for step in tree.inclusion_proof(index, size, hashes=read)],
        }
        for index, raw in enumerate(site.entries)
    ]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_zip_is_a_finding_and_never_a_crash(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "whole.zip"
    if not whole.exists():
        sites.honest(tmp_path / "site")
        with ZipFile(whole, "w", ZIP_DEFLATED) as packed:
            for path in (tmp_path / "site").rglob("*"):
                if path.is_file():
                    packed.write(path, path.relative_to(tmp_path / "site"))
    raw = bytearray(whole.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "cut.zip").write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
    assert command.main(["record", str(tmp_path / "cut.zip"), "--policy", sites.policy_file(tmp_path)]) in (0, 1, 2)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ZipFile(tmp_path / "bomb.zip", "w", ZIP_DEFLATED) as packed:
        packed.writestr("log/checkpoint", b"0" * (source.LONGEST + 2))
    assert command.main(["record", str(tmp_path / "bomb.zip"), "--policy", sites.policy_file(tmp_path)]) == 2
    assert "too large" in capsys.readouterr().err
