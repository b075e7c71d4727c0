"""Who lives in Port Aurora: organisations, people with their roles, and how they sign in."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from tenderwell.core.command import Actor, perform
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

PASSWORD = "port-aurora-demo"
DOMAIN = "port-aurora.example"


@dataclass(frozen=True)
class Firm:
    """A supplier. owner: the person who acts for it."""

    identifier: str
    name: str
    owner: str
    scale: str
    women_owned: bool = False
    social_enterprise: bool = False


@dataclass(frozen=True)
class Body:
    """A public body or a group of citizens, with its people: name -> roles in the organisation."""

    identifier: str
    name: str
    kind: str
    people: dict[str, tuple[str, ...]]
    code: str = ""


CITY = Body(
    "XA-GOV-1",
    "City of Port Aurora",
    "buyer",
    {
        "ada": ("admin", "procurer"),
        "abe": ("member",),
        "ben": ("member",),
        "dora": ("member",),
        "dan": ("member",),
        "gus": ("member",),
        "uma": ("member",),
    },
    code="PA",
)
BODIES = (
    CITY,
    Body("XA-GOV-2", "Procurement Review Board", "review", {"rita": ("admin", "reviewer")}),
    Body("XA-GOV-3", "Audit Office", "audit", {"elif": ("admin", "auditor")}),
    Body("XA-NGO-1", "Open Port Aurora", "civil_society", {"nora": ("admin",)}),
)
FIRMS = (
    Firm("XA-REG-1001", "Bob Roofs Cooperative", "bob", "micro", social_enterprise=True),
    Firm("XA-REG-1002", "Cleo Works Ltd", "cleo", "sme"),
    Firm("XA-REG-1003", "Iris Lamps", "iris", "micro", women_owned=True),
    Firm("XA-REG-1004", "Harbour Kitchen, Community Interest Company", "sam", "sme", social_enterprise=True),
    Firm("XA-REG-1005", "Northern Engineering plc", "kim", "large"),
)
ALONE = ("finn", "otto")  # a citizen, and whoever set the installation up
WHAT = {
    "ada": "leads procurements",
    "abe": "approves and signs",
    "ben": "holds the budget",
    "dora": "evaluates bids",
    "dan": "evaluates bids",
    "gus": "manages contracts, holds a key of the opening committee",
    "uma": "speaks for the people who will use it",
    "rita": "decides complaints, Procurement Review Board",
    "elif": "audits, holds a key of the opening committee, Audit Office",
    "nora": "watches, holds a key of the opening committee, Open Port Aurora",
    "bob": "bids, small social enterprise",
    "cleo": "bids, medium firm",
    "iris": "bids, micro firm owned by a woman",
    "sam": "bids, social enterprise",
    "kim": "bids, large firm",
    "finn": "citizen with an account",
}


def email(name: str) -> str:
    return f"{name}@{DOMAIN}"


class Cast:
    """Everybody, found by first name."""

    @cached_property
    def actors(self) -> dict[str, Actor]:
        held = Membership.objects.select_related("person", "organisation").filter(person__email__endswith=DOMAIN)
        return {each.person.email.partition("@")[0]: actor_of_membership(each) for each in held}

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def organisation(self, name: str) -> Organisation:
        return Organisation.objects.get(identifier=self[name].organisation)


def everybody(now: datetime) -> Cast:
    """Make whoever is missing, by commands; people first, for organisations need an administrator."""
    names = [*(name for body in BODIES for name in body.people), *(firm.owner for firm in FIRMS), *ALONE]
    make_people(names)
    operator = Actor(str(person("otto").pk), roles=frozenset({"operator"}))
    known = set(Organisation.objects.values_list("identifier", flat=True))
    for body in (each for each in BODIES if each.identifier not in known):
        make_body(body, operator, now)
    for firm in (each for each in FIRMS if each.identifier not in known):
        make_firm(firm, now)
    return Cast()


def make_people(names: list[str]) -> None:
    """Accounts with one password, its slow hash computed once, and addresses that count as confirmed."""
    missing = [name for name in names if not Person.objects.filter(email=email(name)).exists()]
    secret = ""
    for name in missing:
        if not secret:
            secret = Person.objects.create_user(email(name), PASSWORD, name=name.capitalize()).password
        else:
            Person.objects.create(email=email(name), name=name.capitalize(), password=secret)
        EmailAddress.objects.create(user=person(name), email=email(name), verified=True, primary=True)


def person(name: str) -> Person:
    return Person.objects.get(email=email(name))


def make_body(body: Body, operator: Actor, now: datetime) -> None:
    admin, *_ = body.people
    data = RegisterOrganisation(
        identifier=body.identifier,
        name=body.name,
        kind=body.kind,
        code=body.code,
        country="XA",
        admin_email=email(admin),
    )
    perform(register_organisation, operator, here().name, data, now=now)
    for name, roles in body.people.items():
        chief = Actor(str(person(admin).pk), body.identifier, frozenset({"admin"}))
        perform(add_member, chief, body.identifier, AddMember(email=email(name), roles=list(roles)), now=now)


def make_firm(firm: Firm, now: datetime) -> None:
    data = RegisterSupplier(
        identifier=firm.identifier,
        name=firm.name,
        scale=firm.scale,
        women_owned=firm.women_owned,
        social_enterprise=firm.social_enterprise,
        country="XA",
        locality="Port Aurora",
        email=f"office-{firm.owner}@{DOMAIN}",
    )
    perform(register_supplier, Actor(str(person(firm.owner).pk)), here().name, data, now=now)


def for_templates(request: HttpRequest) -> dict[str, object]:
    """Context processor of the demo: who can sign in, and how."""
    return {"demo_people": [(email(name), text) for name, text in WHAT.items()], "demo_password": PASSWORD}


def lines() -> list[str]:
    """How each person signs in."""
    shown = [f"{email(name):28} {text}" for name, text in WHAT.items()]
    keys = "Keys of the opening committee, for the demo only, are in the folder demo-keys of its data."
    return [f"Sign in at /account/login/ with the password {PASSWORD} as:", *shown, keys]
