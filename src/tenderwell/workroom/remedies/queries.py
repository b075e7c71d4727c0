"""What rules and pages ask about complaints."""

from tenderwell.core.command import Moment, provides
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.remedies import rules


@provides(rules.OPEN_COMPLAINTS)
def open_complaints(moment: Moment) -> int:
    return int(moment.subject.complaints.filter(status="pending").count())


@provides(rules.MAY_COMPLAIN)
def may_complain(moment: Moment) -> bool:
    return bool(moment.subject.bids.filter(bidder__identifier=moment.actor.organisation).exists())


def open_choices(process: Process, actor: object) -> list[tuple[str, str]]:
    waiting = process.complaints.filter(status="pending").order_by("made_at")
    return [(each.code, f"{each.code}: {each.grounds}") for each in waiting]
