"""From a tender that is open for bids to bids that are opened, by commands only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tenderwell.core.command import Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.package import File, SealedPackage
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, NameCommittee
from tenderwell.workroom.bidding.models import CommitteeRecord, SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, assign, personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

MEMBERS = ("gus", "elif_", "nora")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Sealed:
    """A tender open for bids, with the members' keys that only the test holds."""

    process: Process
    rings: tuple[KeyRing, ...]

    @property
    def end(self) -> datetime:
        return self.process.periods_held()["tenderPeriod"].end

    def again(self) -> Process:
        return Process.objects.select_related("buyer").get(pk=self.process.pk)


def keys_proved(process: Process, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> tuple[KeyRing, ...]:
    """Gus of the city, Elif of the audit office and Nora of a civic group prove their keys."""
    return tuple(key_proved(process, name, now=now, suite=suite) for name in MEMBERS)


def key_proved(process: Process, name: str, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> KeyRing:
    assign(process, name.rstrip("_"), "committee", now=now)
    ring = KeyRing.new(getattr(personas(), name), suite=suite)
    perform(declare_interest, ring.actor, process.ocid, DeclareInterest(has_interest=False), now=now)
    sealer.register(ring, process, now=now)
    return ring


def committee_named(process: Process, *, k: int = 2, now: datetime = NOW) -> CommitteeRecord:
    """Everybody who has proved a key is on it."""
    keys = [str(key.pk) for key in queries.current_keys(process)]
    data = NameCommittee(k=k, members=keys)
    named: CommitteeRecord = perform(commands.name_committee, personas().ada, process.ocid, data, now=now)
    return named


def price_committee_named(process: Process, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> tuple[KeyRing, ...]:
    """Ben of the city, Rita of the court and Nora, who is on the other committee as well, open the prices."""
    new = [key_proved(process, name, now=now, suite=suite) for name in ("ben", "rita")]
    held = queries.current_keys(process).exclude(person_id__in=[personas().gus.id, personas().elif_.id])
    data = NameCommittee(k=2, members=[str(key.pk) for key in held])
    perform(commands.name_price_committee, personas().ada, process.ocid, data, now=now)
    return tuple(new)


def with_committee(process: Process, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> tuple[KeyRing, ...]:
    """A planned process gets its opening committee: any two of three."""
    rings = keys_proved(process, now=now, suite=suite)
    committee_named(process, now=now)
    return rings


@remembered
def open_for_bids(now: datetime = NOW, *, suite: Suite = Suite.X25519) -> Sealed:
    """A published tender with a committee of three, for thirty days."""
    process = drafted(now=now)
    rings = with_committee(process, now=now, suite=suite)
    return Sealed(publish(process, now=now), rings)


def sealed_by(
    tender: Sealed, actor: Actor, amount: str = "1000.00", *, attachments: tuple[File, ...] = ()
) -> SealedPackage:
    """The actor's organisation seals its next bid; nothing is handed in."""
    bidder = Organisation.objects.get(identifier=actor.organisation)
    response = sealer.offer(bidder, currency="USD", amounts={"": Decimal(amount)})
    return sealer.seal_for(tender.process, response, attachments=attachments)


def handed_in(tender: Sealed, actor: Actor, package: SealedPackage, *, now: datetime | None = None) -> SealedBid:
    data = sealer.uploaded(package)
    bid: SealedBid = perform(commands.submit_bid, actor, tender.process.ocid, data, now=now or tender.end - DAY)
    return bid


def bid_of(tender: Sealed, actor: Actor, amount: str = "1000.00", *, now: datetime | None = None) -> SealedBid:
    """Seal and submit, a day before the end unless told otherwise."""
    return handed_in(tender, actor, sealed_by(tender, actor, amount), now=now)


def announced(tender: Sealed, *, now: datetime | None = None) -> None:
    moment = now or tender.end + MINUTE
    perform(commands.announce_closing, personas().ada, tender.process.ocid, AnnounceClosing(), now=moment)


def opened(tender: Sealed, *, now: datetime | None = None) -> Process:
    """The end is announced and two of three members release their shares, so that the bids open."""
    moment = now or tender.end + MINUTE
    announced(tender, now=moment)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=moment)
    return tender.again()
