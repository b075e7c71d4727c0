"""The plan on one page: who reads it, what stands on it."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning import commands as c
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, begun, personas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def opened(process: Process, actor: Actor | None) -> Any:
    client = Client()
    if actor:
        client.force_login(Person.objects.get(pk=actor.id), "allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse("planning:overview", args=(process.ocid,)))


def test_the_team_reads_the_whole_plan_on_one_page() -> None:
    process = staffed()
    filled(process)
    page = opened(process, personas().ada).content.decode()
    for text in (
        "Pupils and teachers",
        "No lessons lost",
        "Award of 2024",
        "Yearly inspection",
        "The city has no roofers",
    ):
        assert text in page
    assert "520,000" in page
    assert page.count("<h1") == 1


def test_an_empty_plan_says_what_is_missing() -> None:
    page = opened(begun(), personas().ada).content.decode()
    assert "Why it cannot be published yet" in page
    assert "Nobody&#x27;s need is written down" in page or "Nobody's need is written down" in page


@pytest.mark.parametrize("who", ["bob", "rita", "finn"])
def test_outsiders_do_not_read_a_draft(who: str) -> None:
    process = staffed()
    actor = getattr(personas(), who)
    assert opened(process, None if who == "finn" else actor).status_code == 404


def test_doubts_are_shown_and_stop_nobody() -> None:
    process = staffed()
    filled(process)
    guess = c.AddAssumption(description="Small firms of the region will bid")
    perform(c.add_assumption, personas().ada, process.ocid, guess, now=NOW)
    page = opened(process, personas().ada).content.decode()
    assert "Small firms of the region will bid” is taken for true" in page
    assert "Why it cannot be published yet" not in page


def test_the_page_asks_the_database_as_often_for_a_long_plan(django_assert_num_queries: Any) -> None:
    process = staffed()
    filled(process)
    ada = personas().ada
    with CaptureQueriesContext(connection) as short:
        opened(process, ada)
    for number in range(8):
        line = c.AddCostLine(
            description=f"Cost {number}", phase="operation", amount=Decimal(7), source="Book", estimated_on=NOW.date()
        )
        perform(c.add_cost_line, personas().ada, process.ocid, line, now=NOW)
    with django_assert_num_queries(len(short)):
        assert opened(process, ada).status_code == 200


@pytest.mark.parametrize(("who", "is_led"), [("ada", True), ("gus", True), ("elif_", True), ("bob", False)])
def test_the_desk_leads_the_team_to_it(who: str, is_led: Any) -> None:
    process = planned()
    client = Client()
    person = Person.objects.get(pk=getattr(personas(), who).id)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    desk = client.get(reverse("desk:process", args=(process.ocid,))).content.decode()
    assert (reverse("planning:overview", args=(process.ocid,)) in desk) is is_led
