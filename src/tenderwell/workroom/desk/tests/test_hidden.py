"""What nobody may see shows through no step, not even one that is open to everybody."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from tenderwell.core.command import NOBODY, Actor, commands, perform
from tenderwell.core.web import attempt
from tenderwell.workroom.desk.queries import my_processes
from tenderwell.workroom.evaluation.tests.journey import with_bids
from tenderwell.workroom.parties.commands import EndMembership, end_membership
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.tests.personas import CITY, NOW, assign, begun, email, personas

pytestmark = pytest.mark.django_db


def test_a_public_step_shows_nothing_of_a_draft() -> None:
    request = RequestFactory().get("/")
    request.actor = NOBODY  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        attempt(request, commands["engagement.comment"], begun().ocid)


def test_the_steps_of_a_draft_are_not_told() -> None:
    assert Client().get(f"/api/v1/processes/{begun().ocid}/steps").status_code == 404


@pytest.mark.parametrize("who", ["bob", "rita"])
@pytest.mark.parametrize("page", ["", "seal/", "committee/", "tender.json", "closing.tlog-proof", "opening/"])
def test_a_draft_has_no_pages_for_bidders_and_reviewers(who: str, page: str) -> None:
    """Every firm may be a tenderer, and the review body reviews everywhere: that is no reason to see a draft."""
    ocid = begun().ocid
    client = Client()
    client.force_login(Person.objects.get(email=email(who)), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(f"/en/desk/{ocid}/bidding/{page}").status_code == 404


def test_a_challenge_does_not_tell_that_a_draft_exists() -> None:
    address = f"/api/v1/processes/{begun().ocid}/bidding/challenge?recipient=age1"
    assert Client().get(address).status_code == 404


def test_a_draft_leaves_the_desk_of_whoever_leaves_the_buyer() -> None:
    process = begun()
    assign(process, "dora", "evaluator")
    dora = personas().dora
    assert [row.process for row in my_processes(dora, now=NOW)] == [process]
    perform(end_membership, personas().ada, CITY, EndMembership(email=email("dora")), now=NOW)
    assert my_processes(Actor(dora.id), now=NOW) == []


@pytest.mark.parametrize("step", ["shortlist_bids", "submit_scores", "agree_scores"])
def test_who_has_not_signed_in_is_asked_to_before_judging(step: str) -> None:
    answer = Client().get(f"/en/desk/{with_bids().ocid}/evaluation/{step}/")
    assert (answer.status_code, "/login/" in answer["Location"]) == (302, True)
