"""From a published evaluation to a decision, and a direct award, by commands only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tenderwell.core.command import perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.public.record.models import Release
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.awarding import commands as c
from tenderwell.workroom.evaluation.tests.journey import evaluated, when
from tenderwell.workroom.planning import commands as planning
from tenderwell.workroom.planning.tests.journey import filled, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas

DAY = timedelta(days=1)
WHY = "Its method of work is the best, at the lowest price."
GROUND = "Only this firm holds the plans and the rights of the old roofs."


def decision_day(process: Process) -> datetime:
    """Two days after the evaluation."""
    return when(process) + 2 * DAY


@remembered
def decided(process: Process | None = None, *, bid: str = "bid-1", now: datetime | None = None, **row: Any) -> Process:
    """Abe decides; the standstill begins."""
    process = process or evaluated()
    data = c.DecideAward(awards=[c.AwardRow(bid=bid, **row)], reason=WHY)
    perform(c.decide_award, personas().abe, process.ocid, data, now=now or decision_day(process))
    return again(process)


def again(process: Process) -> Process:
    return Process.objects.select_related("buyer").get(pk=process.pk)


def compiled(process: Process) -> Mapping[str, Any]:
    """What the public reads of it."""
    found = record_of(process.ocid)
    assert found
    content: Mapping[str, Any] = found.compiled
    return content


def last_release(process: Process) -> Release:
    return Release.objects.filter(ocid=process.ocid).order_by("-date")[0]


def standstill_end(process: Process) -> datetime:
    return process.periods_held()["standstillPeriod"].end


def route_without_competition(process: Process, *, now: datetime = NOW) -> None:
    """Ada decides, Abe approves."""
    ground = planning.DecideRoute(
        make="The city has no roofers.",
        reuse="Nothing to reuse.",
        join="No other buyer needs it.",
        procedure="direct_1",
        reason=GROUND,
        legal_ground="2014/24/EU Art. 32(2)(b)",
    )
    perform(planning.decide_route, personas().ada, process.ocid, ground, now=now)
    approved = planning.ApproveRoute(agreed=True)
    perform(planning.approve_route, personas().abe, process.ocid, approved, now=now)


@remembered
def planned_direct(*, now: datetime = NOW, **given: Any) -> Process:
    """A published plan to award without competition."""
    process = staffed(now, **{"procedure": "direct_1", "estimate": "200000", **given})
    filled(process, now)
    route_without_competition(process, now=now)
    perform(planning.publish_plan, personas().ada, process.ocid, planning.PublishPlan(), now=now)
    return again(process)


@remembered
def awarded_directly(process: Process | None = None, *, now: datetime = NOW, value: str = "150000") -> Process:
    process = process or planned_direct(now=now)
    data = c.AwardDirectly(supplier=BOB_ROOFS, value=value, reason=GROUND)
    perform(c.award_directly, personas().abe, process.ocid, data, now=now + DAY)
    return again(process)
