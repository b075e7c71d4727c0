"""The desk: what waits for whom, drafts counted for the team alone, nothing of a bid before the opening."""

import pytest
from django.test import Client

from tenderwell.core.command import Actor
from tenderwell.public.playbook.standing import standing_of
from tenderwell.workroom.bidding.tests.journey import handed_in, open_for_bids, opened, sealed_by
from tenderwell.workroom.desk.queries import journal_of, known_record, my_processes
from tenderwell.workroom.desk.tasks import task_list
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning.tests.journey import filled, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, email, personas
from tenderwell.workroom.tendering.tests.journey import drafted

pytestmark = pytest.mark.django_db


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email(name)))
    return client


def settled(process: Process, actor: Actor) -> set[str]:
    """The guideline steps of which this person sees some evidence."""
    known = known_record(process, process.roles_of(actor), now=NOW)
    return {each.step.id for stage in standing_of(known) for each in stage.steps if each.found}


def test_what_is_drafted_counts_for_the_team() -> None:
    process = staffed()
    filled(process)
    assert {"4.1.1", "4.1.2", "4.1.4", "4.1.5", "4.1.8"} <= settled(process, personas().ada)


def test_a_bidder_sees_nothing_of_a_draft() -> None:
    process = drafted()
    assert "4.2.2" in settled(process, personas().ada)
    assert "4.2.2" not in settled(process, personas().bob)


def test_every_command_of_a_person_stands_somewhere_on_the_list() -> None:
    process = staffed()
    ada = personas().ada
    tasks = task_list(process, ada, {}, now=NOW)
    assert tasks.total == 19
    assert any(chance.command.name == "planning.set_basics" for chance in tasks.others)


def test_only_processes_that_concern_a_person_are_on_the_desk() -> None:
    process = staffed()
    assert [row.process for row in my_processes(personas().ada, now=NOW)] == [process]
    assert my_processes(personas().bob, now=NOW) == []


def test_before_the_opening_the_desk_shows_no_trace_of_a_bid() -> None:
    tender = open_for_bids()
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob))
    assert not journal_of(tender.process.ocid).filter(event="bid.received").exists()
    opened(tender)
    assert journal_of(tender.process.ocid).filter(event="bid.received").exists()


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("dora", 200), ("elif", 200), ("bob", 404), ("nora", 404)])
def test_a_draft_opens_for_its_team_and_the_auditor_only(who: str, status: int) -> None:
    process = staffed()
    assert signed_in(who).get(f"/en/desk/{process.ocid}/").status_code == status


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("elif", 200), ("dora", 404), ("bob", 404)])
def test_the_journal_is_for_lead_approver_and_auditor(who: str, status: int) -> None:
    process = staffed()
    assert signed_in(who).get(f"/en/desk/{process.ocid}/journal/").status_code == status


def test_nobody_reads_a_desk_without_signing_in() -> None:
    process = staffed()
    for path in ("desk/", f"desk/{process.ocid}/", f"desk/{process.ocid}/steps/4.1.2/"):
        answer = Client().get(f"/en/{path}")
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_a_step_page_says_what_can_be_done_and_what_is_missing() -> None:
    process = staffed()
    page = signed_in("ada").get(f"/en/desk/{process.ocid}/steps/4.1.2/").content.decode()
    assert "Add a need" in page
    assert "Not there yet" in page
    assert signed_in("ada").get(f"/en/desk/{process.ocid}/steps/9.9.9/").status_code == 404


def test_acting_for_another_organisation_is_chosen_among_ones_own() -> None:
    staffed()
    client = signed_in("ada")
    assert client.post("/en/desk/choose/", {"organisation": "XA-REG-1001"}).status_code == 404
    assert client.post("/en/desk/choose/", {"organisation": "XA-GOV-1"}).status_code == 302
