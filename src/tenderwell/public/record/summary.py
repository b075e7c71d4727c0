"""What lists and search need of a compiled release, also of other publishers' untidy ones. Pure."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tenderwell.public.record import analyser

LARGEST = Decimal(10) ** 18
STAGES = ("planning", "tender", "award", "contract", "implementation")
CARRIED_OUT = ("transactions", "milestones", "metrics", "documents", "invoices", "endDate")


@dataclass(frozen=True)
class Summary:
    """The columns of a record; texts are empty where the release says nothing."""

    stage: str
    status: str
    title: str
    description: str
    reference: str
    buyer_id: str
    buyer_name: str
    method: str
    method_details: str
    category: str
    amount: Decimal | None
    currency: str
    closes: datetime | None
    language: str
    search: str


def summary(compiled: dict[str, Any], *, language: str = "") -> Summary:
    """The columns for a compiled release. language: of the texts, where the release does not say."""
    tender = part(compiled, "tender")
    buyer = part(compiled, "buyer") or part(tender, "procuringEntity")
    value = part(tender, "value") or part(compiled, "planning", "budget", "amount")
    spoken = text(compiled, "language") or language
    return Summary(
        stage=stage(compiled),
        status=text(tender, "status") or "planning",
        title=text(tender, "title") or text(compiled, "planning", "engagement", "title"),
        description=text(tender, "description") or text(compiled, "planning", "rationale"),
        reference=text(tender, "id"),
        buyer_id=text(buyer, "id"),
        buyer_name=text(buyer, "name") or name_of(compiled, text(buyer, "id")),
        method=text(tender, "procurementMethod"),
        method_details=text(tender, "procurementMethodDetails"),
        category=text(tender, "mainProcurementCategory"),
        amount=amount(value.get("amount")),
        currency=text(value, "currency"),
        closes=moment(text(tender, "tenderPeriod", "endDate")),
        language=spoken,
        search=analyser.vector(texts(compiled), language=spoken, codes=codes(compiled)),
    )


def stage(compiled: dict[str, Any]) -> str:
    """How far the process has come: the last of STAGES that it says anything about.

    A cancelled contract was never signed (OCDS contractStatus), so it brought the process no further.
    """
    contracts = [each for each in parts(compiled, "contracts") if text(each, "status") != "cancelled"]
    if any(part(contract, "implementation").get(name) for contract in contracts for name in CARRIED_OUT):
        return "implementation"
    if contracts:
        return "contract"
    if parts(compiled, "awards"):
        return "award"
    status = text(compiled, "tender", "status")
    return "planning" if status in {"", "planning", "planned"} else "tender"


def texts(compiled: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What can be searched, with its weight: title and references, then description, lots and names, then items."""
    tender = part(compiled, "tender")
    for name in ("title", "id"):
        yield "A", text(tender, name)
    yield "A", text(compiled, "ocid")
    yield "B", text(tender, "description") + " " + text(compiled, "planning", "rationale")
    for found in (*parts(tender, "lots"), *parts(compiled, "awards"), *parts(compiled, "contracts")):
        yield "B", f"{text(found, 'title')} {text(found, 'description')}"
    for party in parts(compiled, "parties"):
        yield "B", text(party, "name")
    yield "B", text(compiled, "buyer", "name") + " " + text(tender, "procuringEntity", "name")
    for item in items(compiled):
        yield "C", f"{text(item, 'description')} {text(item, 'classification', 'description')}"


def codes(compiled: dict[str, Any]) -> list[str]:
    """The classification codes of all items, each once."""
    found = (text(item, "classification", "id") for item in items(compiled))
    return [code for code in dict.fromkeys(found) if code]


def items(compiled: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The items of the tender and of awards."""
    yield from parts(part(compiled, "tender"), "items")
    for award in parts(compiled, "awards"):
        yield from parts(award, "items")


def name_of(compiled: dict[str, Any], identity: str) -> str:
    """The name of the party with this id."""
    return next((text(party, "name") for party in parts(compiled, "parties") if text(party, "id") == identity), "")


def part(value: Any, *path: str) -> dict[str, Any]:
    """The object at the path; an empty one if there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def parts(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in the list of that name."""
    found = value.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text(value: Any, *path: str) -> str:
    """The text or number at the path as text; empty if there is none. Null characters cannot be stored."""
    found = part(value, *path[:-1]).get(path[-1])
    is_text = isinstance(found, str | int | float) and not isinstance(found, bool)
    return str(found).replace("\x00", "").strip() if is_text else ""


def amount(value: object) -> Decimal | None:
    """The amount to sort by, if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    exact = Decimal(str(value))
    return exact.quantize(Decimal("0.000001")) if exact.is_finite() and abs(exact) < LARGEST else None


def moment(written: str) -> datetime | None:
    """A time as publishers write it, UTC where they do not say; None if it is no time."""
    with contextlib.suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(written)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return None
