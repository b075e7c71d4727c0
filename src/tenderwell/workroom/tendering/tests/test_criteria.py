"""Weights, scales, headings and the hash of frozen criteria: without a database."""

from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.public.ocds import frozen
from tenderwell.workroom.tendering import criteria
from tenderwell.workroom.tendering.criteria import Row

NUMBERS = count(1)
CENTS = st.integers(1, 9999)


def row(kind: str = "quality", weight: str = "50", **given: Any) -> Row:
    typed = {"floor": None, "formula": "linear", "title": f"Criterion {next(NUMBERS)}", **given}
    return Row(kind=kind, weight=Decimal(weight), **typed)


def codes(rows: list[Row], *, price_reason: str = "") -> list[str]:
    return [reason.code for reason in criteria.flaws(rows, price_reason=price_reason) if reason]


def tree_of(*rows: Row, low_share: Decimal | None = None) -> dict[str, Any]:
    return criteria.tree(rows, lot="", places=2, tie_break=["lowest_price"], low_share=low_share)


def test_weights_make_100() -> None:
    assert codes([row(weight="60"), row("price", "40")]) == []
    assert codes([row(weight="55"), row("price", "40")]) == ["weights"]


@given(st.lists(CENTS, min_size=1, max_size=8))
def test_weights_are_added_exactly(cents: list[int]) -> None:
    rows = [row(weight=str(Decimal(each) / 100)) for each in cents]
    assert ("weights" in codes(rows)) is (sum(cents) != 10000)


@given(CENTS)
def test_any_two_weights_that_make_100_are_accepted(cents: int) -> None:
    quality = Decimal(cents) / 100
    rows = [row(weight=str(quality)), row("price", str(100 - quality))]
    assert codes(rows, price_reason="It is a standard product.") == []


def test_price_above_quality_needs_a_reason() -> None:
    rows = [row(weight="40"), row("price", "60")]
    assert codes(rows) == ["price_above_quality"]
    assert codes(rows, price_reason="The product is a standard one.") == []


def test_every_flaw_of_the_criteria_is_told() -> None:
    rows = [row(weight="10", floor=Decimal(9)), row("pass_fail", "5"), row("price", "10"), row("price", "10")]
    assert codes(rows) == ["weights", "price_above_quality", "floor_off_scale", "weight_of_gate", "two_prices"]


def test_criteria_are_told_apart_by_their_titles() -> None:
    assert codes([row(title="Method", weight="50"), row(title="method ", weight="50")]) == ["same_title"]


def test_a_heading_weighs_what_stands_under_it() -> None:
    tree = tree_of(row(weight="35", group="Work"), row(weight="15.5", group="Work"), row("price", "49.5"))
    assert criteria.group_weights(tree["criteria"]) == {"Work": Decimal("50.5")}


@pytest.mark.parametrize(
    "text", ["2: b\n1: a", "1: a", "x: a\n2: b", "1 a\n2 b", "1: \n2: b", "1: a\n1: b", "١: a\n2: b", "-1: a\n2: b"]
)
def test_a_scale_that_can_be_misread_is_refused(text: str) -> None:
    with pytest.raises(criteria.NoScale):
        criteria.read_scale(text)


def test_a_scale_is_read_line_by_line() -> None:
    assert criteria.read_scale("0: Nothing\n\n2.50: Good: very") == (("0", "Nothing"), ("2.5", "Good: very"))


@given(st.permutations(["lot", "places", "tieBreak", "criteria", "lowShare"]))
def test_the_hash_does_not_depend_on_the_order_of_keys(order: list[str]) -> None:
    tree = tree_of(row(title="A", weight="100"), low_share=Decimal("0.7"))
    assert frozen([{key: tree[key] for key in order}])[1] == frozen([tree])[1]


@given(st.sampled_from(["title", "kind", "weight", "formula", "floor", "group"]))
def test_the_hash_changes_with_everything_that_counts(name: str) -> None:
    changed = {"title": "B", "kind": "price", "weight": Decimal("99.99"), "formula": "linear", "floor": Decimal(1)}
    first = Row("A", "quality", Decimal(100), None, "price_relative")
    second = Row(**{**vars(first), name: {**changed, "group": "Heading"}[name]})
    is_same = frozen([tree_of(first)])[1] == frozen([tree_of(second)])[1]
    assert is_same is (name == "formula")  # what people score has no formula


def test_the_hash_of_these_criteria_never_changes() -> None:
    tree = tree_of(
        Row("A", "quality", Decimal("60.50"), Decimal(1), ""), Row("B", "price", Decimal("39.5"), None, "linear")
    )
    assert frozen([tree])[1] == "0f5981f9cf063d2feb4d73e3b656d99af22118c5f3ba125d7c342a2572891894"


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_a_number_is_written_in_one_way(number: Decimal) -> None:
    text = criteria.plain(number)
    assert Decimal(text) == number
    assert criteria.plain(Decimal(text)) == text
    assert "E" not in text
