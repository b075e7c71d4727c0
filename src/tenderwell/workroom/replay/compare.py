"""The published record beside its source, field by field. Pure.

Only what the source states is compared: our record may say more. Each function yields the names of fields that differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenderwell.workroom.replay.source import Contract, Item, Source, read

Ids = Mapping[str, str]  # the source's id of an organisation -> its identifier here
ENDINGS = ("complete", "cancelled", "unsuccessful")


@dataclass(frozen=True)
class Difference:
    """One field of one process that came out otherwise."""

    field: str
    source: str
    published: str


def differences(source: Source, compiled: Mapping[str, Any], *, ids: Ids) -> list[Difference]:
    """Every field that the source states and the record states otherwise."""
    found = read(compiled)
    return [*tender(source, found), *items(source, found), *bids(source, found, ids), *results(source, found, ids)]


def tender(source: Source, found: Source) -> Iterator[Difference]:
    yield from unlike("title", source.title, found.title)
    yield from unlike("description", source.description, found.description)
    yield from unlike("value.amount", source.amount, found.amount)
    yield from unlike("value.currency", source.currency, found.currency)
    yield from unlike("tenderPeriod.startDate", source.opens_at, found.opens_at)
    yield from unlike("tenderPeriod.endDate", source.closes_at, found.closes_at)
    if source.status in ENDINGS:
        yield from unlike("status", source.status, found.status)


def unlike(field: str, stated: object, published: object) -> Iterator[Difference]:
    """The difference, when the source states something and the record says something else."""
    if stated not in (None, "") and stated != published:
        yield Difference(field, str(stated), str(published))


def items(source: Source, found: Source) -> Iterator[Difference]:
    yield from unlike("items", len(source.items), len(found.items))
    for stated, published in zip(source.items, found.items, strict=False):
        yield from item(stated, published)


def item(stated: Item, published: Item) -> Iterator[Difference]:
    yield from unlike("items.description", stated.description, published.description)
    yield from unlike("items.classification", stated.code, published.code)
    yield from unlike("items.quantity", stated.quantity, published.quantity)
    yield from unlike("items.unit", stated.unit, published.unit)


def bids(source: Source, found: Source, ids: Ids) -> Iterator[Difference]:
    """Bids are told apart by who made them."""
    published = {frozenset(each.id for each in bid.tenderers): bid for bid in found.bids}
    yield from unlike("bids", len(source.bids), len(found.bids))
    for bid in source.bids:
        who = frozenset(ids.get(each.id, each.id) for each in bid.tenderers)
        other = published.get(who)
        if other is None:
            yield Difference("bids.tenderers", ", ".join(sorted(who)), "no such bid")
            continue
        yield from unlike("bids.value", bid.amount, other.amount)
        yield from unlike("bids.currency", bid.currency, other.currency)
        yield from unlike("bids.status", bid.status, other.status)


def results(source: Source, found: Source, ids: Ids) -> Iterator[Difference]:
    """Awards in their order, contracts by the award they belong to."""
    yield from unlike("awards", len(source.awards), len(found.awards))
    for stated, published in zip(source.awards, found.awards, strict=False):
        who = {ids.get(each.id, each.id) for each in stated.suppliers}
        yield from unlike("awards.suppliers", who, {each.id for each in published.suppliers})
        yield from unlike("awards.value", stated.amount, published.amount)
        yield from unlike("awards.status", stated.status, published.status)
    yield from contracts(source, found)


def contracts(source: Source, found: Source) -> Iterator[Difference]:
    yield from unlike("contracts", len(source.contracts), len(found.contracts))
    places = {award.id: place for place, award in enumerate(source.awards)}
    ours = {award.id: place for place, award in enumerate(found.awards)}
    for stated, published in zip(in_order(source.contracts), found.contracts, strict=False):
        yield from unlike("contracts.award", places.get(stated.award), ours.get(published.award))
        yield from unlike("contracts.title", stated.title, published.title)
        yield from unlike("contracts.value", stated.amount, published.amount)
        yield from unlike("contracts.currency", stated.currency, published.currency)
        yield from unlike("contracts.dateSigned", stated.signed_at, published.signed_at)
        yield from unlike("contracts.period.startDate", stated.starts_at, published.starts_at)
        yield from unlike("contracts.period.endDate", stated.ends_at, published.ends_at)


def in_order(contracts: tuple[Contract, ...]) -> list[Contract]:
    """As they were signed; those without a date last."""
    return sorted(contracts, key=lambda each: (each.signed_at is None, each.signed_at, each.id))
