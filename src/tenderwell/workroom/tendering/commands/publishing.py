"""Publish the tender: freeze the criteria, open the periods, publish everything at once."""

from pydantic import BaseModel

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.periods import Period
from tenderwell.public.ocds import frozen, instant
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import notices, queries
from tenderwell.workroom.tendering.events import TenderPublished


class PublishTender(BaseModel):
    pass


@command(on=Process, input=PublishTender)
def publish_tender(act: Act, process: Process, data: PublishTender) -> Process:
    """Publish the tender"""
    refuse_any(criteria_for_every_lot(process))
    freeze(act, process)
    dates = process.dates
    process.set_period("tenderPeriod", Period(act.now, dates.closes_at))
    process.set_period("enquiryPeriod", Period(act.now, max(act.now, dates.questions_until)))
    process.documents.filter(part="tender", published_at=None).update(published_at=act.now)
    act.record(TenderPublished(parts=notices.tender_notice(process), closes=instant(dates.closes_at)))
    return process


def criteria_for_every_lot(process: Process) -> Reason | None:
    """Each lot is judged by its own criteria or by those for all."""
    covered = {tree["lot"] for tree in queries.frozen_criteria(process)}
    missing = [lot for lot in queries.lot_ids(process) if lot not in covered]
    if "" in covered or not missing:
        return None
    text = "There are no criteria for lot “{lot}”."
    return Reason("no_criteria", text, "2014/24/EU Art. 67", values={"lot": missing[0]})


def freeze(act: Act, process: Process) -> None:
    """From now on the criteria are what their hash says."""
    held = process.criteria
    held.trees, held.sha256 = frozen(held.trees)
    held.frozen_at = act.now
    held.save(update_fields=["trees", "sha256", "frozen_at"])
