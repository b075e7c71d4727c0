"""What a compiled release of another publisher says happened, as far as it can be lived again. Pure.

Reads any publisher's OCDS; what is missing stays None. Times are aware UTC; a time without a zone is taken as UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Party:
    id: str
    name: str


@dataclass(frozen=True)
class Item:
    description: str
    scheme: str
    code: str
    code_text: str
    quantity: Decimal | None
    unit: str


@dataclass(frozen=True)
class Bid:
    """status: as the publisher says, or empty. sent_at: when the portal received it; None when a buyer typed it in."""

    id: str
    tenderers: tuple[Party, ...]
    amount: Decimal | None
    currency: str
    status: str
    sent_at: datetime | None


@dataclass(frozen=True)
class Award:
    id: str
    suppliers: tuple[Party, ...]
    amount: Decimal | None
    date: datetime | None
    status: str


@dataclass(frozen=True)
class Contract:
    id: str
    award: str
    title: str
    amount: Decimal | None
    currency: str
    signed_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Source:
    """One process as its publisher tells it."""

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


def read(compiled: Node) -> Source:
    """The process in a compiled release."""
    tender = node(compiled, "tender")
    value = node(tender, "value")
    period = node(tender, "tenderPeriod")
    buyer = node(compiled, "buyer") or node(tender, "procuringEntity")
    return Source(
        ocid=text(compiled, "ocid"),
        title=text(tender, "title"),
        description=text(tender, "description"),
        status=text(tender, "status"),
        method=text(tender, "procurementMethod"),
        category=text(tender, "mainProcurementCategory"),
        buyer=party(buyer),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        budget=number(node(node(compiled, "planning"), "budget", "amount").get("amount")),
        opens_at=instant(period.get("startDate")),
        closes_at=instant(period.get("endDate")),
        items=tuple(map(item, nodes(tender, "items"))),
        bids=tuple(map(bid, nodes(node(compiled, "bids"), "details"))),
        awards=tuple(map(award, nodes(compiled, "awards"))),
        contracts=tuple(map(contract, nodes(compiled, "contracts"))),
    )


def item(found: Node) -> Item:
    classification = node(found, "classification")
    return Item(
        description=text(found, "description"),
        scheme=text(classification, "scheme"),
        code=text(classification, "id"),
        code_text=text(classification, "description"),
        quantity=number(found.get("quantity")),
        unit=text(node(found, "unit"), "name"),
    )


def bid(found: Node) -> Bid:
    value = node(found, "value")
    return Bid(
        id=text(found, "id"),
        tenderers=tuple(map(party, nodes(found, "tenderers"))),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        status=text(found, "status"),
        sent_at=received(text(found, "date")),
    )


def received(written: str) -> datetime | None:
    """The instant at which a machine received the bid.

    A time on the full minute was typed by a person who entered a paper bid later (in the Dominican data, 1,244 of the
    1,259 bids dated after the closing are of this kind), so it does not say when the bid came.
    """
    found = instant(written)
    return found if found and (found.second or found.microsecond) else None


def award(found: Node) -> Award:
    return Award(
        id=text(found, "id"),
        suppliers=tuple(map(party, nodes(found, "suppliers"))),
        amount=number(node(found, "value").get("amount")),
        date=instant(found.get("date")),
        status=text(found, "status"),
    )


def contract(found: Node) -> Contract:
    value, period = node(found, "value"), node(found, "period")
    return Contract(
        id=text(found, "id"),
        award=text(found, "awardID"),
        title=text(found, "title"),
        amount=number(value.get("amount")),
        currency=text(value, "currency"),
        signed_at=instant(found.get("dateSigned")),
        starts_at=instant(period.get("startDate")),
        ends_at=instant(period.get("endDate")),
    )


def party(found: Node) -> Party:
    return Party(text(found, "id"), " ".join(text(found, "name").split()))


def node(found: Node, *path: str) -> Node:
    """The object at the path; empty when there is none."""
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else {}  # type: ignore[assignment]
    return found if isinstance(found, Mapping) else {}


def nodes(found: Node, name: str) -> Sequence[Node]:
    listed = found.get(name)
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []


def text(found: Node, name: str) -> str:
    value = found.get(name)
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def number(value: object) -> Decimal | None:
    """The number exactly as the publisher wrote it in JSON; None when it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


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
