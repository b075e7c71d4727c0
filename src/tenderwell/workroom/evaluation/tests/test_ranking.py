"""The ranking is exact and does not depend on the order of bids; tests/test_evaluation_check.py computes it again."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderwell.workroom.evaluation.frozen import scheme_in
from tenderwell.workroom.evaluation.ranking import Offer, Placed, half_up, rank, share_linear, share_relative
from tenderwell.workroom.evaluation.tests.packages import SCALE, offers_in, packages, ranked

SEED = "00" * 32
TREE: dict[str, Any] = {
    "places": 2,
    "tieBreak": ["lowest_price"],
    "lowShare": "0.7",
    "criteria": [
        {"id": "method", "title": "Method", "kind": "quality", "weight": "60", "scale": SCALE, "floor": "0.5"},
        {"id": "price", "title": "Price", "kind": "price", "weight": "40", "formula": "price_relative"},
    ],
}


def offer(bid: str, price: str, points: str) -> Offer:
    return Offer(bid, Fraction(price), {"method": Fraction(points)})


def placed(*offers: Offer) -> dict[str, Placed]:
    return {each.bid: each for each in rank(scheme_in(TREE), offers, seed=SEED, lot="")}


@settings(max_examples=60)
@given(packages(), st.randoms(use_true_random=False))
def test_the_order_of_bids_does_not_matter(package: dict[str, Any], random: Random) -> None:
    shuffled = offers_in(package)
    random.shuffle(shuffled)
    assert ranked(package, shuffled) == ranked(package)


@settings(max_examples=60)
@given(packages())
def test_ranks_follow_totals_without_gaps(package: dict[str, Any]) -> None:
    found = [each for each in ranked(package) if each.rank]
    assert [each.rank for each in found] == list(range(1, len(found) + 1))
    assert sorted((each.total for each in found), reverse=True) == [each.total for each in found]
    assert all(0 <= each.total <= 101 for each in found)


def test_each_score_is_rounded_once_half_up() -> None:
    assert [half_up(Fraction(text), 2) for text in ("1/200", "0.004", "2/3", "100")] == [
        Fraction("0.01"), 0, Fraction("0.67"), 100,
    ]  # fmt: skip
    found = placed(offer("a", "3", "4"), offer("b", "4.5", "2"))
    assert [str(each.weighted) for each in found["b"].scores] == ["30", "2667/100"]
    assert str(found["a"].total) == "100"


def test_a_bid_below_the_floor_is_not_ranked_and_sets_no_price() -> None:
    found = placed(offer("a", "10", "0"), offer("b", "20", "4"))
    assert (found["a"].rank, found["a"].failed) == (None, ("method",))
    assert found["b"].total == 100


def test_equal_totals_are_told_apart_as_published() -> None:
    twins = (offer("a", "100", "4"), offer("b", "100", "4"))
    assert {each.rank for each in placed(*twins).values()} == {1, 2}
    first = {rank(scheme_in(TREE), twins, seed=f"{number:064x}", lot="")[0].bid for number in range(20)}
    assert first == {"a", "b"}


def test_a_price_far_below_the_mean_is_marked_only() -> None:
    found = placed(offer("a", "10", "4"), offer("b", "100", "4"), offer("c", "110", "4"))
    assert [bid for bid, each in found.items() if each.is_low] == ["a"]
    assert found["a"].rank == 1


@pytest.mark.parametrize(
    ("price", "relative", "linear"),
    [("100", "1", "1"), ("150", "2/3", "1/2"), ("200", "1/2", "0"), ("300", "1/3", "0")],
)
def test_the_formulas_of_prices(price: str, relative: str, linear: str) -> None:
    prices = (Fraction(100), Fraction(price))
    assert share_relative(Fraction(price), prices) == Fraction(relative)
    assert share_linear(Fraction(price), prices) == Fraction(linear)


def test_a_price_of_nothing_takes_all() -> None:
    prices = (Fraction(0), Fraction(5))
    assert [share(price, prices) for share in (share_relative, share_linear) for price in prices] == [1, 0, 1, 0]
