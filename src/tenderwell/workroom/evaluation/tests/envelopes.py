"""A tender in two envelopes, by commands only: from the plan to published scores before any price is open."""

from datetime import datetime
from decimal import Decimal

from tenderwell.core.command import Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    Sealed,
    announced,
    price_committee_named,
    with_committee,
)
from tenderwell.workroom.evaluation import commands as c
from tenderwell.workroom.evaluation.tests.journey import EVALUATORS, METHOD, Points, agreed, scored, shortlisted, when
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.planning.tests.journey import filled, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, actor, personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

FAILING: Points = {("bid-2", METHOD): "0"}  # under the floor of 1


@remembered
def planned_in_two(now: datetime = NOW) -> Process:
    """Ada decides for two envelopes; it is an open procedure, so nobody has to approve the route."""
    process = staffed(now, estimate="200000")
    filled(process, now)
    route = plan.DecideRoute(
        make="The city has no roofers.",
        reuse="Nothing to reuse.",
        join="No other buyer needs it.",
        procedure="two_envelope_1",
        reason="The method of work matters most, and no price may colour how it is judged.",
    )
    perform(plan.decide_route, personas().ada, process.ocid, route, now=now)
    perform(plan.publish_plan, personas().ada, process.ocid, plan.PublishPlan(), now=now)
    process.refresh_from_db()
    return process


@remembered
def called_in_two(now: datetime = NOW, *, suite: Suite = Suite.X25519) -> Sealed:
    """Open for bids in two envelopes."""
    process = drafted(planned_in_two(now), now=now)
    rings = with_committee(process, now=now, suite=suite)
    return Sealed(publish(process, now=now), rings)


def called_with_two_committees(
    now: datetime = NOW, *, suite: Suite = Suite.X25519
) -> tuple[Sealed, tuple[KeyRing, ...]]:
    """Gus, Elif and Nora open the technical envelopes, Ben, Rita and Nora the prices; the keys of these three."""
    process = drafted(planned_in_two(now), now=now)
    rings = with_committee(process, now=now, suite=suite)
    new = price_committee_named(process, now=now, suite=suite)
    return Sealed(publish(process, now=now), rings), (*new, rings[2])


def both_sent(tender: Sealed) -> Sealed:
    """Bob's bid is bid-1, Cleo's bid-2."""
    for who, amount in ((personas().bob, "1000.00"), (personas().cleo, "900.00")):
        sent(tender, who, amount)
    return tender


def technical_released(tender: Sealed) -> Sealed:
    announced(tender)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    return tender


def sent(tender: Sealed, who: Actor, amount: str = "1000.00", *, now: datetime | None = None) -> dict[str, SealedBid]:
    """Both envelopes of a bid, by stage."""
    bidder = Organisation.objects.get(identifier=who.organisation)
    offer = sealer.offer(
        bidder, currency="USD", amounts={"": Decimal(amount)}, answers={"Which warranty do you give?": "Ten years."}
    )
    sealer.submit(who, tender.process, offer, now=now or tender.end - DAY)
    held = tender.process.sealed_bids.filter(bidder=bidder, state="submitted")
    return {bid.stage: bid for bid in held}


@remembered
def technical_open(*, amounts: tuple[str, str] = ("1000.00", "900.00")) -> Sealed:
    """Bob's (bid-1) and Cleo's (bid-2) technical envelopes are open, their prices are not."""
    tender = called_in_two()
    for who, amount in zip((personas().bob, personas().cleo), amounts, strict=True):
        sent(tender, who, amount)
    announced(tender)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    return tender


def judged(tender: Sealed, points: Points | None = None) -> Process:
    """Checked, scored alone, agreed; nothing is published."""
    process = tender.again()
    shortlisted(process)
    for name in EVALUATORS:
        scored(process, actor(name), points)
    agreed(process, points)
    return process


def passing_published(tender: Sealed, points: Points | None = None) -> Process:
    """The scores are published and the ledger says whose price is opened."""
    process = judged(tender, points)
    data = c.PublishTechnical(agreed=True)
    perform(c.publish_technical, personas().ada, process.ocid, data, now=when(process))
    return tender.again()


def prices_open(tender: Sealed) -> Process:
    for ring in tender.rings[1:]:
        sealer.release_prices(ring, tender.process, now=when(tender.process))
    return tender.again()
