"""A process begins, its team forms, interests are declared, documents come."""

from typing import Any

import pytest

from tenderwell.core import files
from tenderwell.core.command import facts_of, perform
from tenderwell.core.errors import NoSuchSubject, Refused
from tenderwell.workroom.parties.commands import EndMembership, end_membership
from tenderwell.workroom.process import choices, commands, rules
from tenderwell.workroom.process.tests.personas import CITY, NOW, assign, begun, email, personas

pytestmark = pytest.mark.django_db


def document(**given: Any) -> Any:
    stored = files.store([b"plan"], limit=100)
    plain = {"file": stored.sha256, "file_name": "plan.pdf", "title": "The plan", "part": "tender", "kind": "drawing"}
    return commands.AddDocument(**{**plain, **given})


def test_a_procurer_begins_a_process_and_leads_it() -> None:
    process = begun()
    assert process.ocid == "ocds-x7k2mq-PA-2026-0001"
    assert process.state == "planning"
    assert process.roles_of(personas().ada) >= {"lead", "procurer"}
    assert begun().ocid.endswith("0002")


def test_a_bidder_cannot_begin_a_process() -> None:
    data = commands.BeginProcess(title="Roofs of schools", category="works", estimate="1")
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.begin_process, personas().bob, CITY, data, now=NOW)


@pytest.mark.parametrize(
    ("field", "key"),
    [("procedure", "house_1"), ("procedure", "no_9"), ("jurisdiction", "none_1"), ("jurisdiction", "xx_9")],
)
def test_only_procurement_under_a_law_is_begun(field: str, key: Any) -> None:
    with pytest.raises(Refused, match="not_offered") as refused:
        begun(**{field: key})
    assert refused.value.reasons[0].field == field


@pytest.mark.parametrize(("own", "is_offered"), [("demo_1", True), ("eu_1", False)])
def test_rules_for_practice_are_offered_in_the_demo_city_only(settings: Any, own: str, is_offered: Any) -> None:
    settings.TENDERWELL_JURISDICTION = own
    assert ("practice_1" in dict(choices.laws())) is is_offered


def test_a_draft_is_hidden_from_outsiders() -> None:
    process = begun()
    with pytest.raises(NoSuchSubject):
        perform(commands.add_document, personas().bob, process.ocid, document(), now=NOW)


def test_a_role_is_given_and_ended_but_the_last_lead_stays() -> None:
    process = begun()
    assign(process, "abe", "approver")
    assert "approver" in process.roles_of(personas().abe)
    end = commands.EndRole(email=email("abe"), role="approver")
    perform(commands.end_role, personas().ada, process.ocid, end, now=NOW)
    assert "approver" not in process.roles_of(personas().abe)
    with pytest.raises(Refused, match="last_lead"):
        perform(commands.end_role, personas().ada, process.ocid, commands.EndRole(email=email("ada"), role="lead"))


def test_an_interest_must_be_named() -> None:
    process = begun()
    with pytest.raises(Refused, match="say_interest"):
        data = commands.DeclareInterest(has_interest=True)
        perform(commands.declare_interest, personas().ada, process.ocid, data, now=NOW)


def test_a_new_version_keeps_its_number() -> None:
    process = begun()
    first = perform(commands.add_document, personas().ada, process.ocid, document(), now=NOW)
    second = perform(commands.add_document, personas().ada, process.ocid, document(replaces=first.number), now=NOW)
    assert (second.number, second.version) == (first.number, 2)


@pytest.mark.parametrize("name", ["../x.pdf", "a\\b.pdf", "run.exe", "page.html", "x\u202efdp.exe", " . ", "a\x00.pdf"])
def test_a_dangerous_file_name_is_refused(name: Any) -> None:
    process = begun()
    with pytest.raises(Refused, match="file_|unwritable_text"):
        perform(commands.add_document, personas().ada, process.ocid, document(file_name=name), now=NOW)


def test_every_problem_of_a_document_is_told_at_once() -> None:
    process = begun()
    data = document(file="0" * 64, file_name="a/b", replaces=9)
    with pytest.raises(Refused) as refused:
        perform(commands.add_document, personas().ada, process.ocid, data, now=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["file_name", "no_such_file", "no_such_document"]


def test_whoever_leaves_the_buyer_leaves_its_teams() -> None:
    process = begun()
    assign(process, "dora", "evaluator")
    assert "evaluator" in process.roles_of(personas().dora)
    perform(end_membership, personas().ada, CITY, EndMembership(email=email("dora")), now=NOW)
    assert "evaluator" not in process.roles_of(personas().dora)
    assert facts_of(process, personas().ada, NOW)[rules.TEAM] == ((personas().ada.id, "lead"),)
