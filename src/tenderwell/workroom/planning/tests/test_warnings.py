"""What a plan is doubted for, and amounts and ages at their edges: cases without a database."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.workroom.planning import rules
from tenderwell.workroom.planning.rules import Draft

TODAY = date(2026, 3, 2)
GOOD = Draft(
    needs={"need-1": "Dry classrooms"},
    served=frozenset({"need-1"}),
    estimate=Decimal(100),
    buying=Decimal(100),
    whole_life=Decimal(140),
    funds=Decimal(100),
    oldest=TODAY,
    has_users_voice=True,
)
AMOUNTS = st.decimals("0.01", "99999999", places=2)


def codes(**given: Any) -> list[str]:
    draft = Draft(**{**vars(GOOD), **given})
    return [reason.code for reason in rules.warnings(draft, today=TODAY)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"untested": {"assumption-1": "Pupils have telephones"}}, ["assumption_untested"]),
        ({"needs": {"need-1": "Dry", "need-2": "Warm"}}, ["need_unserved"]),
        ({"needs": {"need-1": "More iPads"}}, ["brand_named"]),
        ({"has_users_voice": False}, ["no_users_voice"]),
        ({"buying": Decimal("120.01")}, ["estimate_differs"]),
        ({"buying": Decimal(120)}, []),
        ({"whole_life": Decimal(100)}, ["only_buying"]),
        ({"funds": Decimal("99.99")}, ["funds_short"]),
        ({"funds": None}, []),
        ({"oldest": TODAY - timedelta(days=304)}, []),
        ({"oldest": TODAY - timedelta(days=305)}, ["estimate_ages"]),
        ({"oldest": TODAY - timedelta(days=366)}, []),
    ],
)
def test_each_doubt_has_its_own_sentence(given: Any, expected: list[str]) -> None:
    assert codes(**given) == expected


def test_every_warning_fills_its_sentence() -> None:
    draft = Draft(needs={"need-1": "A"}, untested={"a": "B"}, estimate=Decimal(9), buying=Decimal(1), funds=Decimal(1))
    for reason in rules.warnings(draft, today=TODAY):
        assert "{" not in reason.message


@given(estimate=AMOUNTS, buying=AMOUNTS)
def test_costs_are_doubted_exactly_when_they_are_a_fifth_apart(estimate: Decimal, buying: Decimal) -> None:
    doubted = "estimate_differs" in codes(estimate=estimate, buying=buying, whole_life=buying * 2, funds=None)
    assert doubted == (5 * abs(buying - estimate) > estimate)


@given(st.integers(-10, 800))
def test_an_estimate_ages_then_is_stale_never_both(days: int) -> None:
    oldest = TODAY - timedelta(days=days)
    assert bool(rules.soon_stale(oldest, today=TODAY)) == (305 <= days <= 365)
    assert bool(rules.not_in_future(oldest, today=TODAY, field="estimated_on")) == (days < 0)


@pytest.mark.parametrize("goal", ["1", "17", "12.7", "4.a", "16.10", "17.19"])
def test_goals_and_targets_of_the_united_nations_are_known(goal: str) -> None:
    assert rules.known_goals([goal], field="sdgs") is None


@pytest.mark.parametrize("goal", ["0", "18", "12.", "12.0", "4.e", "12.77", " 3", "SDG 3", "3\n"])
def test_other_numbers_are_no_goals(goal: str) -> None:
    assert rules.known_goals([goal], field="sdgs")


@pytest.mark.parametrize(
    ("method", "ground", "estimate", "below", "refused"),
    [
        ("open", "", 9, None, False),
        ("direct", "", 9, None, True),
        ("direct", "Art. 32", 9, None, False),
        ("direct", "  ", 9, 9, True),
        ("direct", "", 8, 9, False),
        ("limited", "", 8, 9, True),
    ],
)
def test_what_is_not_open_names_its_ground(method: str, ground: str, estimate: int, below: Any, refused: Any) -> None:
    limit = None if below is None else Decimal(below)
    assert bool(rules.ground_named(method, ground, estimate=Decimal(estimate), direct_below=limit)) is refused


@pytest.mark.parametrize(
    "text",
    [
        "New windows for the school",
        "Apples and pears for lunch",
        "A pump of 20 hp",
        "Trees that lose sap",
        "Windows, doors",
    ],
)
def test_plain_words_are_no_brands(text: str) -> None:
    assert rules.brand_named(text, field="title") is None


@pytest.mark.parametrize(
    "text",
    ["Windows 11 licences", "Apple laptops", "An HP LaserJet", "Canon cameras", "SAP consultants", "ten iPhones"],
)
def test_names_of_products_are_found_however_many(text: str) -> None:
    assert rules.brand_named(text, field="title")
    assert rules.brand_named(f"{text} or equivalent", field="title") is None
