"""The generated people and organisations that live the processes again; made once, by commands."""

import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.parties.commands import (
    IDENTIFIER,
    AddMember,
    RegisterOrganisation,
    RegisterSupplier,
    add_member,
    register_organisation,
    register_supplier,
)
from tenderwell.workroom.parties.models import Organisation, Person
from tenderwell.workroom.parties.queries import here
from tenderwell.workroom.replay.source import Party

STAFF = ("lead", "approver", "budget", "evaluator")
MEMBERS = ("keeper-a", "keeper-b", "keeper-c")
DAWN = datetime(2000, 1, 1, tzinfo=UTC)
WATCH = "XA-REPLAY-WATCH"
NOBODY_ELSE = nullcontext()


def email(name: str) -> str:
    return f"{name}@replay.example"


@dataclass
class Cast:
    """Who plays. firms: the source's id of a firm -> its identifier here. country: two letters.

    alone: held while somebody is registered, where several workers use one database.
    """

    country: str
    alone: AbstractContextManager[object] = NOBODY_ELSE
    people: dict[str, Person] = field(default_factory=dict)
    rings: dict[str, KeyRing] = field(default_factory=dict)
    firms: dict[str, str] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)

    def buyer(self, party: Party) -> str:
        """The identifier of the buyer, registered with its staff when it appears first."""
        identifier = self.made_up(party, kind="BUYER")
        if identifier not in self.registered:
            with self.alone:
                self.register_buyer(identifier, party.name)
            self.registered.add(identifier)
        return identifier

    def register_buyer(self, identifier: str, name: str) -> None:
        if Organisation.objects.filter(identifier=identifier).exists():
            return
        data = RegisterOrganisation(
            identifier=identifier,
            name=name or identifier,
            kind="buyer",
            code=short(identifier),
            country=self.country,
            admin_email=email("lead"),
        )
        perform(register_organisation, self.operator(), here().name, data, now=DAWN)
        lead = Actor(str(self.people["lead"].pk), identifier, frozenset({"admin"}))
        perform(add_member, lead, identifier, AddMember(email=email("lead"), roles=["admin", "procurer"]), now=DAWN)
        for name in (*STAFF[1:], *MEMBERS[:2]):
            perform(add_member, lead, identifier, AddMember(email=email(name), roles=["member"]), now=DAWN)

    def supplier(self, party: Party) -> Actor:
        """Somebody who acts for the firm, registered when it appears first."""
        identifier = self.firm(party)
        agent = Actor(str(self.people["agent"].pk), identifier, frozenset({"admin", "bidder"}))
        if identifier not in self.registered:
            with self.alone:
                self.register_firm(identifier, party.name, agent)
            self.registered.add(identifier)
        return agent

    def register_firm(self, identifier: str, name: str, agent: Actor) -> None:
        if Organisation.objects.filter(identifier=identifier).exists():
            return
        data = RegisterSupplier(
            identifier=identifier, name=name or identifier, scale="sme", country=self.country, email=email("agent")
        )
        perform(register_supplier, agent, here().name, data, now=DAWN)

    def firm(self, party: Party) -> str:
        """The source's own id of a firm where it has the form we take, else one made from it."""
        if party.key not in self.firms:
            fits = re.fullmatch(IDENTIFIER, party.key)
            self.firms[party.key] = party.key if fits else self.made_up(party, kind="FIRM")
        return self.firms[party.key]

    def made_up(self, party: Party, *, kind: str) -> str:
        digest = sha256(party.key.encode()).hexdigest()[:12].upper()
        return f"{self.country}-{kind}-{digest}"

    def operator(self) -> Actor:
        return Actor(str(self.people["operator"].pk), roles=frozenset({"operator"}))

    def staff(self, name: str, buyer: str) -> Actor:
        """A member of the buyer's staff; the lead is its procurer."""
        roles = {"admin", "procurer"} if name == "lead" else {"member"}
        return Actor(str(self.people[name].pk), buyer, frozenset(roles))

    def keeper(self, name: str, buyer: str) -> KeyRing:
        """A committee member with the key that stays the same over all processes; the third is from outside."""
        organisation = WATCH if name == MEMBERS[2] else buyer
        actor = Actor(str(self.people[name].pk), organisation, frozenset({"member"}))
        if name not in self.rings:
            self.rings[name] = KeyRing.new(actor)
        return KeyRing(actor, self.rings[name].identity)


def short(identifier: str) -> str:
    """The code in the ocid, of twelve letters and digits."""
    return sha256(identifier.encode()).hexdigest()[:12].upper()


def gather(country: str, *, alone: AbstractContextManager[object] = NOBODY_ELSE) -> Cast:
    """The people, and the group outside every buyer that holds the third key."""
    cast = Cast(country, alone)
    with alone:
        gather_people(cast)
    return cast


def gather_people(cast: Cast) -> None:
    for name in (*STAFF, *MEMBERS, "agent", "operator"):
        found = Person.objects.filter(email=email(name)).first()
        cast.people[name] = found or Person.objects.create_user(email(name), name=name.capitalize())
    if not Organisation.objects.filter(identifier=WATCH).exists():
        data = RegisterOrganisation(
            identifier=WATCH, name="Replay watch", kind="civil_society", country="XA", admin_email=email(MEMBERS[2])
        )
        perform(register_organisation, cast.operator(), here().name, data, now=DAWN)
