"""Questions: the asker stays hidden, the answer goes to all, a late answer gives time."""

import json
from datetime import datetime, timedelta

import pytest

from tenderwell.core.command import facts_of, perform
from tenderwell.core.errors import Refused
from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Release
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas
from tenderwell.workroom.tendering import rules
from tenderwell.workroom.tendering.commands import changing, questions
from tenderwell.workroom.tendering.models import Enquiry
from tenderwell.workroom.tendering.tests.journey import CLOSES, DAY, tendered
from tenderwell.workroom.tendering.tests.test_publishing import tender_of

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def ask(process: Process, text: str = "May tiles be used?", now: datetime = NOW + DAY) -> Enquiry:
    data = questions.AskQuestion(text=text)
    asked: Enquiry = perform(questions.ask_question, personas().bob, process.ocid, data, now=now)
    return asked


def answer(process: Process, code: str = "enquiry-1", now: datetime = NOW + 2 * DAY) -> Enquiry:
    data = questions.AnswerQuestion(question=code, answer="Yes, tiles may be used.")
    answered: Enquiry = perform(questions.answer_question, personas().ada, process.ocid, data, now=now)
    return answered


def test_a_question_is_not_public_before_its_answer() -> None:
    process = tendered()
    ask(process)
    assert "enquiries" not in tender_of(process)
    assert not Release.objects.filter(act_name="enquiry.asked").exists()
    assert Entry.objects.latest("idx").kind == "act/v1"


def test_the_answer_goes_to_all_and_the_asker_to_nobody() -> None:
    process = tendered()
    ask(process)
    answer(process)
    shown = tender_of(process)["enquiries"][0]
    assert (shown["description"], shown["answer"]) == ("May tiles be used?", "Yes, tiles may be used.")
    record = record_of(process.ocid)
    assert record
    name = ActRecord.objects.filter(event="enquiry.asked").get().organisation
    assert name == BOB_ROOFS
    assert BOB_ROOFS not in json.dumps(record.compiled)
    assert all(BOB_ROOFS.encode() not in bytes(entry.body) for entry in Entry.objects.all())


@pytest.mark.parametrize("text", [f"We, {BOB_ROOFS}, ask: tiles?", "Write to roofs@bob.example about tiles"])
def test_a_question_that_gives_its_asker_away_is_refused(text: str) -> None:
    process = tendered()
    with pytest.raises(Refused, match="asker_named"):
        ask(process, text)


def test_questions_end_at_their_instant() -> None:
    process = tendered()
    end = process.periods_held()["enquiryPeriod"].end
    ask(process, now=end - SECOND)
    with pytest.raises(Refused, match="questions_over"):
        ask(process, now=end)


def test_an_answer_in_time_moves_no_deadline() -> None:
    process = tendered()
    ask(process)
    answer(process)
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end == CLOSES


def test_a_late_answer_extends_the_period_and_says_so() -> None:
    process = tendered()
    ask(process)
    answer(process, now=CLOSES - DAY)
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end > CLOSES + DAY
    told = tender_of(process)["amendments"][0]["differences"][0]
    assert told["field"] == "closing time"
    assert told["before"].endswith("UTC+03:00")


def test_an_answer_after_the_closing_is_public_but_opens_nothing_again() -> None:
    process = tendered()
    ask(process)
    answer(process, now=CLOSES + DAY)
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end == CLOSES
    assert tender_of(process)["enquiries"][0]["answer"]


def test_an_unanswered_question_is_known_to_what_comes_after() -> None:
    process = tendered()
    ask(process)
    reason = rules.all_answered(facts_of(process, personas().ada, CLOSES))
    assert reason
    assert (reason.code, reason.values) == ("questions_unanswered", {"count": "1"})
    answer(process)
    assert rules.all_answered(facts_of(process, personas().ada, CLOSES)) is None


def test_a_question_is_answered_once() -> None:
    process = tendered()
    ask(process)
    answer(process)
    with pytest.raises(Refused, match="no_such_question"):
        answer(process)


def test_the_buyer_cannot_ask_itself() -> None:
    process = tendered()
    with pytest.raises(Refused, match="wrong_role"):
        data = questions.AskQuestion(text="Is it good?")
        perform(questions.ask_question, personas().ada, process.ocid, data, now=NOW + DAY)


def test_questions_are_taken_again_when_bids_close_later() -> None:
    process = tendered()
    late = process.periods_held()["enquiryPeriod"].end + DAY
    with pytest.raises(Refused, match="questions_over"):
        ask(process, now=late)
    longer = changing.ExtendPeriod(reason="Firms asked for more time.", closes_at=CLOSES + 20 * DAY)
    perform(changing.extend_period, personas().ada, process.ocid, longer, now=late)
    assert ask(process, now=late).code == "enquiry-1"
    told = tender_of(process)["amendments"][0]["differences"]
    assert [each["field"] for each in told] == ["closing time", "end of questions"]
