"""Many hands on one tender: changes queue up, none is lost, each has its own number."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tenderwell.core.command import perform
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import changing, questions
from tenderwell.workroom.tendering.tests.journey import DAY, tendered
from tenderwell.workroom.tendering.tests.test_publishing import tender_of

pytestmark = pytest.mark.django_db(transaction=True)


def act(process: Process, place: int) -> str:
    """Change, question, change, question, ..."""
    try:
        if place % 2:
            asked = questions.AskQuestion(text=f"What about school {place}?")
            return str(perform(questions.ask_question, personas().bob, process.ocid, asked, now=NOW + DAY).code)
        change = changing.Change(part="incentives", text=f"Bonus number {place}.")
        data = changing.AmendTender(reason="Better incentives are needed.", changes=[change])
        return str(perform(changing.amend_tender, personas().ada, process.ocid, data, now=NOW + DAY).code)
    finally:
        connection.close()


def test_changes_and_questions_made_at_once_are_all_there() -> None:
    process = tendered()
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda place: act(process, place), range(8)))
    assert sorted(codes) == [f"amendment-{n}" for n in range(1, 5)] + [f"enquiry-{n}" for n in range(1, 5)]
    amendments = tender_of(process)["amendments"]
    texts = [each["differences"][0] for each in amendments]
    assert [each["after"] for each in texts[:-1]] == [each["before"] for each in texts[1:]]
