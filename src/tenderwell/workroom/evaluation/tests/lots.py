"""A tender in two lots, with bids of Bob (bid-1) and Cleo (bid-2) on both."""

from decimal import Decimal
from typing import Any

from tenderwell.core.command import Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.tests.journey import DAY, Sealed, opened, with_committee
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import drafting as d
from tenderwell.workroom.tendering.tests.journey import drafted, publish

WHY = "The roofs differ in size only, so the price decides."


def criteria_of(lot: str, *rows: dict[str, Any]) -> d.SetCriteria:
    return d.SetCriteria(lot=lot, criteria=[d.CriterionRow(**row) for row in rows], price_reason=WHY)


@remembered
def in_two_lots() -> Sealed:
    """lot-1: half quality, half price, and a licence; lot-2: the price alone."""
    process, ada = drafted(), personas().ada
    process.criteria.delete()
    for title in ("Northern schools", "Southern schools"):
        perform(d.add_lot, ada, process.ocid, d.AddLot(title=title, amount=Decimal("90000")), now=NOW)
    method = {"title": "Method", "kind": "quality", "weight": 50}
    licence = {"title": "Licence to build", "kind": "pass_fail"}
    first = criteria_of("lot-1", method, {"title": "Price", "kind": "price", "weight": 50}, licence)
    second = criteria_of("lot-2", {"title": "Price", "kind": "price", "weight": 100})
    for data in (first, second):
        perform(d.set_criteria, ada, process.ocid, data, now=NOW)
    rings = with_committee(Process.objects.get(pk=process.pk))
    return Sealed(publish(Process.objects.get(pk=process.pk)), rings)


def bid(tender: Sealed, who: Actor, **amounts: str) -> None:
    bidder = Organisation.objects.get(identifier=who.organisation)
    by_lot = {lot.replace("_", "-"): Decimal(amount) for lot, amount in amounts.items()}
    response = sealer.offer(bidder, currency="USD", amounts=by_lot)
    sealer.submit(who, tender.process, response, now=tender.end - DAY)


@remembered
def with_bids_on_lots() -> Process:
    tender = in_two_lots()
    bid(tender, personas().bob, lot_1="900", lot_2="500")
    bid(tender, personas().cleo, lot_1="1000", lot_2="400")
    return opened(tender)
