"""The age file: what it holds comes back, other age programs agree, any change is noticed."""

from io import BytesIO

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing import age, bech32, keys
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.tests.people import identity

SUITES = tuple(Suite)
LENGTHS = (0, 1, 107, 65_535, 65_536, 65_537, 131_072, 200_000)


def sealed(plain: bytes, suite: Suite) -> bytes:
    return b"".join(age.encrypt([plain], recipient=keys.recipient_of(identity("ada", suite))))


def unsealed(cipher: bytes, suite: Suite) -> bytes:
    return b"".join(age.decrypt(BytesIO(cipher), identity=identity("ada", suite)))


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_file_comes_back_and_has_the_length_foretold(suite: Suite, length: int) -> None:
    cipher = sealed(b"\x07" * length, suite)
    assert unsealed(cipher, suite) == b"\x07" * length
    assert len(cipher) == age.cipher_length(length, suite=suite)
    assert age.plain_length(len(cipher), suite=suite) == length


@pytest.mark.parametrize("length", LENGTHS)
def test_another_age_library_reads_what_we_write(length: int) -> None:
    theirs = pyrage.x25519.Identity.from_str(identity("ada"))
    assert pyrage.decrypt(sealed(b"\x07" * length, Suite.X25519), [theirs]) == b"\x07" * length
    assert str(theirs.to_public()) == keys.recipient_of(identity("ada"))


def test_the_lengths_the_format_names() -> None:
    assert age.cipher_length(107, suite=Suite.X25519) == 307
    assert age.cipher_length(65_536, suite=Suite.X25519) == 65_736
    assert [len(identity("ada", suite)) for suite in SUITES] == [74, 77]
    assert len(keys.recipient_of(identity("ada", Suite.PQ))) == 1_959


@pytest.mark.parametrize("suite", SUITES)
def test_any_changed_byte_is_noticed(suite: Suite) -> None:
    cipher = sealed(b"prices", suite)
    for place in (*range(0, len(cipher), 7), len(cipher) - 1):
        changed = cipher[:place] + bytes([cipher[place] ^ 1]) + cipher[place + 1 :]
        with pytest.raises(age.Unreadable):
            unsealed(changed, suite)


@pytest.mark.parametrize("cut", [0, 20, 150, 170, 190, 65_700, 131_200])
def test_a_cut_off_file_is_noticed(cut: int) -> None:
    cipher = sealed(b"\x07" * 131_072, Suite.X25519)
    with pytest.raises(age.Unreadable):
        unsealed(cipher[:cut], Suite.X25519)


def test_chunks_cannot_change_places() -> None:
    cipher = sealed(b"\x07" * 131_072, Suite.X25519)
    start, chunk = 184, 65_552
    swapped = cipher[:start] + cipher[start + chunk :] + cipher[start : start + chunk]
    with pytest.raises(age.Unreadable, match="changed"):
        unsealed(swapped, Suite.X25519)


@pytest.mark.parametrize("suite", SUITES)
def test_another_key_does_not_open(suite: Suite) -> None:
    with pytest.raises(age.Unreadable, match="not encrypted to this key"):
        b"".join(age.decrypt(BytesIO(sealed(b"prices", suite)), identity=identity("bob", suite)))


def test_suites_do_not_mix() -> None:
    with pytest.raises(age.Unreadable):
        b"".join(age.decrypt(BytesIO(sealed(b"prices", Suite.PQ)), identity=identity("ada", Suite.X25519)))


def test_a_file_with_a_second_recipient_is_refused() -> None:
    both = [pyrage.x25519.Recipient.from_str(keys.recipient_of(identity(name))) for name in ("ada", "bob")]
    with pytest.raises(age.Unreadable, match="one x25519 stanza"):
        unsealed(pyrage.encrypt(b"prices", both), Suite.X25519)


def test_a_point_of_low_order_is_refused() -> None:
    header = sealed(b"prices", Suite.X25519)
    zero = header.replace(header.split(b" ")[2][:43], b"A" * 43, 1)
    with pytest.raises(age.Unreadable):
        unsealed(zero, Suite.X25519)


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    with pytest.raises(age.Unreadable):
        unsealed(raw, Suite.X25519)


@given(st.integers(0, 10**9))
def test_a_length_no_file_has_is_refused(length: int) -> None:
    for suite in SUITES:
        try:
            plain = age.plain_length(length, suite=suite)
        except age.Unreadable:
            continue
        assert age.cipher_length(plain, suite=suite) == length


@given(st.binary(max_size=60))
def test_bech32_comes_back(payload: bytes) -> None:
    assert bech32.decode(bech32.encode("age", payload), prefix="age") == payload


@given(st.text(max_size=80))
def test_no_text_crashes_the_key_parsers(text: str) -> None:
    for candidate in (text, "age1" + text, "age1pq1" + text):
        with pytest.raises(ValueError):
            keys.suite_of_recipient(candidate)
    for candidate in (text, "AGE-SECRET-KEY-1" + text, "AGE-SECRET-KEY-PQ-1" + text):
        with pytest.raises(ValueError):
            keys.recipient_of(candidate)


@pytest.mark.parametrize("suite", SUITES)
def test_a_mistyped_key_is_refused(suite: Suite) -> None:
    recipient = keys.recipient_of(identity("ada", suite))
    for wrong in (recipient.upper(), recipient[:-1], recipient + "q", recipient.replace("q", "p", 1), " " + recipient):
        with pytest.raises(ValueError):
            keys.suite_of_recipient(wrong)
