"""A complaint and its decision, by commands only."""

from datetime import datetime, timedelta
from typing import Any

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.awarding.tests.journey import decision_day
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas
from tenderwell.workroom.remedies import commands as c

DAY = timedelta(days=1)


def complained(process: Process, *, by: Actor | None = None, now: datetime | None = None) -> Any:
    """Cleo complains about the decision."""
    data = c.Complain(
        grounds="The points for the method have no reason",
        text="Our method statement was given one point; the report does not say why.",
        remedy_asked="Judge the method again.",
    )
    moment = now or decision_day(process) + DAY
    return perform(c.complain, by or personas().cleo, process.ocid, data, now=moment)


def withdrawn(process: Process, *, by: Actor | None = None, now: datetime | None = None) -> Any:
    data = c.WithdrawComplaint(complaint="complaint-1")
    moment = now or decision_day(process) + 2 * DAY
    return perform(c.withdraw_complaint, by or personas().cleo, process.ocid, data, now=moment)


def ruled(
    process: Process,
    outcome: Any = "dismissed",
    *,
    remedy: Any = "none",
    by: Actor | None = None,
    now: datetime | None = None,
) -> Any:
    """Rita of the review board decides."""
    words = "The report gives the reason on page two; the points are within the scale."
    data = c.DecideComplaint(complaint="complaint-1", outcome=outcome, remedy=remedy, decision=words)
    moment = now or decision_day(process) + 3 * DAY
    return perform(c.decide_complaint, by or personas().rita, process.ocid, data, now=moment)
