"""From a process with or without a plan to its early notice closed, by commands only."""

from datetime import datetime, timedelta

from tenderwell.core.command import perform
from tenderwell.workroom.engagement import commands as c
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas

OPEN_FOR = timedelta(days=14)


def noticed(process: Process, now: datetime = NOW) -> Process:
    """The early notice is open for comments."""
    data = c.PublishEarlyNotice(
        title="Roofs of schools", text="Which roofs last longest in our climate?", ends_at=now + OPEN_FOR
    )
    perform(c.publish_early_notice, personas().ada, process.ocid, data, now=now)
    process.refresh_from_db()
    return process


def engaged(process: Process, now: datetime = NOW) -> Process:
    """A citizen commented, the lead answered, and the notice is closed; the clock stands at now + OPEN_FOR."""
    noticed(process, now)
    remark = c.MakeComment(text="Please allow tiles as well.", author="Finn")
    perform(c.comment, personas().finn, process.ocid, remark, now=now + timedelta(days=1))
    answer = c.AnswerComment(comment="comment-1", answer="We will.", effect="Tiles are allowed.")
    perform(c.answer_comment, personas().ada, process.ocid, answer, now=now + timedelta(days=2))
    changes = c.CloseEngagement(changes="Tiles are now allowed as well.")
    perform(c.close_engagement, personas().ada, process.ocid, changes, now=now + OPEN_FOR)
    process.refresh_from_db()
    return process
