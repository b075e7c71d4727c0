"""When a complaint may be made and what it holds up, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.periods import Period
from tenderwell.core.procedure import Facts
from tenderwell.workroom.remedies import rules

END = datetime(2026, 3, 20, tzinfo=UTC)
PERIODS = {
    "tenderPeriod": Period(END - timedelta(days=30), END),
    "complaintPeriod": Period(END, END + timedelta(days=10)),
}


@given(st.integers(-40 * 86400, 40 * 86400), st.sampled_from(["tendering", "standstill", "awarded"]))
def test_complaints_come_within_their_own_window(seconds: int, state: str) -> None:
    now = END + timedelta(seconds=seconds)
    window = PERIODS["tenderPeriod" if state == "tendering" else "complaintPeriod"]
    refused = rules.within_window(Facts.of(now=now, state=state, periods=PERIODS))
    assert (refused is None) == window.is_open(now)


def test_without_a_window_nobody_complains() -> None:
    refused = rules.within_window(Facts.of(now=END, state="standstill", periods={}))
    assert refused
    assert refused.code == "complaint_too_late"


@pytest.mark.parametrize(
    ("state", "has_bid", "is_refused"),
    [("tendering", False, False), ("standstill", True, False), ("standstill", False, True), ("awarded", False, True)],
)
def test_after_the_opening_only_tenderers_have_standing(state: str, *, has_bid: bool, is_refused: bool) -> None:
    facts = Facts.of(now=END, state=state, values={rules.MAY_COMPLAIN: has_bid})
    assert bool(rules.has_standing(facts)) is is_refused


@given(st.integers(0, 50))
def test_an_open_complaint_suspends_the_signature(count: int) -> None:
    refused = rules.no_open_complaint(Facts.of(now=END, values={rules.OPEN_COMPLAINTS: count}))
    assert bool(refused) is bool(count)
    assert refused is None or str(count) in refused.message
