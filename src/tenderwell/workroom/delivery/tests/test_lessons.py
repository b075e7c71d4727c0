"""What a closed process taught is read where the next one is planned."""

import pytest
from django.test import Client

from tenderwell.workroom.delivery.tests.journey import delivered
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import actor, begun

pytestmark = pytest.mark.django_db


def plan_read_by(name: str, process: Process) -> str:
    client = Client()
    person = Person.objects.get(pk=actor(name).id)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client.get(f"/en/desk/{process.ocid}/planning/overview/").content.decode()


def test_lessons_of_a_closed_process_are_read_in_the_plan_of_a_similar_one() -> None:
    closed = delivered()
    shown = plan_read_by("ada", begun(title="Roofs of three schools"))
    assert "Ask for tiles in the early notice." in shown
    assert f"/processes/{closed.ocid}/" in shown


def test_what_is_not_similar_teaches_nothing() -> None:
    delivered()
    shown = plan_read_by("ada", begun(title="School meals", category="services"))
    assert "Ask for tiles" not in shown
