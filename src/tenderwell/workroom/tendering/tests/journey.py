"""From a published plan to a tender open for bids, by commands only."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from tenderwell.core.command import perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import drafting as d
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender

DAY = timedelta(days=1)
CLOSES = NOW + 30 * DAY


def requirements() -> d.SetRequirements:
    return d.SetRequirements(
        problem="Twelve roofs leak; lessons are lost every winter.",
        users="3,100 pupils and their teachers must be dry and warm.",
        skills="Roofers who have covered public buildings.",
        standards="National roof code, class B.",
        work_stage="Surveyed; nothing is begun.",
        latest_start="2026-07-01",
        budget="500000",
        payment_approach="Fixed price, one part after each school.",
        incentives="None.",
        expected_length="Six months.",
        questions="On this site; answers come within three working days.",
    )


def quality_and_price() -> d.SetCriteria:
    rows = [
        {"title": "Method of work", "kind": "quality", "weight": "35", "floor": "1"},
        {"title": "Local jobs and training", "kind": "quality", "weight": "15"},
        {"title": "Price", "kind": "price", "weight": "50"},
        {"title": "Licence to build", "kind": "pass_fail"},
    ]
    return d.SetCriteria(criteria=rows, low_share="0.7")


@remembered
def drafted(process: Process | None = None, *, now: datetime = NOW, closes: datetime = CLOSES, **given: Any) -> Process:
    """Everything is written but the committee is not named; estimates stay below the limit for early notices."""
    process = process or planned(now, **{"estimate": "200000", **given})
    ada = personas().ada
    perform(d.set_requirements, ada, process.ocid, requirements(), now=now)
    item = d.AddItem(
        description="Roof of a school", classification="45261210", quantity="12", unit="roof",
        classification_text="Roof-covering work",
    )  # fmt: skip
    perform(d.add_item, ada, process.ocid, item, now=now)
    perform(d.set_criteria, ada, process.ocid, quality_and_price(), now=now)
    perform(d.set_dates, ada, process.ocid, d.SetDates(closes_at=closes), now=now)
    process.refresh_from_db()
    return process


@remembered
def tendered(*, now: datetime = NOW, **given: Any) -> Process:
    """Open for bids, with the opening committee that the next stage names; found by its name, for it comes later."""
    process = drafted(now=now, **given)
    import_module("tenderwell.workroom.bidding.tests.journey").with_committee(process, now=now)
    return publish(process, now=now)


def publish(process: Process, *, now: datetime = NOW) -> Process:
    """Abe, the approver, publishes; the committee has to be named before."""
    perform(publish_tender, personas().abe, process.ocid, PublishTender(), now=now)
    process.refresh_from_db()
    return process
