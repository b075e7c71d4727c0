"""Padding: known lengths, and what holds for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing import padding

lengths = st.integers(0, 2**45)


@pytest.mark.parametrize(("length", "expected"), [(0, 65_536), (65_536, 65_536), (65_537, 67_584), (10**6, 1_015_808)])
def test_padme_lengths(length: int, expected: int) -> None:
    assert padding.padded(length) == expected


@given(lengths)
def test_padding_never_shortens_costs_under_12_percent_and_is_stable(length: int) -> None:
    padded = padding.padded(length)
    assert length <= padded
    assert padded == 65_536 or padded < length * 1.12
    assert padding.is_padded(padded)


@given(lengths, lengths)
def test_a_longer_bid_is_never_padded_to_less(one: int, other: int) -> None:
    assert (padding.padded(min(one, other))) <= padding.padded(max(one, other))


def test_zeros_come_in_pieces() -> None:
    assert b"".join(padding.zeros(200_000)) == bytes(200_000)
    assert b"".join(padding.zeros(0)) == b""
