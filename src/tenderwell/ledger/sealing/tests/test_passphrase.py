"""A key under a passphrase."""

import pytest

from tenderwell.ledger.sealing.age import Unreadable
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.passphrase import identity_in, unwrap_identity, wrap_identity
from tenderwell.ledger.sealing.tests.people import identity

WORDS = "five plain words are good"


def test_a_key_comes_back_with_its_passphrase_only() -> None:
    wrapped = wrap_identity(identity("ada", Suite.PQ), words=WORDS)
    assert identity("ada", Suite.PQ).encode() not in wrapped
    assert unwrap_identity(wrapped, words=WORDS) == identity("ada", Suite.PQ)
    with pytest.raises(Unreadable, match="passphrase"):
        unwrap_identity(wrapped, words=WORDS + "!")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(ValueError, match="12 characters"):
        wrap_identity(identity("ada"), words="short")


def test_a_file_that_is_no_key_is_refused() -> None:
    with pytest.raises(Unreadable):
        unwrap_identity(b"no age file", words=WORDS)


@pytest.mark.parametrize("text", ["", "# comment\n", "nonsense", f"{identity('ada')}\n{identity('bob')}\n"])
def test_a_key_file_holds_one_identity(text: str) -> None:
    with pytest.raises(Unreadable):
        identity_in(text)
