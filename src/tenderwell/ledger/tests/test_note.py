"""Notes, checkpoints and keys: one accepted form, everything else refused."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger import note
from tenderwell.ledger.note import BadNote, Checkpoint, KeyType, Note, Signature
from tenderwell.ledger.tests.logs import ORIGIN, log_keys, log_note, numbered, signer

# The example of c2sp.org/signed-note.
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
TYPES = list(KeyType)


def test_the_example_of_the_specification_verifies() -> None:
    key = note.parse_vkey(EXAMPLE_KEY)
    assert key.vkey == EXAMPLE_KEY
    assert len(note.verified(note.parse_note(EXAMPLE), [key])) == 1


@pytest.mark.parametrize("type", TYPES)
def test_what_a_key_signs_it_verifies(type: KeyType) -> None:
    key, text = signer("witness.example/w", type), log_note(numbered(5)).text
    made = note.signed(text, [key], time=1_772_442_000)
    again = note.parse_note(str(made).encode())
    assert again == made
    assert note.verified(again, [note.parse_vkey(key.verifier.vkey)]) == [(key.verifier, made.signatures[0])]


@pytest.mark.parametrize("type", TYPES)
def test_a_signature_is_for_one_text_and_one_time(type: KeyType) -> None:
    key = signer("witness.example/w", type)
    made = note.signed(log_note(numbered(5)).text, [key], time=1_772_442_000)
    line = made.signatures[0]
    for other in (
        Note(log_note(numbered(6)).text, (line,)),
        Note(made.text, (Signature(line.name, line.key_id, b"\0" * 8 + line.raw[8:]),)),
        Note(made.text, (Signature(line.name, line.key_id, line.raw[:-1]),)),
        Note(made.text, (Signature(line.name, line.key_id, line.raw + b"\0"),)),
    ):
        with pytest.raises(BadNote):
            note.verified(other, [key.verifier])


def test_unknown_signatures_are_passed_over() -> None:
    made = log_note(numbered(3))
    stranger = signer("stranger.example").sign(made.text, time=0)
    renamed = Signature(ORIGIN, stranger.key_id, stranger.raw)
    whole = Note(made.text, (stranger, renamed, *made.signatures))
    assert len(note.verified(note.parse_note(str(whole)), [key.verifier for key in log_keys()])) == 2


def test_one_false_signature_spoils_the_note() -> None:
    made = log_note(numbered(3))
    false = Signature(ORIGIN, made.signatures[0].key_id, bytes(64))
    with pytest.raises(BadNote, match="false"):
        note.verified(Note(made.text, (*made.signatures, false)), [key.verifier for key in log_keys()])


@pytest.mark.parametrize("type", TYPES)
def test_secrets_and_back(type: KeyType) -> None:
    key = signer("witness.example/w", type)
    assert note.parse_secret(key.secret) == key
    with pytest.raises(BadNote):
        note.parse_secret(key.secret.replace("witness", "another"))


@pytest.mark.parametrize(
    "forged",
    [
        f"{ORIGIN}\n１\n{ROOT}\n",
        f"{ORIGIN}\n٣\n{ROOT}\n",
        f"{ORIGIN}\n01\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n1 \n{ROOT}\n",
        f"{ORIGIN}\n1_0\n{ROOT}\n",
        f"{ORIGIN}\n9223372036854775808\n{ROOT}\n",
        f"{ORIGIN}\n\n{ROOT}\n",
        f"{ORIGIN}\n1\n{ROOT[:-2]}V=\n",
        f"{ORIGIN}\n1\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n1\n {ROOT}\n",
        f"{ORIGIN}\n1\n{ROOT.replace('+', '-')}\n",
        f"{ORIGIN}\n1\n{ROOT[:20]}\u2028{ROOT[20:]}\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n1\n{ROOT}\nextra line\n",
        f"{ORIGIN}\n1\n{ROOT}\n\n",
        f"{ORIGIN}\n1\n{ROOT}",
        f"\n1\n{ROOT}\n",
        f"{ORIGIN}\n0\n{'A' * 43}=\n",
        f"{ORIGIN}\u20281\n{ROOT}\n",
    ],
)
def test_a_forged_checkpoint_is_refused(forged: str) -> None:
    with pytest.raises(BadNote):
        note.parse_checkpoint(forged)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n",
        lambda text: text + "x\n",
        lambda text: text.replace("— ", "- "),
        lambda text: text.replace("— ", "—  "),
        lambda text: text.replace("/log", "/l\rog"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("=\n", "=\x0b\n"),
        lambda text: text[:-2] + "A=\n",
        lambda text: text.replace("=\n", "= \n"),
        lambda text: text.replace(f"— {ORIGIN} ", f"— {ORIGIN}+ "),
        lambda text: text.replace(f"— {ORIGIN} ", "—  "),
        lambda text: text.replace(f"— {ORIGIN} ", "— a\u00a0b "),
        lambda text: text + "— a AAAAAA==\n" + "— a AAAAAAA=\n" * 64,
        lambda text: "\0" + text,
        lambda text: "\ud800" + text,
    ],
)
def test_a_note_of_another_form_is_refused(spoil: Callable[[str], str]) -> None:
    spoiled = spoil(str(log_note(numbered(3))))
    with pytest.raises(BadNote):
        note.parse_note(spoiled)


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(BadNote):
        note.parse_note(str(log_note([])).encode() + b"\xff")


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000+AQ==",
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
        EXAMPLE_KEY.replace("foo", "fo o"),
        EXAMPLE_KEY.replace("+Ae", "+Ce"),
        EXAMPLE_KEY + "=",
    ],
)
def test_a_key_of_another_form_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote):
        note.parse_vkey(vkey)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_note_or_refused(raw: bytes) -> None:
    with contextlib.suppress(BadNote):
        assert str(note.parse_note(raw)).encode() == raw


@given(st.text(max_size=200))
def test_any_text_is_a_checkpoint_or_refused(text: str) -> None:
    with contextlib.suppress(BadNote):
        assert note.parse_checkpoint(text).text == text


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_and_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size or 1, root)
    assert note.parse_checkpoint(checkpoint.text) == checkpoint
