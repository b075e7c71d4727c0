"""What a compiled release of another publisher says happened, as far as it can be lived again. Pure.

Reads any publisher's OCDS, of 1.0 as of 1.1; what is missing stays None or empty. Times are aware UTC; a time without a
zone is taken as UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Node = Mapping[str, Any]
DIGITS = 40  # an amount with more, before or after its point, is no amount
UNREAL = Decimal(10) ** DIGITS


@dataclass(frozen=True)
class Party:
    """An organisation, told apart by its id, or by its name where it has none."""

    id: str
    name: str

    @property
    def key(self) -> str:
        return self.id or self.name


@dataclass(frozen=True)
class Lot:
    id: str
    title: str
    description: str
    amount: Decimal | None


@dataclass(frozen=True)
class Item:
    """lot: the id of the lot it belongs to, or empty."""

    description: str
    scheme: str
    code: str
    code_text: str
    quantity: Decimal | None
    unit: str
    lot: str = ""


@dataclass(frozen=True)
class Bid:
    """status: as the publisher says, or empty. sent_at: when the portal received it; None when a buyer typed it in.

    lots: the ids of the lots it is for. offers: lot id -> amount, where the publisher gives a price for each lot.
    """

    id: str
    tenderers: tuple[Party, ...]
    amount: Decimal | None
    currency: str
    status: str
    sent_at: datetime | None
    lots: tuple[str, ...]
    offers: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Award:
    id: str
    title: str
    suppliers: tuple[Party, ...]
    amount: Decimal | None
    currency: str
    date: datetime | None
    status: str
    lots: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    id: str
    award: str
    title: str
    amount: Decimal | None
    currency: str
    status: str
    signed_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Source:
    """One process as its publisher tells it.

    opens_at, closes_at: the tender period. starts_at, ends_at: the contract period the tender asks for.
    bidders: how many the publisher counts, where it counts them.
    """

    ocid: str
    title: str
    description: str
    status: str
    method: str
    category: str
    buyer: Party
    amount: Decimal | None
    currency: str
    budget: Decimal | None
    opens_at: datetime | None
    closes_at: datetime | None
    items: tuple[Item, ...]
    bids: tuple[Bid, ...]
    awards: tuple[Award, ...]
    contracts: tuple[Contract, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    lots: tuple[Lot, ...] = ()
    bidders: Decimal | None = None


def read(compiled: Node, *, scheme: str = "") -> Source:
    """The process in a compiled release. scheme: of the publisher's item codes, where the release itself names none."""
    tender = node(compiled, "tender")
    value, period, contract_period = node(tender, "value"), node(tender, "tenderPeriod"), node(tender, "contractPeriod")
    return Source(
        ocid=text(compiled, "ocid"),
        title=text(tender, "title"),
        description=text(tender, "description"),
        status=text(tender, "status"),
        method=text(tender, "procurementMethod"),
        category=text(tender, "mainProcurementCategory"),
        buyer=buyer_of(compiled),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        budget=number(node(node(compiled, "planning"), "budget", "amount").get("amount")),
        opens_at=instant(period.get("startDate")),
        closes_at=instant(period.get("endDate")),
        starts_at=instant(contract_period.get("startDate")),
        ends_at=instant(contract_period.get("endDate")),
        lots=tuple(map(lot, nodes(tender, "lots"))),
        items=tuple(item(each, scheme=scheme_of(compiled) or scheme) for each in nodes(tender, "items")),
        bidders=number(tender.get("numberOfTenderers")),
        bids=tuple(map(bid, nodes(node(compiled, "bids"), "details"))),
        awards=tuple(map(award, nodes(compiled, "awards"))),
        contracts=tuple(map(contract, nodes(compiled, "contracts"))),
    )


def buyer_of(compiled: Node) -> Party:
    """The buyer, else the procuring entity, else the first party with one of these roles."""
    acting = [each for each in nodes(compiled, "parties") if {"buyer", "procuringEntity"} & set(texts(each, "roles"))]
    found = map(party, (node(compiled, "buyer"), node(node(compiled, "tender"), "procuringEntity"), *acting))
    return next((each for each in found if each.key), Party("", ""))


def lot(found: Node) -> Lot:
    value = node(found, "value")
    return Lot(text(found, "id"), text(found, "title"), text(found, "description"), number(value.get("amount")))


def lots_of(found: Node) -> tuple[str, ...]:
    """The lots something belongs to; publishers write one name or a list."""
    one = text(found, "relatedLot")
    return tuple(texts(found, "relatedLots")) or ((one,) if one else ())


def scheme_of(compiled: Node) -> str:
    """The scheme that the items of the same release name elsewhere; empty when none is named."""
    listed = [each for part in (node(compiled, "tender"), *nodes(compiled, "awards")) for each in nodes(part, "items")]
    return next((found for each in listed if (found := text(node(each, "classification"), "scheme"))), "")


def item(found: Node, *, scheme: str) -> Item:
    """scheme: of a code that names none."""
    classification = node(found, "classification")
    code = text(classification, "id")
    return Item(
        description=text(found, "description"),
        scheme=text(classification, "scheme") or (scheme if code else ""),
        code=code,
        code_text=text(classification, "description"),
        quantity=number(found.get("quantity")),
        unit=text(node(found, "unit"), "name"),
        lot=next(iter(lots_of(found)), ""),
    )


def bid(found: Node) -> Bid:
    value = node(found, "value")
    offers = {text(each, "id") or text(each, "relatedLot"): node(each, "value") for each in nodes(found, "lotValues")}
    return Bid(
        id=text(found, "id"),
        tenderers=tuple(map(party, nodes(found, "tenderers"))),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        status=text(found, "status"),
        sent_at=received(text(found, "date")),
        lots=lots_of(found) or tuple(offers),
        offers={lot: number(offer.get("amount")) for lot, offer in offers.items()},
    )


def received(written: str) -> datetime | None:
    """The instant at which a machine received the bid.

    A time on the full minute was typed by a person who entered a paper bid later (in the Dominican data, 1,244 of the
    1,259 bids dated after the closing are of this kind), so it does not say when the bid came.
    """
    found = instant(written)
    return found if found and (found.second or found.microsecond) else None


def award(found: Node) -> Award:
    value = node(found, "value")
    return Award(
        id=text(found, "id"),
        title=text(found, "title"),
        suppliers=tuple(map(party, nodes(found, "suppliers"))),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        date=instant(found.get("date")),
        status=text(found, "status"),
        lots=lots_of(found),
    )


def contract(found: Node) -> Contract:
    value, period = node(found, "value"), node(found, "period")
    return Contract(
        id=text(found, "id"),
        award=text(found, "awardID"),
        title=text(found, "title"),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        status=text(found, "status"),
        signed_at=instant(found.get("dateSigned")),
        starts_at=instant(period.get("startDate")),
        ends_at=instant(period.get("endDate")),
    )


def party(found: Node) -> Party:
    """An organisation; OCDS 1.0 gives its identifier in place of an id."""
    identifier = node(found, "identifier")
    formed = "-".join(part for part in (text(identifier, "scheme"), text(identifier, "id")) if part)
    name = text(found, "name") or text(identifier, "legalName")
    return Party(text(found, "id") or formed, " ".join(name.split()))


def node(found: Node, *path: str) -> Node:
    """The object at the path; empty when there is none."""
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else {}  # type: ignore[assignment]
    return found if isinstance(found, Mapping) else {}


def nodes(found: Node, name: str) -> Sequence[Node]:
    listed = found.get(name)
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []


def texts(found: Node, name: str) -> list[str]:
    listed = found.get(name)
    return [each for each in map(scalar, listed) if each] if isinstance(listed, list) else []


def text(found: Node, name: str) -> str:
    """The text, or a number as it was written; empty when it is neither."""
    return scalar(found.get(name))


def scalar(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    if isinstance(value, int) and abs(value) > UNREAL:
        return "a number without end"
    return str(value).strip()


def number(value: object) -> Decimal | None:
    """The number exactly as the publisher wrote it; None when it is none.

    What has a size that no money and no quantity has becomes UNREAL, so that no rule has to write it out.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    if isinstance(value, int) and abs(value) > UNREAL:
        return UNREAL  # Python itself refuses to write thousands of digits
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    if not found.is_finite():
        return None
    return UNREAL if found and abs(found.adjusted()) > DIGITS else found


def instant(value: object) -> datetime | None:
    """The time, to the microsecond; other publishers write seven decimals or a blank for the T."""
    if not isinstance(value, str):
        return None
    whole, dot, rest = value.strip().partition(".")
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    try:
        found = datetime.fromisoformat(f"{whole}{dot}{digits[:6]}{rest[len(digits) :]}")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
