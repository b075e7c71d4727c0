"""Who complains knows what follows; who decides reads each complaint in full; so does everybody afterwards."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tenderwell.workroom.awarding.tests.journey import decided, decision_day
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas
from tenderwell.workroom.remedies.tests import journey as j

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT, ASKED = "Our method statement was given one point", "Judge the method again."


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Process:
    found = decided()
    at(monkeypatch, decision_day(found) + 2 * j.DAY)
    return found


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def page(process: Process, verb: str, who: str, **sent: Any) -> str:
    client = Client()
    client.force_login(Person.objects.get(pk=getattr(personas(), who).id), BACKEND)
    address = f"/en/desk/{process.ocid}/remedies/{verb}/"
    answer = client.post(address, sent, follow=True) if sent else client.get(address)
    return str(answer.content.decode())


def public(process: Process) -> str:
    return Client().get(f"/en/processes/{process.ocid}/").content.decode()


def test_who_complains_reads_what_follows_and_then_sees_it_published(process: Process) -> None:
    assert "A review body outside the buyer decides" in page(process, "complain", "cleo")
    sent = {"grounds": "The points have no reason", "text": f"{TEXT}; the report is silent.", "remedy_asked": ASKED}
    assert "Your complaint is published." in page(process, "complain", "cleo", **sent)
    assert TEXT in public(process)


def test_who_decides_reads_the_complaint_in_full_and_nobody_else_there(process: Process) -> None:
    j.complained(process)
    shown = page(process, "decide_complaint", "rita")
    assert TEXT in shown
    assert ASKED in shown
    assert TEXT not in page(process, "decide_complaint", "ada")


def test_the_public_reads_what_was_asked_and_then_what_was_decided(process: Process) -> None:
    j.complained(process)
    assert all(text in public(process) for text in (TEXT, ASKED, "Not decided yet"))
    j.ruled(process)
    assert all(text in public(process) for text in (TEXT, "Dismissed", "Nothing has to be done", "on page two"))
