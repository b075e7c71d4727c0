"""What a bidder or member needs of one tender to seal or open without a connection: tender.json. Pure.

    {"v": "tenderwell/tender-file/v1", "tender": "ocds-pa-0001", "title": "Street lamps", "stage": "bid",
     "envelopes": ["bid"], "closes": "2026-12-01T12:00:00Z", "currency": "EUR",
     "lots": [{"id": "lot-1", "title": "North"}],
     "items": [{"id": "item-1", "lot_id": "lot-1", "description": "LED lamp", "unit": "piece", "quantity": "100"}],
     "questions": [{"title": "Warranty", "text": "At least five years", "words": 500, "is_essential": true}],
     "declarations": [{"id": "not-insolvent", "text": "The firm is not insolvent."}],
     "committee": {"type": "committee/v1", ...}, "price_committee": null}

items, questions and declarations may be empty; lots is empty, and an item's lot_id "", when the tender has no lots.
closes: RFC 3339 with its zone. words: the most words of an answer. A bid answers under a question's title.
envelopes: the sealed packages that make a bid, each with its stage, in the order of
their opening: ["bid"], or ["technical", "price"]; stage is the first of them. price_committee: who opens the price
envelopes, where that is not the committee that opens the others.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from tenderwell.ledger.sealing.canonical import (
    Counter,
    Identifier,
    IdentifierOrNone,
    Line,
    NotCanonical,
    Stage,
    Strict,
    encode,
)
from tenderwell.ledger.sealing.committee import Committee, parse_committee
from tenderwell.ledger.sealing.response import PRICE, Currency, Number

VERSION: Final = "tenderwell/tender-file/v1"


class Item(Strict, frozen=True):
    """One item to be priced."""

    id: Identifier
    lot_id: IdentifierOrNone
    description: str
    unit: str
    quantity: Number


class Lot(Strict, frozen=True):
    """A part of the tender that one may bid for alone."""

    id: Identifier
    title: str


class Question(Strict, frozen=True):
    """What a bid has to answer. text: what exactly is required, may be empty."""

    title: Line
    text: str
    words: Counter
    is_essential: bool


class Declaration(Strict, frozen=True):
    """What a bidder declares of itself to be let in."""

    id: Identifier
    text: str


class TenderFile(Strict, frozen=True):
    """The tender's facts, with the committee's logged record."""

    tender: Identifier
    title: Line
    stage: Stage
    closes: Annotated[datetime, Meta(tz=True)]
    currency: Currency
    committee: Committee
    lots: tuple[Lot, ...] = ()
    items: tuple[Item, ...] = ()
    questions: tuple[Question, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    envelopes: tuple[Stage, ...] = ("bid",)
    price_committee: Committee | None = None
    v: Literal["tenderwell/tender-file/v1"] = VERSION

    @property
    def lot_ids(self) -> tuple[str, ...]:
        """The lots one may bid for; one without a name when the tender is not divided."""
        return tuple(lot.id for lot in self.lots) or ("",)

    @property
    def committees(self) -> tuple[Committee, ...]:
        """The committee, and that for the prices, where it is another."""
        return (self.committee, self.price_committee) if self.price_committee else (self.committee,)

    def committee_for(self, stage: str) -> Committee:
        """Who opens the envelopes of this stage."""
        return self.price_committee if stage == PRICE and self.price_committee else self.committee


def encode_tender_file(tender: TenderFile) -> bytes:
    """The bytes to offer for download."""
    return encode(tender)


def parse_tender_file(raw: bytes) -> TenderFile:
    """The tender's facts. Raises NotCanonical when the file or its committee is not right."""
    try:
        tender = msgspec.json.decode(raw, type=TenderFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonical(f"not a tender file: {error}") from error
    for committee in tender.committees:
        parse_committee(committee.record)
        if committee.tender != tender.tender:
            raise NotCanonical("the committee is another tender's")
    return tender
