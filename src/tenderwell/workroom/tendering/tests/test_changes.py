"""Changes of a published tender: each told as before and after; periods only grow."""

from datetime import datetime

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import changing
from tenderwell.workroom.tendering.models import Amendment
from tenderwell.workroom.tendering.tests.journey import CLOSES, DAY, tendered
from tenderwell.workroom.tendering.tests.test_publishing import tender_of

pytestmark = pytest.mark.django_db


def amend(process: Process, changes: dict[str, str], *, now: datetime = NOW + DAY) -> Amendment:
    rows = [changing.Change(part=part, text=text) for part, text in changes.items()]
    data = changing.AmendTender(reason="The survey found two more roofs.", changes=rows)
    amendment: Amendment = perform(changing.amend_tender, personas().ada, process.ocid, data, now=now)
    return amendment


def test_a_change_says_what_was_and_what_is() -> None:
    process = tendered()
    amend(process, {"problem": "Fourteen roofs leak in winter.", "item-1.quantity": "14"})
    shown = tender_of(process)
    assert shown["amendments"][0]["differences"] == [
        {
            "id": "amendment-1-1",
            "field": "the problem",
            "before": "Twelve roofs leak; lessons are lost every winter.",
            "after": "Fourteen roofs leak in winter.",
        },
        {"id": "amendment-1-2", "field": "item-1: quantity", "before": "12", "after": "14"},
    ]
    assert shown["brief"]["problem"] == "Fourteen roofs leak in winter."
    assert shown["items"][0]["quantity"] == 14


def test_criteria_stay_as_they_are() -> None:
    process = tendered()
    before = tender_of(process)["evaluation"]
    amend(process, {"problem": "Fourteen roofs leak in winter."})
    assert tender_of(process)["evaluation"] == before


def test_an_early_change_moves_no_deadline_and_a_late_one_does() -> None:
    process = tendered()
    amend(process, {"incentives": "A bonus for each school done early."})
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end == CLOSES
    late = amend(process, {"incentives": "No bonus."}, now=CLOSES - DAY)
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end >= CLOSES + 2 * DAY
    assert late.differences[-1]["field"] == "closing time"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "nothing_changed"),
        ({"incentives": "None."}, "nothing_changed"),
        ({"item-1.quantity": "a dozen"}, "not_readable"),
        ({"item-1.quantity": "0"}, "no_quantity"),
        ({"latest_start": "soon"}, "not_readable"),
        ({"criteria": "The cheapest wins"}, "no_such_part"),
        ({"title": "T" * 251}, "too_long"),
        ({"skills": "He must know roofs."}, "gendered"),
    ],
)
def test_what_cannot_be_changed_so(changes: dict[str, str], code: str) -> None:
    process = tendered()
    with pytest.raises(Refused, match=code):
        amend(process, changes)


def test_a_period_is_never_made_shorter() -> None:
    process = tendered()
    data = changing.ExtendPeriod(reason="Few firms have asked.", closes_at=CLOSES - DAY)
    with pytest.raises(Refused, match="not_longer"):
        perform(changing.extend_period, personas().ada, process.ocid, data, now=NOW + DAY)


def test_an_extended_period_shows_old_and_new_time() -> None:
    process = tendered()
    data = changing.ExtendPeriod(reason="Few firms have asked.", closes_at=CLOSES + 7 * DAY)
    perform(changing.extend_period, personas().ada, process.ocid, data, now=NOW + DAY)
    shown = tender_of(process)
    assert shown["amendments"][0]["rationale"] == "Few firms have asked."
    assert shown["tenderPeriod"]["endDate"].startswith((CLOSES + 7 * DAY).date().isoformat())


def test_after_the_closing_nothing_changes() -> None:
    process = tendered()
    with pytest.raises(Refused, match="wrong_state"):
        amend(process, {"problem": "Fourteen roofs leak in winter."}, now=CLOSES)
