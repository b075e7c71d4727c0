"""What rules and pages ask about complaints."""

from django.db.models import QuerySet

from tenderwell.core.command import Actor, Moment, provides
from tenderwell.public.portal.sentences import entry
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.remedies import rules
from tenderwell.workroom.remedies.models import Complaint

Choices = list[tuple[str, str]]


@provides(rules.OPEN_COMPLAINTS)
def open_complaints(moment: Moment) -> int:
    return int(moment.subject.complaints.filter(status="pending").count())


@provides(rules.MAY_COMPLAIN)
def may_complain(moment: Moment) -> bool:
    return bool(moment.subject.bids.filter(bidder__identifier=moment.actor.organisation).exists())


def open_choices(process: Process, actor: object) -> Choices:
    return shown(process.complaints.filter(status="pending"))


def own_choices(process: Process, actor: Actor) -> Choices:
    """The complaints of the organisation acted for, that wait for a decision."""
    return shown(process.complaints.filter(status="pending", complainant__identifier=actor.organisation))


def shown(complaints: QuerySet[Complaint]) -> Choices:
    return [(each.code, entry(each.code, text=each.grounds)) for each in complaints.order_by("made_at")]
