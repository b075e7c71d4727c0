"""What must hold of a decision, without a database."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.awarding import rules
from tenderwell.workroom.process.rules import ESTIMATE, TWO_PEOPLE_ABOVE

NOW = datetime(2026, 3, 2, tzinfo=UTC)
OFFERS = (
    rules.Offer("bid-1", "", "XA-1", 1),
    rules.Offer("bid-2", "", "XA-2", 2),
    rules.Offer("bid-3", "", "XA-3", 0),
)
MONEY = st.decimals(min_value=0, max_value=10**9, places=2)
LONG = "Its method is far better than the first."


def code(reason: object) -> str:
    return getattr(reason, "code", "")


def facts(estimate: Decimal, *roles: str) -> Facts:
    known: dict[Fact[Any], Any] = {ESTIMATE: estimate, TWO_PEOPLE_ABOVE: (Decimal(10_000), "s. 5")}
    return Facts.of(now=NOW, roles=roles, values=known)


@given(MONEY)
def test_the_lead_alone_decides_only_up_to_the_limit(estimate: Decimal) -> None:
    alone = rules.decided_by_second(facts(estimate, "lead"))
    assert code(alone) == ("needs_approver" if estimate > 10_000 else "")
    assert rules.decided_by_second(facts(estimate, "lead", "approver")) is None


@given(estimate=MONEY, limit=MONEY, approved=st.booleans())
def test_no_competition_needs_an_approved_reason_or_a_small_value(
    *, estimate: Decimal, limit: Decimal, approved: bool
) -> None:
    values: dict[Fact[Any], Any] = {
        rules.DIRECT_BELOW: (limit, "s. 15"),
        rules.ROUTE_APPROVED: approved,
        ESTIMATE: estimate,
    }
    refused = rules.has_ground(Facts.of(now=NOW, values=values))
    assert (refused is None) == (approved or estimate < limit)


def test_where_the_law_knows_no_limit_only_an_approved_reason_counts() -> None:
    values: dict[Fact[Any], Any] = {rules.DIRECT_BELOW: None, rules.ROUTE_APPROVED: False, ESTIMATE: Decimal(1)}
    assert code(rules.has_ground(Facts.of(now=NOW, values=values))) == "no_ground"


@pytest.mark.parametrize(
    ("bid", "reason", "expected"),
    [("bid-1", "", ""), ("bid-2", "", "not_the_best"), ("bid-2", LONG, ""), ("bid-3", " ", "not_the_best")],
)
def test_passing_over_the_first_needs_a_reason(bid: str, reason: str, expected: str) -> None:
    assert code(rules.reason_for_other(bid, "", reason, OFFERS, field="awards.0.reason")) == expected


@pytest.mark.parametrize(
    ("bid", "lot", "expected"),
    [("bid-1", "", ""), ("bid-9", "", "no_such_bid"), ("bid-1", "lot-2", "no_such_bid")],
)
def test_only_valid_bids_can_win(bid: str, lot: str, expected: str) -> None:
    assert code(rules.known_offer(bid, lot, OFFERS, field="awards.0.bid")) == expected


@pytest.mark.parametrize(
    ("suppliers", "expected"), [([], ""), (["XA-1"], ""), (["XA-2"], "supplier_without_bid"), (["XA-2", "XA-1"], "")]
)
def test_whoever_wins_has_bid(suppliers: list[str], expected: str) -> None:
    assert code(rules.suppliers_bid(suppliers, "bid-1", OFFERS, field="suppliers")) == expected


@pytest.mark.parametrize(
    ("lots", "known", "expected"),
    [([""], [], ""), (["lot-1"], ["lot-1"], ""), (["lot-2"], ["lot-1"], "no_such_lot"), (["lot-1"], [], "no_such_lot")],
)
def test_an_award_names_a_lot_of_the_tender(lots: list[str], known: list[str], expected: str) -> None:
    assert code(rules.known_lots(lots, known)) == expected


@given(st.text(max_size=60))
def test_a_reason_says_something(text: str) -> None:
    assert (rules.says_why(text) is None) == (len(text.strip()) >= rules.SHORTEST_REASON)


@pytest.mark.parametrize(
    ("value", "is_shared", "expected"),
    [(None, False, ""), (None, True, "awarded_twice"), (Decimal(5), True, ""), (Decimal(0), True, "")],
)
def test_a_part_of_a_bid_says_its_value(value: Decimal | None, *, is_shared: bool, expected: str) -> None:
    assert code(rules.says_its_part(value, is_shared=is_shared, field="awards.0.value")) == expected
