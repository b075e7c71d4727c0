"""What a plan must say: cases without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.procedure import Facts
from tenderwell.workroom.planning import rules

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
AMOUNTS = st.decimals("0", "9999999", places=2)


def facts(values: Any = None) -> Any:
    return Facts.of(now=NOW, values=values or {})


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("40 Dell laptops", True),
        ("40 laptops, Dell or equivalent", False),
        ("Staff can work from home", False),
        ("dellstone pavement", False),
    ],
)
def test_a_brand_without_or_equivalent_is_refused(text: Any, refused: Any) -> None:
    assert bool(rules.brand_named(text, field="title")) is refused


@pytest.mark.parametrize(("text", "refused"), [("Reduce poverty", True), ("Visits to the library a year", False)])
def test_what_cannot_be_measured_is_refused(text: Any, refused: Any) -> None:
    assert bool(rules.measurable(text, "", field="measure")) is refused


@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 100)), max_size=20))
def test_the_whole_life_cost_is_exact_and_in_any_order_the_same(lines: Any) -> None:
    expected = sum((amount * years for amount, years in lines), Decimal(0))
    assert rules.whole_life_cost(lines) == rules.whole_life_cost(reversed(lines)) == expected


@pytest.mark.parametrize(("day", "stale"), [(date(2025, 3, 2), False), (date(2025, 3, 1), True), (None, False)])
def test_an_estimate_is_fresh_for_a_year(day: Any, stale: Any) -> None:
    assert bool(rules.estimate_is_fresh(facts({rules.OLDEST_ESTIMATE: day}))) is stale


def test_a_step_left_out_with_its_reason_is_not_asked_for() -> None:
    assert rules.has_needs(facts())
    assert rules.has_needs(facts({rules.LEFT_OUT: frozenset({"4.1.2"})})) is None


@pytest.mark.parametrize(
    ("route", "is_open", "refused"),
    [("", True, True), ("decided", True, False), ("decided", False, True), ("approved", False, False)],
)
def test_any_route_but_the_open_one_needs_approval(route: Any, is_open: Any, refused: Any) -> None:
    assert bool(rules.route_settled(facts({rules.ROUTE: route, rules.IS_OPEN: is_open}))) is refused


@pytest.mark.parametrize("step", sorted(rules.CANNOT_LEAVE_OUT))
def test_some_steps_always_apply(step: Any) -> None:
    assert rules.may_be_left_out(step)
