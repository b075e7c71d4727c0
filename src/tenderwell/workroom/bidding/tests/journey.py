"""From a tender that is open for bids to bids that are opened, by commands only."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tenderwell.core.command import Actor, perform
from tenderwell.core.periods import Period
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, NameCommittee
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, assign, begun, personas

MEMBERS = ("gus", "elif_", "nora")
CLOSES = datetime(2026, 4, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Sealed:
    """A tender open for bids, with the members' keys that only this test holds."""

    process: Process
    rings: tuple[KeyRing, ...]

    @property
    def end(self) -> datetime:
        return self.process.periods_held()["tenderPeriod"].end

    def again(self) -> Process:
        return Process.objects.select_related("buyer").get(pk=self.process.pk)


def keys_proved(process: Process, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> tuple[KeyRing, ...]:
    """Gus of the city, Elif of the audit office and Nora of a civic group prove their keys."""
    rings = []
    for name in MEMBERS:
        assign(process, name.rstrip("_"), "committee", now=now)
        ring = KeyRing.new(getattr(personas(), name), suite=suite)
        sealer.register(ring, process, now=now)
        rings.append(ring)
    return tuple(rings)


def with_committee(process: Process, *, now: datetime = NOW, suite: Suite = Suite.X25519) -> tuple[KeyRing, ...]:
    """A planned process gets its opening committee: any two of three."""
    rings = keys_proved(process, now=now, suite=suite)
    keys = [str(key.pk) for key in queries.current_keys(process)]
    perform(commands.name_committee, personas().ada, process.ocid, NameCommittee(k=2, members=keys), now=now)
    return rings


def open_for_bids(now: datetime = NOW) -> Sealed:
    process = begun(now)
    Process.objects.filter(pk=process.pk).update(state="planned")
    rings = with_committee(process, now=now)
    process.refresh_from_db()
    process.set_period("tenderPeriod", Period(now, CLOSES))
    Process.objects.filter(pk=process.pk).update(state="tendering")
    process.refresh_from_db()
    return Sealed(process, rings)


def bid_of(tender: Sealed, actor: Actor, amount: str = "1000.00", *, now: datetime | None = None):  # type: ignore[no-untyped-def]
    bidder = Organisation.objects.get(identifier=actor.organisation)
    response = sealer.offer(bidder, currency="USD", amounts={"": Decimal(amount)})
    return sealer.submit(actor, tender.process, response, now=now or tender.end - timedelta(days=1))


def announced(tender: Sealed, *, now: datetime | None = None) -> None:
    moment = now or tender.end + timedelta(minutes=1)
    perform(commands.announce_closing, personas().ada, tender.process.ocid, AnnounceClosing(), now=moment)


def opened(tender: Sealed, *, now: datetime | None = None) -> Process:
    """The end is announced and two of three members release their shares, so that the bids open."""
    moment = now or tender.end + timedelta(minutes=1)
    announced(tender, now=moment)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=moment)
    return tender.again()
