"""Register organisations, add members and let them go, issue and revoke access tokens."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.workroom.parties import rules
from tenderwell.workroom.parties.events import (
    MemberAdded,
    MemberLeft,
    OrganisationRegistered,
    TokenIssued,
    TokenRevoked,
)
from tenderwell.workroom.parties.models import AccessToken, Installation, Membership, Organisation, Person

IDENTIFIER = r"^[A-Z]{2,6}(-[A-Z]{2,12})?-[A-Za-z0-9][A-Za-z0-9.-]{0,48}$"
TOKEN_DAYS = 365


class RegisterSupplier(BaseModel):
    identifier: str = Field(
        title="Registration number with its register",
        description="Country or register, a hyphen, then the number, for example PA-REG-1001",
        pattern=IDENTIFIER,
    )
    name: str = Field(title="Legal name", min_length=2, max_length=250)
    scale: Literal["micro", "sme", "large", "selfEmployed"] = Field(title="Size of the organisation")
    women_owned: bool = Field(False, title="More than half is owned by women")
    social_enterprise: bool = Field(False, title="It is a social enterprise or cooperative")
    country: str = Field(title="Country", description="Two letters, for example PA", pattern="^[A-Z]{2}$")
    locality: str = Field("", title="Town", max_length=120)
    email: str = Field(title="Public e-mail address", pattern=r"^[^@\s]+@[^@\s]+$", max_length=250)


class RegisterOrganisation(BaseModel):
    identifier: str = Field(title="Registration number with its register", pattern=IDENTIFIER)
    name: str = Field(title="Legal name", min_length=2, max_length=250)
    kind: Literal["buyer", "review", "audit", "civil_society"] = Field(title="Kind of organisation")
    code: str = Field("", title="Short code in references", pattern="^[A-Z0-9]{0,12}$")
    country: str = Field(title="Country", pattern="^[A-Z]{2}$")
    admin_email: str = Field(title="E-mail of its first administrator", description="The person must have an account")


class AddMember(BaseModel):
    email: str = Field(title="E-mail of the person", description="The person must have an account", max_length=250)
    roles: list[Literal["admin", "procurer", "bidder", "auditor", "reviewer", "member"]] = Field(
        title="Roles in the organisation", min_length=1
    )


class EndMembership(BaseModel):
    email: str = Field(title="E-mail of the person", max_length=250)


class IssueToken(BaseModel):
    label: str = Field(title="What the program is called", min_length=2, max_length=80)


class RevokeToken(BaseModel):
    token: str = Field(title="Token id", pattern="^[0-9a-f-]{36}$")


@dataclass(frozen=True)
class NewToken:
    """The only moment at which the secret is known: show it, never store it."""

    token: AccessToken
    secret: str


def not_registered_yet(identifier: str) -> Reason | None:
    if not Organisation.objects.filter(identifier=identifier).exists():
        return None
    text = "An organisation with this number is registered already. Ask its administrator to add you as a member."
    return Reason("already_registered", text, field="identifier")


def code_is_free(code: str) -> Reason | None:
    """The code stands in the ocid of the buyer's processes, which no two processes share."""
    if not code or not Organisation.objects.filter(code=code).exists():
        return None
    return Reason("code_taken", "Another organisation uses this short code. Choose another.", field="code")


def person_with(email: str, *, field: str) -> Person:
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    text = "Nobody with this e-mail address has an account. Ask the person to create one first."
    refuse_any(None if person else Reason("no_account", text, field=field))
    assert person
    return person


@command(on=Installation, input=RegisterSupplier)
def register_supplier(act: Act, installation: Installation, data: RegisterSupplier) -> Organisation:
    """Register your organisation as a supplier"""
    refuse_any(not_registered_yet(data.identifier))
    chosen = {"women_owned": data.women_owned, "social_enterprise": data.social_enterprise}
    organisation = Organisation.objects.create(
        identifier=data.identifier,
        scheme=data.identifier.rpartition("-")[0],
        name=data.name,
        kind="supplier",
        scale=data.scale,
        attributes=[name for name, holds in chosen.items() if holds],
        country=data.country,
        locality=data.locality,
        email=data.email,
        state="active",
        procedure_key="house_1",
    )
    person = Person.objects.get(pk=act.actor.id)
    join(act, organisation, person, roles=["admin", "bidder"])
    act.record(OrganisationRegistered(identifier=organisation.identifier, legal_kind="supplier"))
    return organisation


@command(on=Installation, input=RegisterOrganisation)
def register_organisation(act: Act, installation: Installation, data: RegisterOrganisation) -> Organisation:
    """Register a public buyer, a review body or an observer"""
    refuse_any(not_registered_yet(data.identifier), code_is_free(data.code))
    admin = person_with(data.admin_email, field="admin_email")
    organisation = Organisation.objects.create(
        identifier=data.identifier,
        scheme=data.identifier.rpartition("-")[0],
        name=data.name,
        kind=data.kind,
        code=data.code,
        country=data.country,
        state="active",
        procedure_key="house_1",
    )
    join(act, organisation, admin, roles=["admin"])
    act.record(OrganisationRegistered(identifier=organisation.identifier, legal_kind=data.kind))
    return organisation


@command(on=Organisation, input=AddMember)
def add_member(act: Act, organisation: Organisation, data: AddMember) -> Membership:
    """Give a person roles in your organisation"""
    refuse_any(rules.roles_fit(organisation.kind, data.roles))
    person = person_with(data.email, field="email")
    held = current_admins(organisation).exclude(person=person).count()
    refuse_any(None if "admin" in data.roles else rules.keeps_an_admin(others=held))
    return join(act, organisation, person, roles=list(data.roles))


def current_admins(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.filter(roles__contains=["admin"], until=None)


@command(on=Organisation, input=EndMembership)
def end_membership(act: Act, organisation: Organisation, data: EndMembership) -> Membership:
    """Let a member go, with all access"""
    held = organisation.memberships.filter(person__email=data.email.strip().lower(), until=None).first()
    text = "Nobody with this e-mail address is a member here now."
    refuse_any(None if held else Reason("not_a_member", text, field="email"))
    assert held
    others = current_admins(organisation).exclude(pk=held.pk).count()
    refuse_any(rules.keeps_an_admin(others=others))
    held.until = act.now
    held.save(update_fields=["until"])
    act.record(MemberLeft(organisation=organisation.identifier, person=str(held.person_id)))
    return held


def join(act: Act, organisation: Organisation, person: Person, *, roles: list[str]) -> Membership:
    membership, _ = Membership.objects.update_or_create(
        person=person, organisation=organisation, defaults={"roles": roles, "since": act.now, "until": None}
    )
    event = MemberAdded(organisation=organisation.identifier, person=str(person.pk), roles=tuple(roles))
    act.record(event, on=organisation)
    return membership


@command(on=Organisation, input=IssueToken)
def issue_token(act: Act, organisation: Organisation, data: IssueToken) -> NewToken:
    """Give a program access to act in your name"""
    membership = Membership.objects.get(person_id=act.actor.id, organisation=organisation)
    secret = f"tw_{secrets.token_urlsafe(32)}"
    token = AccessToken.objects.create(
        membership=membership,
        label=data.label,
        digest=sha256(secret.encode()).hexdigest(),
        issued_at=act.now,
        expires_at=act.now + timedelta(days=TOKEN_DAYS),
    )
    act.record(TokenIssued(organisation=organisation.identifier, token=str(token.pk)))
    return NewToken(token, secret)


@command(on=Organisation, input=RevokeToken)
def revoke_token(act: Act, organisation: Organisation, data: RevokeToken) -> AccessToken:
    """End a program's access"""
    held = AccessToken.objects.filter(pk=data.token, membership__organisation=organisation, revoked_at=None)
    token = held.filter(membership__person_id=act.actor.id).first()
    refuse_any(None if token else Reason("no_such_token", "You have no such token in use.", field="token"))
    assert token
    token.revoked_at = act.now
    token.save(update_fields=["revoked_at"])
    act.record(TokenRevoked(organisation=organisation.identifier, token=str(token.pk)))
    return token
