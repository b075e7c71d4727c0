"""The published record beside its source, field by field. Pure.

Only what the source states is compared: our record may say more. Each function yields the names of fields that differ.
What a source can state and no command takes is listed in docs/how-to/replay-real-data.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderwell.workroom.replay.fitness import award_of, in_order, lots_awarded, lots_of, price_of
from tenderwell.workroom.replay.source import Bid, Item, Source, read

Ids = Mapping[str, str]  # the source's id of a firm, or of a lot -> its id here
Who = tuple[frozenset[str], str]  # the tenderers and the lot, by which an offer is known


@dataclass(frozen=True)
class Difference:
    """One field of one process that came out otherwise."""

    field: str
    source: str
    published: str


def differences(source: Source, compiled: Mapping[str, Any], *, firms: Ids) -> list[Difference]:
    """Every field that the source states and the record states otherwise."""
    found = read(compiled)
    lots = {stated.id: published.id for stated, published in zip(source.lots, found.lots, strict=False)}
    return [
        *tender(source, found),
        *tender_lots(source, found),
        *items(source, found, lots),
        *bids(source, found, firms, lots),
        *awards(source, found, firms, lots),
        *contracts(source, found),
    ]


def tender(source: Source, found: Source) -> Iterator[Difference]:
    yield from unlike("title", source.title, found.title)
    yield from unlike("description", source.description, found.description)
    yield from unlike("status", source.status, found.status)
    yield from unlike("mainProcurementCategory", source.category, found.category)
    yield from unlike("value.amount", source.amount, found.amount)
    yield from unlike("value.currency", source.currency, found.currency)
    yield from unlike("tenderPeriod.startDate", source.opens_at, found.opens_at)
    yield from unlike("tenderPeriod.endDate", source.closes_at, found.closes_at)
    yield from unlike("contractPeriod.startDate", source.starts_at, found.starts_at)
    yield from unlike("contractPeriod.endDate", source.ends_at, found.ends_at)


def unlike(field: str, stated: object, published: object) -> Iterator[Difference]:
    """The difference, when the source states something and the record says something else."""
    if stated not in (None, "") and to_millisecond(stated) != to_millisecond(published):
        yield Difference(field, str(stated), str(published))


def to_millisecond(value: object) -> object:
    """Times are published to the millisecond; whatever is finer in the source is not in our OCDS."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000) if isinstance(value, datetime) else value


def tender_lots(source: Source, found: Source) -> Iterator[Difference]:
    yield from unlike("lots", len(source.lots), len(found.lots))
    for stated, published in zip(source.lots, found.lots, strict=False):
        yield from unlike("lots.title", stated.title, published.title)
        yield from unlike("lots.description", stated.description, published.description)
        yield from unlike("lots.value", stated.amount, published.amount)


def items(source: Source, found: Source, lots: Ids) -> Iterator[Difference]:
    yield from unlike("items", len(source.items), len(found.items))
    for stated, published in zip(source.items, found.items, strict=False):
        yield from item(stated, published)
        yield from unlike("items.relatedLot", lots.get(stated.lot, stated.lot), published.lot)


def item(stated: Item, published: Item) -> Iterator[Difference]:
    yield from unlike("items.description", stated.description, published.description)
    yield from unlike("items.classification", stated.code, published.code)
    yield from unlike("items.classification.scheme", stated.scheme.upper(), published.scheme.upper())
    yield from unlike("items.classification.description", stated.code_text, published.code_text)
    yield from unlike("items.quantity", stated.quantity, published.quantity)
    yield from unlike("items.unit", stated.unit, published.unit)


def offers(source: Source, firms: Ids, lots: Ids) -> list[tuple[Who, Bid, Decimal | None]]:
    """Every price asked: by whom and for which lot, the bid that asks it, the amount."""
    return [
        (
            (frozenset(firms.get(each.key, each.key) for each in bid.tenderers), lots.get(lot, lot)),
            bid,
            price_of(bid, lot),
        )
        for bid in source.bids
        for lot in lots_of(bid, source)
    ]


def bids(source: Source, found: Source, firms: Ids, lots: Ids) -> Iterator[Difference]:
    """Bids are told apart by who made them, and for which lot; a source may list a bid for each lot."""
    published = {who: (bid, amount) for who, bid, amount in offers(found, {}, {})}
    stated = offers(source, firms, lots)
    yield from unlike("bids", len(stated), len(published))
    for who, bid, amount in stated:
        if who not in published:
            yield Difference("bids.tenderers", ", ".join(sorted(who[0])), "no such bid")
            continue
        other, offered = published[who]
        yield from unlike("bids.value", amount, offered)
        yield from unlike("bids.currency", bid.currency, other.currency)
        yield from unlike("bids.status", bid.status, other.status)


def awards(source: Source, found: Source, firms: Ids, lots: Ids) -> Iterator[Difference]:
    """Awards in their order."""
    yield from unlike("awards", len(source.awards), len(found.awards))
    for stated, published in zip(source.awards, found.awards, strict=False):
        who = {firms.get(each.key, each.key) for each in stated.suppliers}
        yield from unlike("awards.suppliers", who, {each.key for each in published.suppliers})
        yield from unlike("awards.value", stated.amount, published.amount)
        yield from unlike("awards.currency", stated.currency, published.currency)
        yield from unlike("awards.status", stated.status, published.status)
        yield from unlike("awards.date", stated.date, published.date)
        named = {lots.get(lot, lot) for lot in lots_awarded(stated, source)}
        yield from unlike("awards.relatedLots", named or "", set(lots_awarded(published, found)))


def contracts(source: Source, found: Source) -> Iterator[Difference]:
    """Contracts in the order of their signature, each with the award it follows from."""
    yield from unlike("contracts", len(source.contracts), len(found.contracts))
    for stated, published in zip(in_order(source.contracts), found.contracts, strict=False):
        ours, theirs = award_of(stated, source), award_of(published, found)
        place = source.awards.index(ours) if ours else None
        yield from unlike("contracts.award", place, found.awards.index(theirs) if theirs else None)
        yield from unlike("contracts.title", stated.title, published.title)
        yield from unlike("contracts.value", stated.amount, published.amount)
        yield from unlike("contracts.currency", stated.currency, published.currency)
        yield from unlike("contracts.dateSigned", stated.signed_at, published.signed_at)
        yield from unlike("contracts.period.startDate", stated.starts_at, published.starts_at)
        yield from unlike("contracts.period.endDate", stated.ends_at, published.ends_at)
