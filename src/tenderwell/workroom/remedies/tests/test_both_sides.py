"""Nobody stands on both sides of a process: no team member who also bids, no bidder who is named later."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tenderwell.core.command import Actor, perform
from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding.tests.journey import decided
from tenderwell.workroom.bidding.tests.journey import bid_of, open_for_bids, with_committee
from tenderwell.workroom.evaluation.tests.journey import scored, shortlisted, when, with_bids
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.parties.models import Membership, Person
from tenderwell.workroom.process.commands import DeclareInterest, EndRole, declare_interest, end_role
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import (
    BOB_ROOFS,
    CLEO_WORKS,
    COURT,
    NOW,
    assign,
    email,
    member,
    personas,
)
from tenderwell.workroom.remedies.tests.journey import complained, ruled
from tenderwell.workroom.tendering.commands.questions import AskQuestion, ask_question
from tenderwell.workroom.tendering.tests.journey import drafted, publish

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
QUESTION = "May slates be used instead of tiles?"


def declares(process: Process, who: Actor) -> None:
    perform(declare_interest, who, process.ocid, DeclareInterest(has_interest=False), now=NOW)


@pytest.fixture
def insider() -> Process:
    """A published tender whose specialist, Bob, also acts for a firm."""
    process = drafted()
    assign(process, "bob", "specialist")
    declares(process, personas().bob)
    with_committee(process)
    return publish(process)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return [LATER]


def asks(process: Process, who: Actor) -> Any:
    return perform(ask_question, who, process.ocid, AskQuestion(text=QUESTION), now=LATER)


def test_a_member_of_the_team_does_not_act_for_a_bidder(insider: Process) -> None:
    with pytest.raises(Refused, match="^both_sides$"):
        asks(insider, personas().bob)
    asks(insider, personas().cleo)


def test_leaving_the_team_does_not_change_what_was_seen(insider: Process) -> None:
    perform(end_role, personas().ada, insider.ocid, EndRole(email=email("bob"), role="specialist"), now=NOW)
    with pytest.raises(Refused, match="^both_sides$"):
        asks(insider, personas().bob)


def test_who_was_named_by_mistake_and_did_nothing_may_still_bid() -> None:
    process = drafted()
    assign(process, "bob", "specialist")
    perform(end_role, personas().ada, process.ocid, EndRole(email=email("bob"), role="specialist"), now=NOW)
    with_committee(process)
    assert asks(publish(process), personas().bob)


def test_the_page_says_so_and_takes_nothing(insider: Process, clock: list[datetime]) -> None:
    client = Client()
    client.force_login(Person.objects.get(email=email("bob")), "allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("desk:command", args=(insider.ocid, "tendering", "ask_question"))
    assert "on the buyer&#x27;s team" in client.get(url).content.decode()
    client.post(url, {"text": QUESTION})
    assert not insider.enquiries.exists()


def test_the_api_says_so(insider: Process, clock: list[datetime]) -> None:
    bob = personas().bob
    token = perform(issue_token, bob, bob.organisation, IssueToken(label="Program"), now=NOW).secret
    client = Client(headers={"Authorization": f"Bearer {token}"})
    url = f"/api/v1/processes/{insider.ocid}/tendering/ask_question"
    answer = client.post(url, {"text": QUESTION}, content_type="application/json")
    assert (answer.status_code, [each["code"] for each in answer.json()["reasons"]]) == (409, ["both_sides"])


def test_while_bids_are_secret_the_answer_does_not_tell_who_has_bid() -> None:
    tender = open_for_bids()
    bid_of(tender, personas().bob)
    told = []
    for name in ("bob", "cleo"):
        with pytest.raises(Refused) as refused:
            assign(tender.process, name, "evaluator", now=LATER)
        told.append(refused.value.reasons)
    assert told[0] == told[1]
    assert [reason.code for reason in told[0]] == ["can_bid"]


def test_whoever_bid_is_not_named_once_the_bids_are_open() -> None:
    process = with_bids()
    with pytest.raises(Refused, match="^bidders_person$"):
        assign(process, "bob", "evaluator", now=when(process))


def test_whoever_bid_and_left_the_firm_is_not_named_either() -> None:
    process = with_bids()
    Membership.objects.filter(person__email=email("bob")).update(until=NOW)
    member("XA-GOV-1", "ada", "bob", ["member"], NOW)
    with pytest.raises(Refused, match="^bidders_person$"):
        assign(process, "bob", "evaluator", now=when(process))


def test_an_evaluator_of_a_bidding_firm_reads_and_judges_nothing() -> None:
    dora, dan, process = personas().dora, personas().dan, with_bids()
    shortlisted(process)
    member(BOB_ROOFS, "bob", "dora", ["member"], NOW)
    with pytest.raises(Refused, match="^bidders_person$"):
        scored(process, dora)
    scored(process, dan)


def test_nobody_reviews_the_complaint_of_an_own_firm() -> None:
    rita = personas().rita
    process = decided()
    complained(process)
    member(CLEO_WORKS, "cleo", "rita", ["member"], NOW)
    with pytest.raises(Refused, match="bidders_person"):
        ruled(process, by=rita)
    assert rita.organisation == COURT
