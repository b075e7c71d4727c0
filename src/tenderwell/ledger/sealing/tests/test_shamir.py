"""Secret sharing: every subset of k, and agreement with another library."""

from itertools import combinations

import pyshamir
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing import shamir


@given(st.binary(min_size=1, max_size=90), st.integers(2, 5), st.integers(0, 3))
def test_any_k_shares_give_the_secret_back(secret: bytes, k: int, more: int) -> None:
    shares = shamir.split(secret, k=k, xs=range(1, k + more + 1))
    assert all(shamir.combine(subset) == secret for subset in combinations(shares, k))


@given(st.binary(min_size=1, max_size=90), st.integers(2, 5))
def test_another_library_reads_our_shares_and_we_read_its(secret: bytes, k: int) -> None:
    ours = shamir.split(secret, k=k, xs=[7, 255, 1, 90, 14])
    assert bytes(pyshamir.combine([bytearray(share) for share in ours[-k:]])) == secret
    theirs = [bytes(share) for share in pyshamir.split(secret, 5, k)]
    assert shamir.combine(theirs[:k]) == secret


@given(st.binary(min_size=1, max_size=80), st.permutations(range(5)))
def test_the_other_shares_follow_from_any_k(secret: bytes, order: list[int]) -> None:
    shares = shamir.split(secret, k=3, xs=[1, 50, 100, 200, 255])
    known = [shares[place] for place in order[:3]]
    assert all(shamir.interpolate(known, x=share[-1]) == share for share in shares)


def test_fewer_than_k_shares_fit_every_secret() -> None:
    secrets = {
        shamir.combine([*shamir.split(b"s", k=3, xs=[1, 2, 3], random=bytes)[:2], bytes([y, 3])]) for y in range(256)
    }
    assert len(secrets) == 256


@pytest.mark.parametrize("xs", [[1, 1, 2], [0, 1, 2], [1, 2, 256]])
def test_x_values_are_distinct_and_never_zero(xs: list[int]) -> None:
    with pytest.raises(ValueError, match="distinct"):
        shamir.split(b"secret", k=2, xs=xs)


@pytest.mark.parametrize("k", [0, 1, 4])
def test_k_is_at_least_two_and_at_most_n(k: int) -> None:
    with pytest.raises(ValueError, match="2 <= k <= n"):
        shamir.split(b"secret", k=k, xs=[1, 2, 3])


def test_shares_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        shamir.combine([b"ab\x01", b"a\x02"])
