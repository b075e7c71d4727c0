"""What rules and forms ask about the early notice."""

from datetime import datetime, timedelta

from tenderwell.core.command import NOBODY, Moment, provides
from tenderwell.core.models import ActRecord
from tenderwell.public.portal.sentences import entry
from tenderwell.workroom.engagement import rules
from tenderwell.workroom.engagement.models import Comment, EarlyNotice
from tenderwell.workroom.process.models import Process


def notice_of(process: Process) -> EarlyNotice | None:
    return EarlyNotice.objects.filter(process=process).first()


def unanswered_choices(process: Process, actor: object) -> list[tuple[str, str]]:
    waiting = Comment.objects.filter(notice__process=process, answered_at=None).order_by("pk")
    return [(each.code, entry(each.code, text=each.text[:80])) for each in waiting]


@provides(rules.HAS_NOTICE)
def has_notice(moment: Moment) -> bool:
    return notice_of(moment.subject) is not None


@provides(rules.IS_CLOSED)
def is_closed(moment: Moment) -> bool:
    notice = notice_of(moment.subject)
    return notice is not None and notice.closed_at is not None


@provides(rules.UNANSWERED)
def unanswered(moment: Moment) -> int:
    return Comment.objects.filter(notice__process=moment.subject, answered_at=None).count()


@provides(rules.COMMENTS_TODAY)
def comments_today(moment: Moment) -> int:
    return comments_of(NOBODY.id, moment)


@provides(rules.OWN_TODAY)
def own_today(moment: Moment) -> int:
    return comments_of(moment.actor.id, moment)


def comments_of(actor: str, moment: Moment) -> int:
    """How often somebody commented within 24 hours; only the journal knows who."""
    since = moment.now - timedelta(days=1)
    made = ActRecord.objects.filter(subject=moment.subject.ocid, command="engagement.comment", at__gt=since)
    return made.filter(actor=actor).count()


def said_before(process: Process, *, text: str, author: str, since: datetime) -> int:
    found = Comment.objects.filter(notice__process=process, text=text, author=author, made_at__gt=since)
    return found.count()
