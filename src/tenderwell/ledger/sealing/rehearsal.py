"""rehearsal.json: a test envelope sealed to a committee, and what a member's program checks before it tries it. Pure.

    {"v": "tenderwell/rehearsal/v1", "committee": {"type": "committee/v1", …}, "header": {…}}

The header is that of a sealed package with stage "rehearsal" and bidder "rehearsal"; no bid can have that stage.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from tenderwell.ledger.sealing.canonical import Strict, decode, encode
from tenderwell.ledger.sealing.committee import Committee, parse_committee
from tenderwell.ledger.sealing.header import Header, check_structure, parse_header
from tenderwell.ledger.sealing.keys import recipient_of
from tenderwell.ledger.sealing.shares import Share, release

STAGE: Final = "rehearsal"
BIDDER: Final = "rehearsal"
LIMIT = 1_048_576


class NoRehearsal(ValueError):
    """Why nothing is tried."""


class TestEnvelope(Strict, frozen=True):
    """The committee's record and the header, as JSON values."""

    committee: dict[str, Any]
    header: dict[str, Any]
    v: Literal["tenderwell/rehearsal/v1"] = "tenderwell/rehearsal/v1"


def encode_rehearsal(test: TestEnvelope) -> bytes:
    return encode(test)


def parse_rehearsal(raw: bytes) -> tuple[Committee, Header]:
    """The committee and the header of the test envelope. Raises NoRehearsal, NotCanonical, PackageError."""
    test = decode(raw, form=TestEnvelope, limit=LIMIT)
    committee, header = parse_committee(encode(test.committee)), parse_header(encode(test.header))
    if header.core.stage != STAGE:
        raise NoRehearsal("this is a real bid, not a test envelope; nothing was opened")
    if flaws := check_structure(header, committee):
        raise NoRehearsal("; ".join(flaw.text for flaw in flaws))
    return committee, header


def rehearse(raw: bytes, *, identity: str) -> tuple[Committee, Share]:
    """The committee, and one's share of its test envelope. Raises NoRehearsal when the record does not name the key."""
    committee, header = parse_rehearsal(raw)
    mine = next((each for each in committee.members if each.recipient == recipient_of(identity)), None)
    if mine is None:
        raise NoRehearsal("the committee's record does not name this key; tell the buyer and the auditor")
    return committee, release(header, member=mine.id, identity=identity)
