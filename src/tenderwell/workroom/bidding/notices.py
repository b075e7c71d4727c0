"""The OCDS parts of what is published about committees and opened bids."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderwell.ledger.sealing.committee import Committee
from tenderwell.public.ocds import tender as ocds
from tenderwell.public.ocds.bids import Bid as OcdsBid
from tenderwell.public.ocds.bids import Bids, LotValue, Subcontract, Subcontracting
from tenderwell.public.ocds.canonical import plain
from tenderwell.public.ocds.codelists import BidStatus
from tenderwell.public.ocds.common import Item, OrganizationReference, Statistic, Unit, Value
from tenderwell.workroom.bidding.models import Bid, BidLot
from tenderwell.workroom.parties.queries import ocds_party
from tenderwell.workroom.process.models import Process

STATUS: dict[str, BidStatus] = {"valid": "pending", "invalid": "disqualified"}


def plain_record(record: Committee) -> dict[str, Any]:
    """The committee/v1 record as JSON values, without its type, which the leaf adds."""
    members = [{"id": m.id, "name": m.name, "recipient": m.recipient, "role": m.role} for m in record.members]
    return {"id": record.id, "k": record.k, "members": members, "n": record.n, "tender": record.tender}


def committee_part(record: Committee, *, stage: str, now: datetime) -> dict[str, Any]:
    """The tender with its committee, or that for the prices: the fields of the logged record, and its hash."""
    fields = plain_record(record)
    members = tuple(ocds.CommitteeMember(**member) for member in fields.pop("members"))
    part = ocds.Committee(**fields, members=members, type=record.type, sha256=record.hash, date=now)
    if stage:
        return dict(plain(ocds.Tender(id=record.tender, price_committee=part)))
    return dict(plain(ocds.Tender(id=record.tender, committee=part)))


def opened_parts(process: Process, bids: Sequence[Bid], *, record: ocds.OpeningRecord, now: datetime) -> dict[str, Any]:
    """Bids, parties and the tender's opening, as the release gives them."""
    parties = together(party for bid in bids for party in parties_of(bid))
    bidding = [party for party in parties.values() if "tenderer" in party["roles"]]
    tenderers = tuple(OrganizationReference(id=party["id"], name=party["name"]) for party in bidding)
    tender = ocds.Tender(
        id=process.ocid,
        bid_opening=ocds.BidOpening(date=now),
        opening_record=record,
        number_of_tenderers=len({bid.bidder_id for bid in bids}),
        tenderers=tenderers,
    )
    published = Bids(statistics=counted(bids), details=tuple(bid_part(bid) for bid in bids))
    return dict(plain({"parties": list(parties.values()), "tender": tender, "bids": published}))


def together(parties: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By id, with all roles: one bid's subcontractor may be another one's partner. As registered, if registered."""
    found: dict[str, dict[str, Any]] = {}
    for party in parties:
        before = found.get(party["id"], {"roles": []})
        fuller = max(before, party, key=len)
        found[party["id"]] = {**fuller, "roles": sorted({*before["roles"], *party["roles"]})}
    return found


def priced_parts(process: Process, bids: Sequence[Bid], *, record: ocds.OpeningRecord) -> dict[str, Any]:
    """What opening the price envelopes adds: prices, or why one cannot be read, and the record of both openings."""
    tender = ocds.Tender(id=process.ocid, opening_record=record)
    return dict(plain({"tender": tender, "bids": Bids(details=tuple(bid_part(bid) for bid in bids))}))


def parties_of(bid: Bid) -> Iterator[dict[str, Any]]:
    """The bidder as registered, its partners and subcontractors as the bid names them."""
    yield ocds_party(bid.bidder, ["tenderer"])
    for role, parties in (("tenderer", consortium(bid)), ("subcontractor", subcontractors(bid))):
        for party in parties:
            yield {"id": party["id"], "name": party["name"], "roles": [role]}


def consortium(bid: Bid) -> list[dict[str, str]]:
    """Everybody but the leader."""
    return list(bid.response["tenderers"][1:]) if bid.response else []


def subcontractors(bid: Bid) -> list[dict[str, str]]:
    return list(bid.response["subcontractors"]) if bid.response else []


def subcontracting(bid: Bid) -> Subcontracting | None:
    """Who does a part of the work, and which; None when nobody else does."""
    named = subcontractors(bid)
    parts = "; ".join(f"{each['name']}: {each['part']}" for each in named if each["part"])
    contracts = tuple(
        Subcontract(
            id=f"{bid.code}-subcontract-{place}",
            subcontractor=OrganizationReference(id=each["id"], name=each["name"]),
        )
        for place, each in enumerate(named, 1)
    )
    return Subcontracting(description=parts or None, subcontracts=contracts) if named else None


def bid_part(bid: Bid) -> OcdsBid:
    lots = list(bid.lots.prefetch_related("items").order_by("lot"))
    named = tuple(lot.lot for lot in lots if lot.lot)
    partners = tuple(OrganizationReference(id=each["id"], name=each["name"]) for each in consortium(bid))
    return OcdsBid(
        id=bid.code,
        date=bid.received_at,
        status=STATUS[bid.status],
        tenderers=(OrganizationReference(id=bid.bidder.identifier, name=bid.bidder.name), *partners),
        value=None if bid.amount is None else Value(amount=bid.amount, currency=bid.currency),
        items=tuple(item for lot in lots for item in items_of(lot)),
        related_lots=named or tuple(bid.sealed.parsed.core.lots),
        lot_values=tuple(LotValue(id=lot.lot, value=value_of(lot)) for lot in lots if lot.lot),
        status_reason=bid.verdict_text or None,
        has_subcontracting=bool(subcontractors(bid)) if bid.response else None,
        subcontracting=subcontracting(bid),
    )


def value_of(lot: BidLot) -> Value | None:
    return None if lot.amount is None else Value(amount=lot.amount, currency=lot.currency)


def items_of(lot: BidLot) -> Iterator[Item]:
    for item in sorted(lot.items.all(), key=lambda item: item.item):
        price = Unit(value=Value(amount=item.unit_amount, currency=lot.currency))
        yield Item(id=item.item, quantity=item.quantity, unit=price, related_lot=lot.lot or None)


def counted(bids: Sequence[Bid]) -> tuple[Statistic, ...]:
    numbers = {
        "bids": len(bids),
        "validBids": sum(bid.status == "valid" for bid in bids),
        "bidders": len({bid.bidder_id for bid in bids}),
    }
    return tuple(Statistic(id=measure, measure=measure, value=Decimal(number)) for measure, number in numbers.items())
