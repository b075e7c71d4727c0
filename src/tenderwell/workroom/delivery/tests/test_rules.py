"""What must hold of contracts, changes and payments, without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.periods import Period
from tenderwell.core.procedure import Facts
from tenderwell.workroom.delivery import rules

END = datetime(2026, 4, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
AMOUNTS = st.lists(st.decimals(min_value=-1000, max_value=1000, places=2), max_size=6)


def facts(now: datetime) -> Facts:
    return Facts.of(now=now, periods={"standstillPeriod": Period(END - timedelta(days=10), END)})


@pytest.mark.parametrize(("now", "is_refused"), [(END - SECOND, True), (END, False), (END + SECOND, False)])
def test_the_standstill_ends_at_its_instant(now: datetime, *, is_refused: bool) -> None:
    assert bool(rules.standstill_over(facts(now))) is is_refused


def test_where_the_law_has_no_standstill_nothing_waits() -> None:
    assert rules.standstill_over(Facts.of(now=END)) is None


@given(AMOUNTS)
def test_changes_down_count_like_changes_up(changes: list[Decimal]) -> None:
    signing = Decimal(1000)
    assert rules.change_share(signing, changes) == rules.change_share(signing, [-each for each in changes])
    assert rules.change_share(signing, changes) >= abs(sum(changes, Decimal(0))) / signing


@given(AMOUNTS, st.decimals(min_value=0, max_value=1, places=2))
def test_the_limit_itself_is_allowed(changes: list[Decimal], limit: Decimal) -> None:
    share = rules.change_share(Decimal(1000), changes)
    assert (rules.within_limit(share, limit, "s. 41") is None) == (share <= limit)
    assert rules.within_limit(limit, limit, "s. 41") is None


def test_the_change_of_a_contract_without_value_has_no_share() -> None:
    assert rules.change_share(Decimal(0), [Decimal(5)]) == 0


@given(st.decimals(min_value=0, max_value=100, places=2), st.decimals(min_value=0, max_value=100, places=2))
def test_no_invoice_is_above_what_is_left(amount: Decimal, left: Decimal) -> None:
    assert (rules.not_above(amount, left, field="amount") is None) == (amount <= left)


@pytest.mark.parametrize(
    ("invoices", "milestones", "changes", "codes"),
    [(0, 0, 0, []), (1, 0, 0, ["unpaid"]), (0, 2, 0, ["unmet"]), (1, 2, 1, ["unpaid", "unmet", "change_undecided"])],
)
def test_all_that_is_open_is_told_at_once(invoices: int, milestones: int, changes: int, codes: list[str]) -> None:
    found = rules.nothing_open(invoices=invoices, milestones=milestones, changes=changes)
    assert [each.code for each in found if each] == codes


def test_nobody_approves_an_own_change() -> None:
    assert rules.approved_by_other("ada", "abe") is None
    assert rules.approved_by_other("ada", "ada")


@given(st.integers(0, 120))
def test_payment_is_due_so_many_days_after_receipt(days: int) -> None:
    assert rules.payment_due(END, days) - END == timedelta(days=days)


@pytest.mark.parametrize(("length", "is_refused"), [(-1, True), (0, False), (1, False)])
def test_a_contract_does_not_end_before_it_begins(length: int, *, is_refused: bool) -> None:
    assert bool(rules.period_in_order(END, END + timedelta(days=length))) is is_refused
    assert rules.period_in_order(END, None) is None
