"""Questions and answers: the asker stays hidden, the answer goes to all, a late answer extends the period."""

from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import notices, queries, rules
from tenderwell.workroom.tendering.commands.telling import close_later, publish
from tenderwell.workroom.tendering.events import PeriodExtended, QuestionAnswered, QuestionAsked
from tenderwell.workroom.tendering.models import Enquiry

LATE_ANSWER = "A question was answered late; bidders get time to use the answer."


class AskQuestion(BaseModel):
    text: Text = Field(
        title="Your question",
        description="Published with its answer; leave out who you are",
        min_length=5,
        max_length=4000,
    )
    lot: Annotated[str, ChoicesFrom(queries.lot_choices)] = Field("", title="About lot", max_length=30)


class AnswerQuestion(BaseModel):
    question: Annotated[str, ChoicesFrom(queries.open_questions)] = Field(title="Question", max_length=30)
    answer: Text = Field(
        title="Answer", description="Published; leave out names and business secrets", min_length=2, max_length=8000
    )


@command(on=Process, input=AskQuestion)
def ask_question(act: Act, process: Process, data: AskQuestion) -> Enquiry:
    """Ask a question"""
    refuse_any(
        rules.lots_known(data.lot, queries.lot_ids(process)),
        rules.asker_unnamed(data.text, names=queries.names_of(act.actor.organisation)),
    )
    enquiry = Enquiry.objects.create(
        process=process,
        code=f"enquiry-{process.enquiries.count() + 1}",
        asker=act.actor.organisation,
        text=data.text,
        lot=data.lot,
        asked_at=act.now,
    )
    act.record(QuestionAsked(code=enquiry.code, asker=enquiry.asker, text=enquiry.text))
    return enquiry


@command(on=Process, input=AnswerQuestion)
def answer_question(act: Act, process: Process, data: AnswerQuestion) -> Enquiry:
    """Answer a question for everybody"""
    enquiry = process.enquiries.filter(code=data.question, answered_at=None).first()
    text = "No such question waits for an answer."
    refuse_any(None if enquiry else Reason("no_such_question", text, field="question"))
    assert enquiry
    enquiry.answer, enquiry.answered_at = data.answer, act.now
    enquiry.save(update_fields=["answer", "answered_at"])
    parts = notices.released(id=process.ocid, enquiries=[notices.enquiry(enquiry)], hasEnquiries=True)
    act.record(QuestionAnswered(parts=parts, question=enquiry.text[:120]))
    extend_when_late(act, process)
    return enquiry


def extend_when_late(act: Act, process: Process) -> None:
    """Whoever waits for the answer gets the days of the law to use it."""
    period = process.periods_held()["tenderPeriod"]
    end = rules.end_after_late_change(act.now, period, act.jurisdiction)
    if told := close_later(act, process, period, end):
        publish(act, process, told, reason=LATE_ANSWER, kind=PeriodExtended)
