"""Publish an early notice, comment, answer, close."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.core.periods import Period
from tenderwell.public import ocds
from tenderwell.public.ocds import instant, plain
from tenderwell.public.ocds.planning import Comment as OcdsComment
from tenderwell.public.ocds.planning import Engagement, Planning
from tenderwell.workroom.engagement import rules
from tenderwell.workroom.engagement.events import CommentAnswered, CommentMade, EarlyNoticePublished, EngagementClosed
from tenderwell.workroom.engagement.models import Comment, EarlyNotice
from tenderwell.workroom.engagement.queries import said_before, unanswered_choices
from tenderwell.workroom.parties.queries import ocds_party
from tenderwell.workroom.planning.notices import document, rules_of
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import current_documents


class PublishEarlyNotice(BaseModel):
    title: str = Field(title="Title", min_length=5, max_length=250)
    text: Text = Field(title="What is planned, and what you want to know", min_length=20, max_length=20_000)
    ends_at: datetime = Field(title="Open for comments until")


class MakeComment(BaseModel):
    text: Text = Field(title="Your comment", description="Published as you write it", min_length=3, max_length=5000)
    passage: str = Field("", title="About which passage", max_length=250)
    author: str = Field("", title="Name to show", description="Published; leave it empty to show none", max_length=120)


class AnswerComment(BaseModel):
    comment: Annotated[str, ChoicesFrom(unanswered_choices)] = Field(title="Comment", max_length=30)
    answer: Text = Field(title="Answer", description="Published", min_length=3, max_length=5000)
    effect: Text = Field("", title="What changes because of it", max_length=2000)


class CloseEngagement(BaseModel):
    changes: Text = Field(
        title="What changed because of the comments", description="Published", min_length=10, max_length=5000
    )


@command(on=Process, input=PublishEarlyNotice)
def publish_early_notice(act: Act, process: Process, data: PublishEarlyNotice) -> EarlyNotice:
    """Publish an early notice"""
    refuse_any(rules.long_enough(act.now, data.ends_at, act.jurisdiction.calendar))
    notice = EarlyNotice.objects.create(process=process, published_at=act.now, **data.model_dump())
    process.set_period(rules.PERIOD, Period(act.now, data.ends_at))
    process.documents.filter(part="planning", published_at=None).update(published_at=act.now)
    act.record(EarlyNoticePublished(parts=parts(process, notice), until=instant(data.ends_at)))
    return notice


def parts(process: Process, notice: EarlyNotice) -> dict[str, Any]:
    """The release: the notice, the buyer, and the draft documents to comment on."""
    buyer = ocds.OrganizationReference(id=process.buyer.identifier, name=process.buyer.name)
    engagement = Engagement(
        title=notice.title,
        description=notice.text,
        period=ocds.Period(start_date=notice.published_at, end_date=notice.ends_at),
    )
    files = tuple(document(each, process) for each in current_documents(process, part="planning"))
    found = plain(
        {
            "parties": [ocds_party(process.buyer, ["buyer", "procuringEntity"])],
            "buyer": buyer,
            "rules": rules_of(process),
            "tender": ocds.Tender(id=process.ocid, title=process.title, status="planning", procuring_entity=buyer),
            "planning": Planning(engagement=engagement, documents=files),
        }
    )
    assert isinstance(found, dict)
    if process.state != "planning":
        found.pop("tender")
    return dict(found)


@command(on=Process, input=MakeComment)
def comment(act: Act, process: Process, data: MakeComment) -> Comment:
    """Comment on the early notice"""
    notice = process.early_notice
    refuse_any(*(rules.plain_text(text, field=name) for name, text in data.model_dump().items()))
    before = said_before(process, text=data.text, author=data.author, since=act.now - rules.AGAIN)
    refuse_any(rules.not_said(said_before=before))
    made = Comment.objects.create(
        notice=notice,
        code=f"comment-{notice.comments.count() + 1}",
        made_at=act.now,
        **data.model_dump(),
    )
    act.record(CommentMade(comment=shown(made)))
    return made


@command(on=Process, input=AnswerComment)
def answer_comment(act: Act, process: Process, data: AnswerComment) -> Comment:
    """Answer a comment"""
    found = Comment.objects.filter(notice__process=process, code=data.comment, answered_at=None).first()
    refuse_any(None if found else Reason("no_such_comment", "No such comment waits for an answer.", field="comment"))
    assert found
    found.answer, found.effect, found.answered_at = data.answer, data.effect, act.now
    found.save(update_fields=["answer", "effect", "answered_at"])
    act.record(CommentAnswered(comment=shown(found)))
    return found


def shown(found: Comment) -> dict[str, Any]:
    """The comment as it is published."""
    made = plain(
        OcdsComment(
            id=found.code,
            date=found.made_at,
            author=found.author or None,
            description=found.text,
            passage=found.passage or None,
            answer=found.answer or None,
            date_answered=found.answered_at,
            effect=found.effect or None,
        )
    )
    assert isinstance(made, dict)
    return dict(made)


@command(on=Process, input=CloseEngagement)
def close_engagement(act: Act, process: Process, data: CloseEngagement) -> EarlyNotice:
    """Close the early notice and say what changed"""
    notice: EarlyNotice = process.early_notice
    notice.changes, notice.closed_at = data.changes, act.now
    notice.save(update_fields=["changes", "closed_at"])
    act.record(EngagementClosed(changes=data.changes, closed_at=instant(act.now)))
    return notice
