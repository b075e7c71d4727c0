"""bids.json: the bids to open with their proofs, and what a member's program checks before it releases a share. Pure.

    {"v": "tenderwell/bids-to-open/v1", "tender": "ocds-pa-0001", "closing": "c2sp.org/tlog-proof@v1…", "policy": "…",
     "stage": "bid", "permit": "", "bids": [{"header": {…}, "leaf": LEAF}],
     "ended": [{"end": "replaced" | "withdrawn" | "lapsed" | "void" | "later" | "opened" | "shut", "leaf": LEAF,
                "withdrawal": LEAF}]}
    LEAF = {"index": 7, "path": ["base64…"], "preimage": {"commitment": "hex", "received": "…", "tender": "…", …}}

closing: the proof of the leaf tender.closed/v1, with the leaf as extra. Every path leads to the root of the same
checkpoint, so that one signed tree holds the end of the period and each bid before it. withdrawal: of withdrawn bids.

A bid in two envelopes is opened in two stages, "technical" and "price"; the file lists the envelopes of one stage, and
the others as "later" or "opened". A price envelope is opened only when permit, the proof of a leaf opening.next/v1 with
the leaf as extra, names it; what the leaf names under "shut" stays shut.
"""

from __future__ import annotations

import json
from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from tenderwell.ledger.note import BadNote, parse_hash
from tenderwell.ledger.policy import Policy
from tenderwell.ledger.proof import Proof, check_proof, parse_proof
from tenderwell.ledger.sealing.canonical import Identifier, Size, Stage, Strict, decode, encode, sha256_hex
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.header import Header, parse_header
from tenderwell.ledger.sealing.response import PRICE
from tenderwell.ledger.tree import BadProof, check_inclusion, leaf_hash

VERSION: Final = "tenderwell/bids-to-open/v1"
LIMIT = 268_435_456


class NotProved(ValueError):
    """Why no share may be released, a sentence each."""


class Leaf(Strict, frozen=True):
    """A blind leaf with what opens it. path: the siblings up to the closing checkpoint's root, in base64."""

    index: Size
    path: tuple[str, ...]
    preimage: dict[str, Any]

    @property
    def commitment(self) -> str:
        return str(self.preimage.get("commitment"))

    @property
    def bidder(self) -> str:
        return str(self.preimage.get("bidder"))

    @property
    def entry(self) -> bytes:
        """The ledger's entry as this preimage makes it."""
        return encode({"type": "sealed/v1", "c": sha256_hex(encode(self.preimage))})


class Listed(Strict, frozen=True):
    """A bid with the leaf that says it came."""

    leaf: Leaf


class ToOpen(Listed, frozen=True):
    """A bid that stands."""

    header: dict[str, Any]


class Ended(Listed, frozen=True):
    """A bid that stays shut."""

    end: Literal["replaced", "withdrawn", "lapsed", "void", "later", "opened", "shut"]
    withdrawal: Leaf | None = None


class BidsToOpen(Strict, frozen=True):
    """Every bid that came in time, and whether it is to be opened."""

    tender: Identifier
    closing: str
    policy: str
    bids: tuple[ToOpen, ...]
    ended: tuple[Ended, ...] = ()
    stage: Stage = "bid"
    permit: str = ""
    v: Literal["tenderwell/bids-to-open/v1"] = VERSION


class Checked(NamedTuple):
    """What was proved. times: when each witness cosigned the closing checkpoint, POSIX seconds."""

    headers: tuple[Header, ...]
    ended: int
    size: int
    times: dict[str, int]


def parse_bids(raw: bytes) -> BidsToOpen:
    """Raises NotCanonical for any other form."""
    return decode(raw, form=BidsToOpen, limit=LIMIT)


def check_bids(
    listed: BidsToOpen, *, tender: str, closes: datetime, policy: Policy, known: Sequence[str] = ()
) -> Checked:
    """The bids to open, when the ledger proves each and none is missing. Raises NotProved.

    known: commitments on receipts that the member has seen; each must be in the list.
    """
    closing, times = closing_proved(listed, tender=tender, closes=closes, policy=policy)
    headers = tuple(header_of(bid) for bid in listed.bids)
    if listed.tender != tender:
        raise NotProved(f"The list is of {listed.tender}, not of {tender}.")
    flaws = [
        *leaf_flaws(listed, closing=closing, tender=tender, closes=closes),
        *header_flaws(listed.bids, headers),
        *missing(listed, headers, known=known),
        *wrongly_ended(listed),
        *out_of_turn(listed, headers, admitted=admitted_in(listed, closing=closing, tender=tender, policy=policy)),
    ]
    if flaws:
        raise NotProved(" ".join(flaws))
    return Checked(headers, len(listed.ended), tree_size(closing), times)


def closing_proved(
    listed: BidsToOpen, *, tender: str, closes: datetime, policy: Policy
) -> tuple[Proof, dict[str, int]]:
    """The proof of the end of the period, and when the witnesses saw it. Raises NotProved."""
    try:
        proof = parse_proof(listed.closing)
        seen = check_proof(proof, leaf_hash(proof.extra), policy=policy)
        leaf = json.loads(proof.extra)
        if (leaf["type"], leaf["tender"]) != ("tender.closed/v1", tender):
            raise NotProved("The entry in the ledger is not the end of this tender's period.")
        if datetime.fromisoformat(leaf["end"]) != closes:
            raise NotProved("The ledger has another end of the period than the tender file.")
    except (BadProof, BadNote, KeyError, TypeError, json.JSONDecodeError) as error:
        raise NotProved(f"The end of the period is not proved: {error}.") from error
    return proof, seen.times


def admitted_in(listed: BidsToOpen, *, closing: Proof, tender: str, policy: Policy) -> frozenset[str]:
    """The envelopes that the ledger admits to this opening; none without a permit. Raises NotProved."""
    if not listed.permit:
        return frozenset()
    try:
        proof = parse_proof(listed.permit)
        check_proof(proof, leaf_hash(proof.extra), policy=policy)
        leaf = json.loads(proof.extra)
        named = (leaf["type"], leaf["tender"], leaf.get("stage"))
        if named != ("opening.next/v1", tender, listed.stage) or proof.index <= closing.index:
            raise NotProved("The entry in the ledger does not admit envelopes to this opening.")
        return frozenset(map(str, leaf["open"]))
    except (BadProof, BadNote, KeyError, TypeError, json.JSONDecodeError) as error:
        raise NotProved(f"It is not proved who passed: {error}.") from error


def tree_size(closing: Proof) -> int:
    return int(closing.note.text.split("\n")[1])


def header_of(bid: ToOpen) -> Header:
    try:
        return parse_header(encode(bid.header))
    except PackageError as error:
        raise NotProved(f"A header in the list is none: {error.finding.text}") from error


def every_bid(listed: BidsToOpen) -> tuple[Listed, ...]:
    return (*listed.bids, *listed.ended)


def leaves_of(listed: BidsToOpen) -> Iterator[Leaf]:
    """Every leaf of the list."""
    yield from (bid.leaf for bid in listed.bids)
    for bid in listed.ended:
        yield bid.leaf
        if bid.withdrawal:
            yield bid.withdrawal


def leaf_flaws(listed: BidsToOpen, *, closing: Proof, tender: str, closes: datetime) -> Iterator[str]:
    """What keeps a leaf from standing in the ledger, before the end, for this tender; none may be listed twice."""
    counted = Tally(leaf.index for leaf in leaves_of(listed))
    yield from (f"Entry {index} is listed {count} times." for index, count in counted.items() if count > 1)
    for leaf in leaves_of(listed):
        if flaw := leaf_flaw(leaf, closing=closing, tender=tender, closes=closes):
            yield f"Entry {leaf.index} (bid {leaf.commitment[:12]}): {flaw}"


def leaf_flaw(leaf: Leaf, *, closing: Proof, tender: str, closes: datetime) -> str:
    size, root = tree_size(closing), parse_hash(closing.note.text.split("\n")[2])
    try:
        path = [parse_hash(each) for each in leaf.path]
        check_inclusion(leaf_hash(leaf.entry), index=leaf.index, size=size, root=root, proof=path)
        is_late = datetime.fromisoformat(str(leaf.preimage.get("received"))) >= closes
    except (BadProof, ValueError, TypeError) as error:
        return f"it is not proved to be in the ledger ({error})."
    if leaf.preimage.get("tender") != tender:
        return "it is another tender's."
    if is_late or leaf.index > closing.index:
        return "it came after the end of the period."
    return ""


def header_flaws(bids: Iterable[ToOpen], headers: Iterable[Header]) -> Iterator[str]:
    """A header that is not the one in the ledger, and a second bid of the same bidder."""
    series = Tally((header.core.bidder, header.core.stage) for header in headers)
    yield from (f"Two bids of {bidder} are to be opened." for (bidder, _), count in series.items() if count > 1)
    for bid, header in zip(bids, headers, strict=True):
        if (header.commitment, header.core.bidder) != (bid.leaf.commitment, bid.leaf.bidder):
            yield f"Bid {header.commitment[:12]} is not the one in the ledger."
        if bid.leaf.preimage.get("act") != "bid.received":
            yield f"Bid {header.commitment[:12]}: its entry is no receipt of a bid."


def missing(listed: BidsToOpen, headers: Iterable[Header], *, known: Iterable[str]) -> Iterator[str]:
    """Bids that the list should have: replaced by one in it, counted by one in it, or on a receipt."""
    received = {each.leaf.commitment for each in every_bid(listed)}
    counted = Tally(each.leaf.bidder for each in every_bid(listed))
    for header in headers:
        if header.core.replaces and header.core.replaces not in received:
            yield f"Bid {header.core.replaces[:12]}, which {header.commitment[:12]} replaces, is not in the list."
        if counted[header.core.bidder] < header.core.seq:
            yield f"Earlier bids of {header.core.bidder} are not in the list."
    yield from (f"Bid {each[:12]} has a receipt and is not in the list." for each in known if each not in received)


def wrongly_ended(listed: BidsToOpen) -> Iterator[str]:
    """A bid stays shut as withdrawn with its bidder's withdrawal, as replaced when a later one came."""
    latest: dict[str, int] = {}
    for bid in every_bid(listed):
        latest[bid.leaf.bidder] = max(bid.leaf.index, latest.get(bid.leaf.bidder, -1))
    for bid in listed.ended:
        said = bid.withdrawal
        if bid.end == "withdrawn" and not (said and is_withdrawal(said, of=bid.leaf)):
            yield f"Bid {bid.leaf.commitment[:12]} is called withdrawn, but its withdrawal is not in the list."
        if bid.end == "replaced" and latest[bid.leaf.bidder] <= bid.leaf.index:
            yield f"Bid {bid.leaf.commitment[:12]} is called replaced, but no later bid of the bidder is in the list."


def is_withdrawal(leaf: Leaf, *, of: Leaf) -> bool:
    is_same = (leaf.commitment, leaf.bidder) == (of.commitment, of.bidder)
    return is_same and leaf.index > of.index and leaf.preimage.get("act") == "bid.withdrawn"


def encode_bids(listed: BidsToOpen) -> bytes:
    return encode(listed)


def out_of_turn(listed: BidsToOpen, headers: Sequence[Header], *, admitted: frozenset[str]) -> Iterator[str]:
    """One stage at a time; a price envelope only when the ledger says that its bid passed, and then every such one.

    What makes a price envelope stands in its header, under the bidder's seal, so no list can call it something else.
    """
    for header in headers:
        name = f"Bid {header.commitment[:12]}"
        if header.core.stage != listed.stage:
            yield f"{name} is an envelope of stage {header.core.stage}, and this is the opening of {listed.stage}."
        if header.core.stage == PRICE and header.commitment not in admitted:
            yield f"{name} is a price envelope, and no entry in the ledger says that its bid passed."
    missing_ones = admitted - {header.commitment for header in headers}
    yield from (f"Bid {each[:12]} passed and is not in the list." for each in sorted(missing_ones))
    bidders = {header.core.bidder for header in headers}
    for bid in listed.ended:
        if bid.end == "later" and bid.leaf.bidder not in bidders:
            yield f"Bid {bid.leaf.commitment[:12]} waits for its turn, but no other envelope of its bid is in the list."
