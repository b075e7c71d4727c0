"""Asking and complaining are offered while the record says that there is time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tenderwell.public.portal.chances import may_ask, may_complain

END = datetime(2026, 5, 1, 12, tzinfo=UTC)
BEFORE, PERIOD = datetime(2026, 5, 1, 11, 59, tzinfo=UTC), {"endDate": "2026-05-01T12:00:00Z"}


def called(status: str) -> dict[str, Any]:
    return {"tender": {"status": status, "enquiryPeriod": PERIOD, "tenderPeriod": PERIOD}}


@pytest.mark.parametrize("may", [may_ask, may_complain])
def test_the_end_instant_is_too_late(may: Any) -> None:
    assert may(called("active"), BEFORE)
    assert not may(called("active"), END)


@pytest.mark.parametrize("may", [may_ask, may_complain])
def test_nothing_is_offered_for_a_cancelled_tender_or_an_empty_record(may: Any) -> None:
    assert not may(called("cancelled"), BEFORE)
    assert not may({}, BEFORE)


@pytest.mark.parametrize(("status", "offered"), [("active", True), ("cancelled", False)])
def test_a_standing_award_can_be_challenged_in_its_standstill(*, status: str, offered: bool) -> None:
    compiled = {"awards": [{"id": "1", "status": status, "standstillPeriod": PERIOD}]}
    assert may_complain(compiled, BEFORE) is offered
    assert not may_complain(compiled, END)


def test_the_time_to_complain_may_outlast_the_standstill() -> None:
    award = {"id": "1", "status": "active", "standstillPeriod": PERIOD}
    compiled = {"awards": [award | {"complaintPeriod": {"endDate": "2026-05-02T12:00:00Z"}}]}
    assert may_complain(compiled, END)
