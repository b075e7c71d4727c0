"""The people of every test: who they are and for whom they act. Made by commands, the first operator aside.

Ada (lead, procurer), Abe (approver), Ben (budget holder), Dora and Dan (evaluators), Gus (contract manager) work
for the city; Bob and Cleo bid; Elif audits; Rita decides complaints; Nora watches for a civil society group;
Finn is a citizen without an account.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from tenderwell.core.command import NOBODY, Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.parties.commands import (
    AddMember,
    RegisterOrganisation,
    RegisterSupplier,
    add_member,
    register_organisation,
    register_supplier,
)
from tenderwell.workroom.parties.identity import actor_of_membership
from tenderwell.workroom.parties.models import Membership, Organisation, Person
from tenderwell.workroom.parties.queries import here

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CITY, COURT, AUDIT, WATCH = "XA-GOV-1", "XA-GOV-2", "XA-GOV-3", "XA-NGO-1"
BOB_ROOFS, CLEO_WORKS = "XA-REG-1001", "XA-REG-1002"


class Persona:
    """Somebody as the tables say at the moment of asking."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name.rstrip("_")

    def __get__(self, everybody: object, owner: type) -> Actor:
        return actor(self.name)


class Personas:
    """Everybody; each is looked up when asked for."""

    ada = Persona()
    abe = Persona()
    ben = Persona()
    dora = Persona()
    dan = Persona()
    gus = Persona()
    bob = Persona()
    cleo = Persona()
    elif_ = Persona()
    rita = Persona()
    nora = Persona()
    operator = Persona()
    finn = NOBODY


def email(name: str) -> str:
    return f"{name}@port-aurora.example"


def person(name: str) -> Person:
    found = Person.objects.filter(email=email(name)).first()
    return found or Person.objects.create(email=email(name), password=password(), name=name.capitalize())


@cache
def password() -> str:
    """Everybody's, hashed once: in programs that tests start, hashing is as slow as it should be."""
    return make_password("correct horse battery")


def actor(name: str) -> Actor:
    membership = Membership.objects.select_related("organisation").get(person__email=email(name))
    return actor_of_membership(membership)


def personas(now: datetime = NOW) -> Personas:
    """Everybody, with their organisations; made once a database."""
    if not Organisation.objects.filter(identifier=CITY).exists():
        make_everybody(now)
    return Personas()


@remembered
def make_everybody(now: datetime) -> None:
    first_operator(now)
    public_body(CITY, "City of Port Aurora", "buyer", "ada", now, code="PA")
    for name in ("ada", "abe", "ben", "dora", "dan", "gus"):
        member(CITY, "ada", name, ["procurer", "admin"] if name == "ada" else ["member"], now)
    public_body(COURT, "Procurement Review Board", "review", "rita", now)
    member(COURT, "rita", "rita", ["admin", "reviewer"], now)
    public_body(AUDIT, "Audit Office", "audit", "elif", now)
    member(AUDIT, "elif", "elif", ["admin", "auditor"], now)
    public_body(WATCH, "Open Port Aurora", "civil_society", "nora", now)
    supplier(BOB_ROOFS, "Bob Roofs Cooperative", "bob", now)
    supplier(CLEO_WORKS, "Cleo Works Ltd", "cleo", now)


def first_operator(now: datetime) -> None:
    """Whoever sets the installation up; later operators are added by this one."""
    installer = Organisation.objects.create(
        identifier="XA-GOV-0", scheme="XA-GOV", name="Operator", kind="audit", state="active", procedure_key="house_1"
    )
    Membership.objects.create(person=person("operator"), organisation=installer, roles=["operator", "admin"], since=now)


def public_body(identifier: str, name: str, kind: Any, admin: str, now: datetime, *, code: str = "") -> None:
    person(admin)
    data = RegisterOrganisation(
        identifier=identifier, name=name, kind=kind, code=code, country="XA", admin_email=email(admin)
    )
    perform(register_organisation, actor("operator"), here().name, data, now=now)


def member(organisation: str, admin: str, name: str, roles: list[Any], now: datetime) -> None:
    person(name)
    perform(add_member, actor(admin), organisation, AddMember(email=email(name), roles=roles), now=now)


def supplier(identifier: str, name: str, owner: str, now: datetime) -> None:
    data = RegisterSupplier(
        identifier=identifier, name=name, scale="sme", country="XA", email=email(owner), locality="Port Aurora"
    )
    perform(register_supplier, Actor(str(person(owner).pk)), here().name, data, now=now)
