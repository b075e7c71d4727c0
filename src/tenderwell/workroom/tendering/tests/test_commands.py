"""A tender is drafted, published, asked about and changed; the record shows it, the ledger proves it."""

import json
from datetime import timedelta

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas
from tenderwell.workroom.tendering.commands import changing, drafting, questions
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender
from tenderwell.workroom.tendering.tests.journey import CLOSES, DAY, drafted, publish

pytestmark = pytest.mark.django_db


def tendered() -> Process:
    """Published; the committee is another stage's matter and is taken as named."""
    process = drafted()
    bidding = pytest.importorskip("tenderwell.workroom.bidding.tests.journey")
    bidding.with_committee(process)
    return publish(process)


def ask(process, text="May tiles be used?", now=NOW + DAY):
    return perform(questions.ask_question, personas().bob, process.ocid, questions.AskQuestion(text=text), now=now)


def answer(process, code="enquiry-1", now=NOW + 2 * DAY):
    data = questions.AnswerQuestion(question=code, answer="Yes.")
    return perform(questions.answer_question, personas().ada, process.ocid, data, now=now)


def amend(process, now=NOW + DAY, **changes):
    rows = [{"part": part.replace("__", "."), "text": text} for part, text in changes.items()]
    data = changing.AmendTender(reason="The survey found two more roofs.", changes=rows)
    return perform(changing.amend_tender, personas().ada, process.ocid, data, now=now)


def tender_of(process):
    return record_of(process.ocid).compiled["tender"]


def test_without_a_committee_nothing_is_published():
    process = drafted()
    with pytest.raises(Refused, match="no_committee"):
        perform(publish_tender, personas().abe, process.ocid, PublishTender(), now=NOW)


def test_the_lead_alone_does_not_publish_a_large_tender():
    process = drafted()
    with pytest.raises(Refused, match="needs_approver"):
        perform(publish_tender, personas().ada, process.ocid, PublishTender(), now=NOW)


def test_publishing_opens_the_period_and_freezes_the_criteria():
    process = tendered()
    tender = tender_of(process)
    assert process.state == "tendering"
    assert tender["tenderPeriod"]["endDate"].startswith(CLOSES.date().isoformat())
    assert tender["evaluation"]["sha256"] == process.criteria.sha256
    assert tender["items"][0]["classification"] == {
        "scheme": "CPV", "id": "45261210", "description": "Roof-covering work",
    }  # fmt: skip
    with pytest.raises(Refused, match="wrong_state"):
        row = {"title": "Price", "kind": "price", "weight": "100"}
        data = drafting.SetCriteria(criteria=[row], price_reason="It is cheaper")
        perform(drafting.set_criteria, personas().ada, process.ocid, data, now=NOW + DAY)


def test_the_asker_stays_hidden_and_the_answer_goes_to_all():
    process = tendered()
    ask(process)
    assert "enquiries" not in tender_of(process)
    answer(process)
    shown = tender_of(process)["enquiries"][0]
    assert (shown["description"], shown["answer"]) == ("May tiles be used?", "Yes.")
    assert BOB_ROOFS not in json.dumps(record_of(process.ocid).compiled)
    assert all(BOB_ROOFS.encode() not in bytes(entry.body) for entry in Entry.objects.all())


def test_a_late_answer_extends_the_period_by_the_days_of_the_law():
    process = tendered()
    ask(process)
    answer(process, now=CLOSES - DAY)
    process.refresh_from_db()
    assert process.periods_held()["tenderPeriod"].end > CLOSES + DAY
    assert len(tender_of(process)["enquiries"]) == 1


def test_questions_end_when_they_end():
    process = tendered()
    end = process.periods_held()["enquiryPeriod"].end
    ask(process, now=end - timedelta(seconds=1))
    with pytest.raises(Refused, match="questions_over"):
        ask(process, now=end)


def test_a_change_says_what_was_and_what_is():
    process = tendered()
    amend(process, problem="Fourteen roofs leak in winter.")
    shown = tender_of(process)
    assert shown["amendments"][0]["differences"][0] == {
        "id": "amendment-1-1",
        "field": "the problem",
        "before": "Twelve roofs leak; lessons are lost every winter.",
        "after": "Fourteen roofs leak in winter.",
    }
    assert shown["brief"]["problem"] == "Fourteen roofs leak in winter."


def test_a_change_of_nothing_is_refused():
    process = tendered()
    with pytest.raises(Refused, match="nothing_changed"):
        data = changing.AmendTender(reason="Just because of it.")
        perform(changing.amend_tender, personas().ada, process.ocid, data, now=NOW + DAY)


def test_a_period_is_never_made_shorter():
    process = tendered()
    data = changing.ExtendPeriod(reason="Few firms have asked.", closes_at=CLOSES - DAY)
    with pytest.raises(Refused, match="not_longer"):
        perform(changing.extend_period, personas().ada, process.ocid, data, now=NOW + DAY)


def test_the_buyer_cannot_ask_itself_a_question():
    process = tendered()
    with pytest.raises(Refused, match="wrong_role"):
        data = questions.AskQuestion(text="Is it good?")
        perform(questions.ask_question, personas().ada, process.ocid, data, now=NOW + DAY)
