"""What the desk shows to whom: the task list to the team, their own steps to bidders, names to nobody outside."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tenderwell.workroom.delivery.tests.journey import signed
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import actor, begun
from tenderwell.workroom.tendering.tests.journey import tendered

pytestmark = pytest.mark.django_db


def open_today() -> Process:
    now = timezone.now()
    return tendered(now=now, closes=now + timedelta(days=30))


def page(name: str, path: str) -> str:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(Person.objects.get(pk=actor(name).id), backend)
    answer = client.get(f"/en/desk/{path}")
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


def test_the_desk_says_what_is_next_and_what_ends() -> None:
    process = open_today()
    shown = page("ada", "")
    assert process.title in shown
    assert "Questions end" in shown
    assert "Open for bids" in shown


def test_the_team_sees_the_guideline_and_its_people() -> None:
    process = open_today()
    shown = page("ada", f"{process.ocid}/")
    assert "Simplify contracts" in shown
    assert "<bdi>Dora</bdi>" in shown


def test_a_step_in_which_one_has_nothing_to_do_waits_for_others_and_one_that_is_ones_own_cannot_start_yet() -> None:
    process = open_today()
    lead, evaluator = page("ada", f"{process.ocid}/"), page("dora", f"{process.ocid}/")
    assert "Cannot start yet" in lead
    assert "Waiting for others" in evaluator
    assert evaluator.count("Waiting for others") > lead.count("Waiting for others")


def test_the_page_of_a_step_says_in_words_where_the_evidence_is() -> None:
    process = open_today()
    shown = page("ada", f"{process.ocid}/steps/4.1.2/")
    assert '<data class="meta" value="planning.userNeeds">in the plan</data>' in shown
    assert "<code" not in shown


def test_a_bidder_sees_own_steps_but_neither_names_nor_what_the_team_did() -> None:
    process = open_today()
    shown = page("bob", f"{process.ocid}/")
    assert 0 < shown.find("Your bid, step by step") < shown.find("What you can do now") < shown.find("Ask a question")
    assert "<bdi>Dora</bdi>" not in shown
    assert "Everything that was done" not in shown
    assert page("bob", f"{process.ocid}/journal/") == "404"


def test_a_draft_is_hidden_from_outsiders() -> None:
    process = begun()
    assert page("bob", f"{process.ocid}/") == "404"
    assert process.title not in page("bob", "")


def test_a_supplier_finds_the_contract_on_the_desk() -> None:
    process = signed()
    assert process.title in page("bob", "")
    assert process.title not in page("rita", "")
