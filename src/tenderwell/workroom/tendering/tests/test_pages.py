"""What the buyer reads and sends by page, and what others do not see."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands.drafting import AddLot, add_lot
from tenderwell.workroom.tendering.tests.journey import DAY, drafted, tendered
from tenderwell.workroom.tendering.tests.test_questions import ask

pytestmark = pytest.mark.django_db
CRITERIA = {
    "criteria-TOTAL_FORMS": "2",
    "criteria-INITIAL_FORMS": "0",
    "criteria-0-title": "Method of work",
    "criteria-0-group": "Quality",
    "criteria-0-kind": "quality",
    "criteria-0-weight": "60",
    "criteria-0-scale": "0: Nothing\n5: Everything",
    "criteria-0-formula": "price_relative",
    "criteria-1-title": "Price",
    "criteria-1-kind": "price",
    "criteria-1-weight": "40",
    "criteria-1-formula": "linear",
    "tie_break": "lowest_price",
    "places": "2",
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the pages take for now: the last of the list."""
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.id), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def command(process: Process, verb: str) -> str:
    return reverse("desk:command", args=(process.ocid, "tendering", verb))


def preview(process: Process) -> str:
    return reverse("tendering:preview", args=(process.ocid,))


def test_the_preview_shows_the_notice_what_is_missing_and_what_is_doubtful(clock: list[datetime]) -> None:
    process = drafted()
    page = signed_in(personas().ada).get(preview(process)).content.decode()
    assert "Preview" in page
    assert "Roof of a school" in page
    assert "Method of work" in page
    assert "Name the opening committee first" in page


def test_the_preview_of_an_empty_draft_works(clock: list[datetime]) -> None:
    page = signed_in(personas().ada).get(preview(planned(NOW))).content.decode()
    assert "Set the dates." in page


@pytest.mark.parametrize("name", ["bob", "cleo"])
def test_outsiders_see_no_preview(name: str, clock: list[datetime]) -> None:
    process = drafted()
    assert signed_in(getattr(personas(), name)).get(preview(process)).status_code == 404
    assert Client().get(preview(process)).status_code == 404


def test_criteria_are_set_by_page_and_come_back_into_the_form(clock: list[datetime]) -> None:
    process, client = planned(NOW), signed_in(personas().ada)
    answer = client.post(command(process, "set_criteria"), CRITERIA)
    assert answer.status_code == 302, answer.content.decode()
    tree = Process.objects.get(pk=process.pk).criteria.trees[0]
    assert [leaf["weight"] for leaf in tree["criteria"]] == ["60", "40"]
    assert tree["criteria"][0]["scale"][1] == {"points": "5", "meaning": "Everything"}
    page = client.get(command(process, "set_criteria")).content.decode()
    assert "5: Everything" in page
    assert "USD" not in page


def test_the_criteria_come_before_what_need_not_be_filled_in(clock: list[datetime]) -> None:
    process = planned()
    page = signed_in(personas().ada).get(command(process, "set_criteria")).content.decode()
    assert 0 < page.index('name="criteria-0-title"') < page.index('name="price_reason"')


def test_lots_are_offered_by_number_and_title(clock: list[datetime]) -> None:
    process = planned(NOW)
    for title in ("Desks", "Chairs"):
        perform(add_lot, personas().ada, process.ocid, AddLot(title=title, amount="10"), now=NOW)
    client = signed_in(personas().ada)
    page = client.get(command(process, "set_criteria")).content.decode()
    assert re.search(r'<option value="lot-2"[^>]*>\s*Lot 2: Chairs', page)
    french = client.get(command(process, "set_criteria").replace("/en/", "/fr/")).content.decode()
    assert re.search(r'<option value="lot-2"[^>]*>\s*Lot 2 : Chairs', french)


def test_the_usual_scale_is_not_put_into_the_form_in_english(clock: list[datetime]) -> None:
    process, client = planned(NOW), signed_in(personas().ada)
    client.post(command(process, "set_criteria"), {**CRITERIA, "criteria-0-scale": ""})
    before = Process.objects.get(pk=process.pk).criteria.trees
    french = command(process, "set_criteria").replace("/en/", "/fr/")
    assert "Meets it in part" not in client.get(french).content.decode()
    client.post(french, {**CRITERIA, "criteria-0-scale": ""})
    assert Process.objects.get(pk=process.pk).criteria.trees == before


def test_weights_that_do_not_make_100_are_told_on_the_page(clock: list[datetime]) -> None:
    process, client = planned(NOW), signed_in(personas().ada)
    answer = client.post(command(process, "set_criteria"), {**CRITERIA, "criteria-1-weight": "30"})
    assert answer.status_code == 422
    assert "The weights add up to 90 %" in answer.content.decode()


def test_the_form_of_the_dates_says_and_offers_the_earliest_closing(clock: list[datetime]) -> None:
    process = planned(NOW)
    page = signed_in(personas().ada).get(reverse("tendering:set-dates", args=(process.ocid,))).content.decode()
    assert "UTC+03:00" in page
    assert "Port Aurora Procurement Ordinance" in page


def test_requirements_come_back_into_their_form(clock: list[datetime]) -> None:
    page = signed_in(personas().ada).get(command(drafted(), "set_requirements")).content.decode()
    assert "Twelve roofs leak" in page


def test_questions_are_read_in_full_before_they_are_answered(clock: list[datetime]) -> None:
    process = tendered()
    ask(process, "May tiles be used? " + "And which ones exactly? " * 20)
    clock.append(NOW + 2 * DAY)
    address = reverse("tendering:answer-question", args=(process.ocid,))
    page = signed_in(personas().ada).get(address).content.decode()
    assert page.count("And which ones exactly?") >= 20
    assert "Bob" not in page
    assert "which ones exactly" not in signed_in(personas().cleo).get(address).content.decode()
