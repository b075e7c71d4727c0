"""Registering, adding members, tokens: what changes, what the ledger holds, who may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tenderwell.core.command import Actor, perform
from tenderwell.core.errors import Refused
from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.workroom.parties import commands
from tenderwell.workroom.parties.identity import actor_with_token
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.parties.queries import here, ocds_party
from tenderwell.workroom.parties.tests.personas import BOB_ROOFS, CITY, NOW, email, person, personas

pytestmark = pytest.mark.django_db


def supplier(**given: Any) -> Any:
    plain = {"identifier": "XA-REG-7", "name": "Zoe Tiles", "scale": "micro", "country": "XA", "email": "z@example.org"}
    return commands.RegisterSupplier(**{**plain, **given})


def test_a_person_registers_a_supplier_and_may_bid_for_it() -> None:
    zoe = person("zoe")
    perform(commands.register_supplier, Actor(str(zoe.pk)), here().name, supplier(women_owned=True), now=NOW)
    organisation = Organisation.objects.get(identifier="XA-REG-7")
    assert organisation.memberships.get().roles == ["admin", "bidder"]
    details: Any = ocds_party(organisation, ["tenderer"])["details"]
    assert details["classifications"][0]["id"] == "women_owned"


def test_the_same_number_is_registered_once() -> None:
    personas()
    with pytest.raises(Refused, match="already_registered") as refused:
        perform(commands.register_supplier, personas().cleo, here().name, supplier(identifier=BOB_ROOFS), now=NOW)
    assert refused.value.reasons[0].field == "identifier"


def test_nobody_registers_a_supplier_without_an_account() -> None:
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.register_supplier, personas().finn, here().name, supplier(), now=NOW)


def test_only_the_admin_adds_members() -> None:
    data = commands.AddMember(email=email("dora"), roles=["admin"])
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.add_member, personas().bob, CITY, data, now=NOW)


def test_every_act_leaves_a_blind_leaf_without_names() -> None:
    personas()
    assert ActRecord.objects.count() == Entry.objects.count() > 10
    bodies = b"".join(bytes(entry.body) for entry in Entry.objects.all())
    assert b"Bob" not in bodies
    assert b"bob@" not in bodies
    assert BOB_ROOFS.encode() not in bodies


def test_a_token_acts_as_its_member_until_it_ends() -> None:
    everybody = personas()
    issued = perform(commands.issue_token, everybody.bob, BOB_ROOFS, commands.IssueToken(label="ERP"), now=NOW)
    issued.token.expires_at = NOW + timedelta(days=10_000)
    issued.token.save(update_fields=["expires_at"])
    assert actor_with_token(f"Bearer {issued.secret}") == everybody.bob
    end = commands.RevokeToken(token=str(issued.token.pk))
    perform(commands.revoke_token, everybody.bob, BOB_ROOFS, end, now=NOW)
    assert actor_with_token(f"Bearer {issued.secret}").id == "public"


@pytest.mark.parametrize("role", ["auditor", "reviewer", "procurer"])
def test_a_bidder_cannot_make_itself_an_auditor_or_a_judge(role: Any) -> None:
    data = commands.AddMember(email=email("bob"), roles=["admin", "bidder", role])
    with pytest.raises(Refused, match="role_of_another_kind") as refused:
        perform(commands.add_member, personas().bob, BOB_ROOFS, data, now=NOW)
    assert "Administrator, Bidder, Member" in refused.value.reasons[0].message


def test_a_buyer_cannot_judge_complaints_about_itself() -> None:
    data = commands.AddMember(email=email("dora"), roles=["reviewer"])
    with pytest.raises(Refused, match="role_of_another_kind"):
        perform(commands.add_member, personas().ada, CITY, data, now=NOW)


def test_whoever_leaves_loses_access_at_once() -> None:
    everybody = personas()
    issued = perform(commands.issue_token, everybody.dora, CITY, commands.IssueToken(label="ERP"), now=timezone.now())
    assert actor_with_token(f"Bearer {issued.secret}") == everybody.dora
    gone = commands.EndMembership(email=email("dora"))
    perform(commands.end_membership, everybody.ada, CITY, gone, now=NOW)
    assert actor_with_token(f"Bearer {issued.secret}").id == "public"
    with pytest.raises(Refused, match="not_a_member"):
        perform(commands.end_membership, everybody.ada, CITY, gone, now=NOW)


@pytest.mark.parametrize(
    ("command", "data"),
    [
        (commands.end_membership, commands.EndMembership(email=email("bob"))),
        (commands.add_member, commands.AddMember(email=email("bob"), roles=["member"])),
    ],
)
def test_an_organisation_keeps_an_administrator(command: Any, data: Any) -> None:
    with pytest.raises(Refused, match="last_admin"):
        perform(command, personas().bob, BOB_ROOFS, data, now=NOW)


def test_only_the_admin_lets_members_go() -> None:
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.end_membership, personas().dora, CITY, commands.EndMembership(email=email("ada")), now=NOW)


def test_the_token_of_a_barred_person_is_nobody() -> None:
    issued = perform(
        commands.issue_token, personas().bob, BOB_ROOFS, commands.IssueToken(label="ERP"), now=timezone.now()
    )
    Person.objects.filter(email=email("bob")).update(is_active=False)
    assert actor_with_token(f"Bearer {issued.secret}").id == "public"


def test_a_token_past_its_date_is_nobody() -> None:
    issued = perform(commands.issue_token, personas().bob, BOB_ROOFS, commands.IssueToken(label="ERP"), now=NOW)
    issued.token.expires_at = timezone.now()
    issued.token.save(update_fields=["expires_at"])
    assert actor_with_token(f"Bearer {issued.secret}").id == "public"


@pytest.mark.parametrize("header", ["", "Bearer", "Basic tw_x", "Bearer tw_unknown", "Bearer tw_" + "x" * 9999])
def test_a_header_that_is_no_token_is_nobody(header: Any) -> None:
    assert actor_with_token(header).id == "public"
