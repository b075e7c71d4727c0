"""What a bid says, as data: bid.json, the first file of a sealed package. Pure.

JSON, in canonical form (RFC 8785), every field present:

    {"v": "tenderwell/bid/v1",
     "lots": [{"lot_id": "lot-1", "amount": "1250.00", "currency": "EUR",
               "items": [{"item_id": "item-1", "unit_amount": "12.50", "quantity": "100"}]}],
     "answers": {"Which warranty do you give?": "Five years."},
     "declarations": ["no-conflict-of-interest"],
     "tenderers": [{"id": "PA-ORG-7", "name": "Bright Lamps Ltd", "part": ""}],
     "subcontractors": [{"id": "PA-ORG-9", "name": "Pole Works", "part": "Erecting the poles"}]}

Amounts and quantities are strings: up to 15 digits, a point and up to 6 decimals if any, no sign, no exponent, no
superfluous leading zero. amount and unit_amount are without VAT. A lot's amount is the sum of unit_amount x quantity
over its items, exact or rounded half up to 2 decimals; a lot without items states its amount alone. A tender that is
not divided has one lot with lot_id "". tenderers: one, or the members of a consortium, the leader first.

A bid in two envelopes has this file in both: in stage "technical" lots is empty, in stage "price" answers, declarations
and subcontractors are.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Annotated, Final, Literal

from msgspec import Meta, structs

from tenderwell.ledger.sealing.canonical import Identifier, IdentifierOrNone, Line, Strict, decode, encode
from tenderwell.ledger.sealing.findings import Finding, PackageError, Verdict, refuse

NAME: Final = "bid.json"
TECHNICAL: Final = "technical"  # the stage of the envelope that must not state a price
PRICE: Final = "price"
VERSION: Final = "tenderwell/bid/v1"
LIMIT = 8_388_608
Number = Annotated[str, Meta(pattern=r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?\Z")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
Text = Annotated[str, Meta(pattern=r"^[^\x00]{0,50000}\Z")]
_EXACT = Context(prec=60)
_CENT = Decimal("0.01")


class ItemPrice(Strict, frozen=True):
    """The price of one item of the lot."""

    item_id: Identifier
    unit_amount: Number
    quantity: Number

    @property
    def amount(self) -> Decimal:
        """unit_amount x quantity, exact."""
        return _EXACT.multiply(Decimal(self.unit_amount), Decimal(self.quantity))


class LotOffer(Strict, frozen=True):
    """What is offered for one lot; lot_id "" for a tender without lots."""

    lot_id: IdentifierOrNone
    amount: Number
    currency: Currency
    items: tuple[ItemPrice, ...]

    @property
    def value(self) -> Decimal:
        """The stated amount, without VAT."""
        return Decimal(self.amount)

    @property
    def total(self) -> Decimal:
        """The sum over the items, exact; the stated amount when there are none."""
        total = Decimal(0)
        for item in self.items:
            total = _EXACT.add(total, item.amount)
        return total if self.items else self.value


class Party(Strict, frozen=True):
    """A tenderer or subcontractor. part: what it does, may be empty."""

    id: Identifier
    name: Line
    part: Annotated[str, Meta(pattern=r"^[^\x00]{0,1000}\Z")] = ""


class BidResponse(Strict, frozen=True):
    """The whole bid but for its attachments."""

    lots: tuple[LotOffer, ...]
    tenderers: tuple[Party, ...]
    answers: dict[Line, Text] = {}
    declarations: tuple[Identifier, ...] = ()
    subcontractors: tuple[Party, ...] = ()
    v: Literal["tenderwell/bid/v1"] = VERSION

    def lot(self, lot_id: str) -> LotOffer | None:
        """The offer for this lot."""
        return next((lot for lot in self.lots if lot.lot_id == lot_id), None)


def part_for(response: BidResponse, *, stage: str) -> BidResponse:
    """What of a whole bid goes into the envelope of this stage."""
    if stage == TECHNICAL:
        return structs.replace(response, lots=())
    return BidResponse(lots=response.lots, tenderers=response.tenderers) if stage == PRICE else response


def encode_response(response: BidResponse, *, stage: str = "bid") -> bytes:
    """The bytes of bid.json. Raises PackageError when the response would not be accepted."""
    raw = encode(response)
    parse_response(raw, stage=stage)
    return raw


def parse_response(raw: bytes, *, stage: str = "bid") -> BidResponse:
    """The response in exactly these bytes, of an envelope of this stage. Raises PackageError with every reason."""
    try:
        response = decode(raw, form=BidResponse, limit=LIMIT)
        if encode(response) != raw:
            raise ValueError("a field is missing")
    except ValueError as error:
        raise refuse(Verdict.RESPONSE_MALFORMED, f"{NAME} is not a {VERSION} bid: {error}.") from error
    findings = (*_stage_findings(response, stage), *_form_findings(response), *_total_findings(response))
    if findings:
        raise PackageError(*findings)
    return response


def adds_up(lot: LotOffer) -> bool:
    """Whether the stated amount is the sum of the items, exact or rounded half up to 2 decimals."""
    return lot.value in (lot.total, rounded(lot.total))


def rounded(total: Decimal) -> Decimal:
    """A sum of money with 2 decimals, half up."""
    return total.quantize(_CENT, rounding=ROUND_HALF_UP, context=_EXACT)


def _form_findings(response: BidResponse) -> Iterator[Finding]:
    lot_ids = [lot.lot_id for lot in response.lots]
    rules = (
        (len(set(lot_ids)) != len(lot_ids), "A lot is offered twice."),
        ("" in lot_ids and len(lot_ids) > 1, "A bid for the undivided tender names no lots beside it."),
        (len({lot.currency for lot in response.lots}) > 1, "The lots are offered in unlike currencies."),
        (not response.tenderers, "No tenderer is named."),
        (any(map(_has_twins, _party_ids(response))), "An organisation is named twice."),
        (any(_has_twins([item.item_id for item in lot.items]) for lot in response.lots), "An item is priced twice."),
    )
    return (Finding(Verdict.RESPONSE_MALFORMED, text) for is_wrong, text in rules if is_wrong)


def _stage_findings(response: BidResponse, stage: str) -> Iterator[Finding]:
    """Prices where they belong, and nowhere else."""
    if stage == TECHNICAL and response.lots:
        yield Finding(Verdict.RESPONSE_MALFORMED, "The technical envelope states a price.")
    if stage != TECHNICAL and not response.lots:
        yield Finding(Verdict.RESPONSE_MALFORMED, "The bid offers no lot.")
    if stage == PRICE and (response.answers or response.declarations or response.subcontractors):
        yield Finding(Verdict.RESPONSE_MALFORMED, "The price envelope says more than prices.")


def _total_findings(response: BidResponse) -> Iterator[Finding]:
    for lot in response.lots:
        if not adds_up(lot):
            where = f"Lot {lot.lot_id}" if lot.lot_id else "The offer"
            text = f"{where} states {lot.amount} {lot.currency}, but its items come to {lot.total:f}."
            yield Finding(Verdict.TOTALS_WRONG, text)


def _party_ids(response: BidResponse) -> Iterator[list[str]]:
    for group in (response.tenderers, response.subcontractors):
        yield [party.id for party in group]


def _has_twins(names: list[str]) -> bool:
    return len(set(names)) != len(names)
