"""What the header of a sealed bid must say to be its bidder's next bid, and what there must be to open. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts
from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.findings import PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import Header, check_structure, parse_header
from tenderwell.workroom.bidding.rules.facts import CURRENT_BIDS, IS_DIVIDED, MY_BID, SECRECY
from tenderwell.workroom.bidding.rules.period import is_secret

MOST_HEADERS = 100  # that one bidder may hand in for one envelope of a tender
MOST_RECEIVED = 262_144  # bytes of a header


@dataclass(frozen=True)
class LastBid:
    """The bidder's latest bid of this stage, whatever became of it."""

    seq: int
    commitment: str


def has_bids(facts: Facts) -> Reason | None:
    if is_secret(facts) or facts[CURRENT_BIDS]:
        return None
    return Reason("no_bids", "No bid was received. The lead can record that and end the procedure.")


def has_no_bids(facts: Facts) -> Reason | None:
    if is_secret(facts) or not facts[CURRENT_BIDS]:
        return None
    text = "Bids were received; the committee has to open them."
    return Reason("bids_received", text, SECRECY)


def some_passed(facts: Facts) -> Reason | None:
    """The ledger says whose price envelopes are opened; before the closing nothing is said at all."""
    if facts[CURRENT_BIDS]:
        return None
    return Reason("nobody_passed", "No bid passed, so no price is opened. The lead ends the process without an award.")


def is_undivided(facts: Facts) -> Reason | None:
    """One price envelope would show the price of a lot in which the bid did not pass."""
    if not facts[IS_DIVIDED]:
        return None
    text = "In two envelopes a tender has no lots. Remove them, or choose the open procedure."
    return Reason("divided", text)


def has_bid(facts: Facts) -> Reason | None:
    if facts[MY_BID]:
        return None
    return Reason("no_bid_of_yours", "Your organisation has no bid in this process now.")


def read_header(raw: bytes) -> Header | Reason:
    """The header, or why these bytes are none."""
    try:
        return parse_header(raw)
    except PackageError as error:
        text = "The file “header.json” is not a sealed bid's header. Seal the bid again. ({problem})"
        return Reason("header_malformed", text, field="header", values={"problem": (error.finding.text,)})


def header_reasons(
    header: Header,
    *,
    committee: Committee,
    bidder: str,
    lots: frozenset[str],
    last: LastBid | None,
    envelopes: Sequence[str] = ("bid",),
) -> Iterable[Reason | None]:
    """Everything that keeps a well-formed header from being this bidder's next bid.

    lots: of the tender, if any. last: the bidder's latest of this envelope. envelopes: what a bid consists of here.
    """
    for finding in check_structure(header, committee):
        text = "The bid was not sealed for this tender’s committee. Seal it again with its record. ({problem})"
        yield Reason("other_committee", text, SECRECY, field="header", values={"problem": (finding.text,)})
    yield right_bidder(header, bidder=bidder)
    yield right_lots(header, lots=lots)
    yield right_envelope(header, envelopes=envelopes)
    yield right_turn(header, last=last)
    yield few_enough(last)


def right_bidder(header: Header, *, bidder: str) -> Reason | None:
    if header.core.bidder == bidder:
        return None
    text = "The bid was sealed for {sealed}, but you act for {bidder}. Seal it for your own organisation."
    return Reason("other_bidder", text, field="header", values={"sealed": header.core.bidder, "bidder": bidder})


def right_lots(header: Header, *, lots: frozenset[str]) -> Reason | None:
    named = set(header.core.lots)
    if named <= lots and bool(named) == bool(lots):
        return None
    text = "The bid must name the lots it is for: some of {lots}." if lots else "This tender has no lots: name none."
    return Reason("other_lots", text, field="header", values={"lots": ", ".join(sorted(lots))})


def right_envelope(header: Header, *, envelopes: Sequence[str]) -> Reason | None:
    """A bidder has one bid, so nothing is taken beside the envelopes that the procedure knows."""
    if header.core.stage in envelopes:
        return None
    text = "This was sealed as “{stage}”. Here a bid consists of: {envelopes}. Seal it again with the tender file."
    values = {"stage": header.core.stage, "envelopes": ", ".join(envelopes)}
    return Reason("other_envelope", text, field="header", values=values)


def few_enough(last: LastBid | None) -> Reason | None:
    """Each bid is kept and stands in the opening record for ever, so nobody may flood a tender with them."""
    if last is None or last.seq < MOST_HEADERS:
        return None
    text = (
        "You have handed in as many bids for this tender as one bidder may: {count}. Your last complete one counts; "
        "you can still withdraw it. If you need another, ask the buyer in time."
    )
    return Reason("too_many_bids", text, values={"count": str(MOST_HEADERS)})


def right_turn(header: Header, *, last: LastBid | None) -> Reason | None:
    """A later bid counts on and names the one before it, so that no order of arrival is left to anyone."""
    seq, replaces = (last.seq + 1, last.commitment) if last else (1, None)
    if (header.core.seq, header.core.replaces) == (seq, replaces):
        return None
    text = "This must be your bid number {seq}, replacing {replaces}. Seal it again with these facts."
    return Reason("wrong_turn", text, field="header", values={"seq": str(seq), "replaces": replaces or "none"})


def right_payload(header: Header, *, sha256: str, size: int | None) -> Reason | None:
    """size: of the stored file in bytes; None when there is no such file."""
    if size is None:
        return Reason("no_such_file", "Upload the file “payload.age” first.", field="payload")
    if (header.payload.sha256, header.payload.size) == (sha256, size):
        return None
    text = "The payload is not the one that the header names: it changed on its way, or belongs to another bid."
    return Reason("payload_changed", text, field="payload")


def unreadable(text: str) -> PackageError:
    """The verdict on a bid that opened, but does not say what a bid has to say."""
    return refuse(Verdict.RESPONSE_MALFORMED, text)
