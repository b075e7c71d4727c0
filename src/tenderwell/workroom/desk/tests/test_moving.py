"""What to do now: whose turn it is, straight to the task, and where to mend what stands in the way."""

from datetime import timedelta

import pytest
from django.test import Client

from tenderwell.core import procedure
from tenderwell.core.command import Actor, commands, perform
from tenderwell.workroom.awarding.tests.journey import decided
from tenderwell.workroom.bidding.tests.journey import open_for_bids
from tenderwell.workroom.delivery.commands.contracting import SignContract, sign_for_buyer
from tenderwell.workroom.delivery.tests import journey as contracts
from tenderwell.workroom.desk.moving import PARTS, awaited, part_of
from tenderwell.workroom.desk.queries import known_record, my_processes
from tenderwell.workroom.desk.tasks import TaskList, task_list
from tenderwell.workroom.engagement.commands import MakeComment, comment
from tenderwell.workroom.engagement.tests.journey import noticed
from tenderwell.workroom.evaluation.tests.journey import with_bids
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning.tests.journey import filled, staffed
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import CITY, NOW, assign, email, personas
from tenderwell.workroom.tendering.commands.questions import AskQuestion, ask_question
from tenderwell.workroom.tendering.tests.journey import drafted, tendered

DAY = timedelta(days=1)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(email=email(name)))
    return client


def page(name: str, path: str) -> str:
    return signed_in(name).get(f"/en/desk/{path}").content.decode()


def tasks_of(process: Process, actor: Actor) -> TaskList:
    known = known_record(process, process.roles_of(actor), now=NOW)
    return task_list(process, actor, known, now=NOW)


@pytest.mark.parametrize(("state", "role"), PARTS)
def test_each_part_is_a_step_that_this_role_may_take_in_this_state(state: str, role: str) -> None:
    command = PARTS[state, role]
    assert command in commands
    laws = [procedure.get(key) for key in ("open_1", "direct_1")]
    steps = [step for law in laws for step in law.steps if step.command == command]
    assert any(state in step.from_ and role in step.by for step in steps)


def test_what_moves_a_process_on_comes_first_and_ending_it_does_not_count() -> None:
    found = part_of("open_1", "planning", {"lead"})
    assert found
    assert found.name == "planning.publish_plan"
    assert part_of("open_1", "complete", {"lead"}) is None


def test_whoever_cannot_move_it_on_reads_whose_turn_it_is() -> None:
    found = awaited("open_1", "evaluation")
    assert found
    assert (found[0].name, found[1]) == ("evaluation.publish_evaluation", ("lead",))


def test_a_tender_waits_for_its_date_and_not_for_complaints() -> None:
    assert awaited("open_1", "tendering") is None
    found = part_of("open_1", "tendering", {"reviewer"})
    assert found
    assert found.name == "remedies.decide_complaint"


@pytest.mark.django_db
def test_the_desk_leads_straight_to_the_task() -> None:
    process = staffed()
    assert f"/en/desk/{process.ocid}/planning/publish_plan/" in page("ada", "")
    assert f"/en/desk/{process.ocid}/planning/confirm_funds/" in page("ben", "")


def turn(process: Process, name: str) -> tuple[str | None, list[str], str | None]:
    """A person's part by the desk, what moves it on by the process's page, and what it waits for."""
    now = contracts.begins(process)
    actor = getattr(personas(), name)
    (row,) = my_processes(actor, now=now)
    known = known_record(process, process.roles_of(actor), now=now)
    ahead = [chance.command.name for chance in task_list(process, actor, known, now=now).moving]
    part = row.part.name if row.part else None
    return part, ahead, row.waits_for[0].name if row.waits_for else None


@pytest.mark.django_db
def test_a_signature_is_asked_for_only_while_it_is_missing() -> None:
    process = decided()
    draw, buyer, supplier = (f"delivery.{verb}" for verb in ("draft_contract", "sign_for_buyer", "sign_for_supplier"))
    assert (turn(process, "abe"), turn(process, "gus")) == ((None, [], draw), (draw, [], None))
    process = contracts.contracted(process)
    assert (turn(process, "abe"), turn(process, "gus")) == ((buyer, [buyer], None), (None, [], buyer))
    assert turn(process, "bob") == (supplier, [supplier], None)
    data = SignContract(contract=contracts.CONTRACT, agreed=True)
    perform(sign_for_buyer, personas().abe, process.ocid, data, now=contracts.begins(process))
    assert (turn(process, "abe"), turn(process, "bob")) == ((None, [], supplier), (supplier, [supplier], None))


@pytest.mark.django_db
def test_in_delivery_nobody_is_asked_to_sign_what_is_signed() -> None:
    process = contracts.signed()
    for name in ("abe", "ben", "bob"):
        actor, now = getattr(personas(), name), contracts.begins(process)
        known = known_record(process, process.roles_of(actor), now=now)
        offered = [chance.command.verb for chance in task_list(process, actor, known, now=now).work_now]
        assert ("submit_invoice" in offered) is (name == "bob")
        assert not [verb for verb in offered if verb.startswith("sign_")], name


@pytest.mark.django_db
def test_what_blocks_the_next_step_leads_to_where_it_is_mended() -> None:
    process = staffed()
    shown = page("ada", f"{process.ocid}/")
    assert "Before “Publish the plan” this is still to do" in shown
    assert f'href="/en/desk/{process.ocid}/steps/4.1.2/">' in shown.partition("this is still to do")[2][:3000]


@pytest.mark.django_db
def test_nothing_can_be_taken_back_that_is_not_there() -> None:
    tasks = tasks_of(staffed(), personas().ada)
    titles = {chance.command.name for chance in tasks.corrections_now}
    assert "planning.remove_user_need" not in titles
    assert "process.end_role" in titles


@pytest.mark.django_db
def test_what_is_over_has_no_deadline_left() -> None:
    tendered()
    (row,) = my_processes(personas().ada, now=NOW + DAY)
    assert row.next_end
    Process.objects.update(state="cancelled")
    (over,) = my_processes(personas().ada, now=NOW + DAY)
    assert (over.next_end, over.part, over.waits_for) == (None, None, None)


@pytest.mark.django_db
def test_a_step_that_does_not_apply_is_one_click_from_its_reason() -> None:
    process = staffed()
    assert f"/en/desk/{process.ocid}/planning/mark_not_applicable/?step=4.1.3" in page(
        "ada", f"{process.ocid}/steps/4.1.3/"
    )
    form = page("ada", f"{process.ocid}/planning/mark_not_applicable/?step=4.1.3")
    assert '<option value="4.1.3" selected' in form or 'value="4.1.3" id="id_step' in form


@pytest.mark.django_db
def test_the_journal_says_what_was_done_in_words() -> None:
    process = staffed()
    assert "Give somebody a role in the team" in page("ada", f"{process.ocid}/journal/")


@pytest.mark.django_db
def test_a_new_member_declares_first_then_registers_a_key_and_is_asked_for_neither_again() -> None:
    process = staffed()
    assign(process, "nora", "committee")
    assert f"/{process.ocid}/process/declare_interest/" in page("nora", "").partition("Waiting for others")[0]
    perform(declare_interest, personas().nora, process.ocid, DeclareInterest(has_interest=False), now=NOW)
    assert (
        f"/en/desk/{process.ocid}/bidding/register_member_key/" in page("nora", "").partition("Waiting for others")[0]
    )
    tasks = tasks_of(process, personas().nora)
    assert [each.command.name for each in tasks.pressing] == ["bidding.register_member_key"]
    assert "process.declare_interest" not in {each.command.name for each in tasks.work_now}
    assert "process.declare_interest" in {each.command.name for each in tasks.corrections_now}


@pytest.mark.django_db
def test_a_question_waits_on_the_lead_s_desk_until_it_is_answered() -> None:
    process = tendered()
    link = f"/en/desk/{process.ocid}/tendering/answer_question/"
    assert link not in page("ada", "")
    perform(ask_question, personas().bob, process.ocid, AskQuestion(text="Which tiles are there now?"), now=NOW)
    assert link in page("ada", "").partition("Waiting for others")[0]
    assert link in page("ada", f"{process.ocid}/").partition("steps of the guideline")[0]


@pytest.mark.django_db
def test_whoever_begins_goes_on_at_the_tasks() -> None:
    staffed()
    path = f"/en/desk/organisations/{CITY}/process/begin_process/"
    assert path in page("ada", "").partition("For you to do")[0]
    assert path not in page("abe", "")
    sent = {"title": "Benches for the harbour", "category": "goods", "estimate": "40000", "procedure": "open_1"}
    answer = signed_in("ada").post(path, {**sent, "description": "", "jurisdiction": ""}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/en/desk/{Process.objects.get(title=sent['title']).ocid}/"


@pytest.mark.django_db
def test_what_is_to_be_published_can_be_read_first() -> None:
    process = staffed()
    filled(process)
    shown = page("ada", f"{process.ocid}/planning/publish_plan/")
    assert f'href="/en/desk/{process.ocid}/planning/overview/">Read the plan' in shown
    assert "There is nothing to fill in." in shown


@pytest.mark.django_db
def test_a_step_tells_what_others_do_and_leads_to_the_next() -> None:
    shown = page("ada", f"{staffed().ocid}/steps/4.1.5/")
    others = shown.partition("What others do here")[2]
    assert "Confirm that the money is there" in others
    assert "Budget holder" in others
    assert "/steps/4.1.6/" in others


@pytest.mark.django_db
def test_a_committee_without_keys_is_told_who_makes_them() -> None:
    process = drafted()
    reasons = {each.command.name: each.reasons for each in tasks_of(process, personas().ada).later}
    assert "at least 3 people" in reasons["bidding.name_committee"][0].message
    shown = page("ada", f"{process.ocid}/").partition("this is still to do")[2]
    assert "/steps/4.2.3/" in shown.partition("Name the opening committee")[0]


@pytest.mark.django_db
def test_the_opened_bids_are_one_click_from_the_process_for_those_who_may_read_them() -> None:
    sealed = open_for_bids().process
    assert "/evaluation/bids/" not in page("dora", f"{sealed.ocid}/")
    process = with_bids()
    assert all(f"/{process.ocid}/evaluation/bids/" in page(name, f"{process.ocid}/") for name in ("dora", "abe"))
    assert "/evaluation/bids/" not in page("bob", f"{process.ocid}/")


def next_of(process: Process, who: Actor, days: int) -> str:
    (row,) = [each for each in my_processes(who, now=contracts.begins(process) + days * DAY) if each.process == process]
    return row.part.name if row.part else ""


@pytest.mark.django_db
def test_nobody_is_led_to_close_a_contract_on_which_there_is_work() -> None:
    process = contracts.signed()
    assert next_of(process, personas().gus, 1) == "delivery.close_contract"
    contracts.milestone(process)
    assert next_of(process, personas().gus, 2) == "delivery.meet_milestone"
    contracts.invoiced(process)
    assert next_of(process, personas().gus, 2) == "delivery.accept_invoice"


@pytest.mark.django_db
def test_a_comment_without_an_answer_waits_for_the_lead() -> None:
    process = noticed(staffed())
    assert next_part() != "engagement.answer_comment"
    perform(comment, personas().finn, process.ocid, MakeComment(text="Ask for slates."), now=NOW + DAY)
    assert next_part() == "engagement.answer_comment"


def next_part() -> str:
    (row,) = my_processes(personas().ada, now=NOW + DAY)
    return row.part.name if row.part else ""
