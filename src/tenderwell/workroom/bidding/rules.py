"""When bids may come and be opened, what makes a committee, and what a sealed header must say. Pure."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts
from tenderwell.ledger.sealing.committee import Committee, Member, committee_flaws
from tenderwell.ledger.sealing.findings import PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import Header, check_structure, parse_header
from tenderwell.ledger.sealing.shares import Complaint, Share, check_complaint, check_share

COMMITTEE_NAMED = Fact[bool]("bidding.committee_named", False)
IS_MEMBER = Fact[bool]("bidding.is_member", False)  # the acting person is on the committee whose turn it is
HAS_PLACE = Fact[bool]("bidding.has_place", False)  # the acting person is on a committee of this process
HAS_TEST = Fact[bool]("bidding.has_test", False)  # there is a test envelope for the acting person
HAS_KEY = Fact[bool]("bidding.has_key", False)  # the acting person has proved a key in this process
CLOSING = Fact[datetime | None]("bidding.closing", None)  # when the end of the period was announced
CURRENT_BIDS = Fact[int]("bidding.current_bids", 0)  # bids that would be opened now
AWAITED = Fact[int]("bidding.awaited", 0)  # announced bids whose payload has not come
GRACE = Fact[tuple[int, str]]("bidding.grace", (0, ""))  # seconds for payloads after the end, and the source
LATER_END = Fact[datetime | None]("bidding.later_end", None)  # when bids close because the service failed
BIDS_OPENED = Fact[bool]("bidding.bids_opened", False)
MY_BID = Fact[str]("bidding.my_bid", "")  # commitment of the acting organisation's current bid
IS_DIVIDED = Fact[bool]("bidding.is_divided", False)  # the tender has lots
HAS_RELEASED = Fact[bool]("bidding.has_released", False)  # the acting member has released shares

DRAIN = timedelta(seconds=30)  # what arrived in time may still be waiting for the lock
SECRECY = "2014/24/EU Art. 22(3)"
OUTAGE = "UNCITRAL Model Law on Public Procurement (2011) Art. 14"
LATE = "period_over"  # the code of the reason against a bid that came too late
GRACE_OVER = "grace_over"  # and against the rest of a bid that was announced in time
MOST_HEADERS = 100  # that one bidder may hand in for one envelope of a tender
MOST_RECEIVED = 262_144  # bytes of a header


@dataclass(frozen=True)
class KeyHolder:
    """A member as the rules see one: the proved public key and the organisation."""

    recipient: str
    organisation: str


class Given(Protocol):
    """What a member gives for one bid: a share, or the key of an envelope without one, both in hex; or one's word."""

    commitment: str
    share: str
    file_key: str
    is_unreadable: bool


@dataclass(frozen=True)
class LastBid:
    """The bidder's latest bid of this stage, whatever became of it."""

    seq: int
    commitment: str


def before_deadline(facts: Facts) -> Reason | None:
    """The instant that counts is when the header had arrived in full; at the end instant the period is over."""
    period = facts.periods.get("tenderPeriod")
    if period and period.is_open(facts.now) and facts[CLOSING] is None:
        return None
    text = "The tender period is over: bids stand as they are. For a bid that comes now you get a signed refusal."
    return Reason(LATE, text, f"{SECRECY}; Annex IV (b)")


def after_deadline(facts: Facts) -> Reason | None:
    """Over by the clock, or announced as over while this process's clock is slow."""
    period = facts.periods.get("tenderPeriod")
    if facts[CLOSING] or (period and period.is_over(facts.now)):
        return None
    return Reason("period_open", "The tender period is still open: submit the bid instead.", SECRECY)


def drained(facts: Facts) -> Reason | None:
    """Bids stamped in time may wait for the process a moment longer than the period lasts."""
    period = facts.periods.get("tenderPeriod")
    if period and facts.now >= period.end + DRAIN:
        return None
    text = "Wait {seconds} seconds after the end of the period: what arrived in time is still being written down."
    return Reason("still_arriving", text, SECRECY, values={"seconds": str(int(DRAIN.total_seconds()))})


def not_announced(facts: Facts) -> Reason | None:
    if facts[CLOSING] is None:
        return None
    return Reason("announced_already", "The end of the period has been announced already. Nothing more is needed.")


def no_outage_unsettled(facts: Facts) -> Reason | None:
    """Nobody can announce an end that the service's own failure has moved."""
    if facts[LATER_END] is None:
        return None
    text = "The service failed before the end, so bids close later. Extend the period for the outage first."
    return Reason("outage_unsettled", text, OUTAGE)


def outage_counts(facts: Facts) -> Reason | None:
    if facts[LATER_END]:
        return None
    text = "The service did not fail for as long, or as near to the end, as the rules ask for. Bids close as published."
    return Reason("no_outage", text, OUTAGE)


def end_not_announced(facts: Facts) -> Reason | None:
    """Shares may have been released: a bid taken now could know what others offered."""
    if facts[CLOSING] is None:
        return None
    text = (
        "The end has been announced, so its entry in the ledger fixes which bids count. An outage found now extends "
        "nothing; whoever could not bid because of it can complain."
    )
    return Reason("announced_already", text, SECRECY)


def announced(facts: Facts) -> Reason | None:
    if facts[CLOSING]:
        return None
    text = "Announce the end of the period first; members check its entry in the ledger before they release shares."
    return Reason("not_announced", text, SECRECY)


def is_secret(facts: Facts) -> bool:
    """Before the end is announced no answer of ours may tell whether there are bids."""
    return facts[CLOSING] is None


def within_grace(facts: Facts) -> Reason | None:
    """The payload of a bid announced in time may follow for as long as the jurisdiction grants."""
    seconds, source = facts[GRACE]
    period = facts.periods.get("tenderPeriod")
    if period and facts.now < period.end + timedelta(seconds=seconds):
        return None
    text = "The {minutes} minutes for sending what was announced in time are over."
    return Reason(GRACE_OVER, text, source, values={"minutes": str(seconds // 60)})


def nothing_awaited(facts: Facts) -> Reason | None:
    """Opening waits for announced payloads, but no longer than the grace lasts."""
    if is_secret(facts) or not facts[AWAITED] or within_grace(facts):
        return None
    text = "{count} bids announced in time are still being sent. Wait until they are here or their time is over."
    return Reason("payload_awaited", text, facts[GRACE][1], values={"count": str(facts[AWAITED])})


def is_committee_member(facts: Facts) -> Reason | None:
    if facts[IS_MEMBER]:
        return None
    text = "You hold no key of the committee that opens these envelopes, so there is no share of yours to release."
    return Reason("no_key_in_committee", text, SECRECY)


def is_on_a_committee(facts: Facts) -> Reason | None:
    if facts[HAS_PLACE]:
        return None
    text = "You hold no key of an opening committee of this process, so there is nothing for you to rehearse."
    return Reason("no_key_in_committee", text, SECRECY)


def has_test_envelope(facts: Facts) -> Reason | None:
    """Committees that were named before test envelopes existed have none."""
    if facts[HAS_TEST] or not facts[HAS_PLACE]:
        return None
    text = (
        "This committee was named before there were test envelopes, so there is none to rehearse with. Nothing else "
        "is missing: your key opens bids all the same. A committee that is named now gets one."
    )
    return Reason("no_test_envelope", text, SECRECY)


def not_released(facts: Facts) -> Reason | None:
    if is_secret(facts) or not facts[HAS_RELEASED]:
        return None
    return Reason("released_already", "You have released your shares already. Wait for the other members.")


def is_own_number(given: str, *, member: str) -> Reason | None:
    if given == member:
        return None
    text = "These are the shares of {given}, but you are {member}. Make the file with your own key."
    return Reason("other_member", text, field="handover", values={"given": given, "member": member})


def is_nobodys_deputy(member: str) -> Reason | None:
    """member: for whom the deputy stands in already, "" for none. With two consents one person could open alone."""
    if not member:
        return None
    text = "This deputy already stands in for {member}. Nobody gives the consent of two members: choose another deputy."
    return Reason("deputy_of_another", text, SECRECY, field="handover", values={"member": member})


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


def committee_named(facts: Facts) -> Reason | None:
    if facts[COMMITTEE_NAMED]:
        return None
    text = "Name the opening committee first: bids are sealed to its keys."
    return Reason("no_committee", text, SECRECY)


def committee_reasons(
    holders: Sequence[KeyHolder], *, k: int, buyer: str, minimum: tuple[int, int], source: str = ""
) -> Iterable[Reason | None]:
    """Everything against this committee. minimum: the least k and n of the jurisdiction, by this source."""
    listed = [Member(id=f"member-{place}", recipient=holder.recipient) for place, holder in enumerate(holders, 1)]
    for flaw in committee_flaws(listed, k=k, n=len(holders)):
        text = "This cannot be a committee: {flaw}."
        yield Reason("committee_rules", text, SECRECY, field="members", values={"flaw": (flaw,)})
    yield outside_member(holders, buyer=buyer)
    yield large_enough(k, n=len(holders), minimum=minimum, source=source)


def outside_member(holders: Sequence[KeyHolder], *, buyer: str) -> Reason | None:
    if any(holder.organisation != buyer for holder in holders):
        return None
    text = "At least one member must come from outside the buyer, for example from the audit office or a civic group."
    return Reason("no_outside_member", text, SECRECY, field="members")


def large_enough(k: int, *, n: int, minimum: tuple[int, int], source: str = "") -> Reason | None:
    """The larger the purchase, the more people it takes to open early, and the more keys may be lost."""
    least_k, least_n = minimum
    if k >= least_k and n >= least_n:
        return None
    text = "For this value at least {n} members are needed, of whom at least {k} open together."
    return Reason("committee_too_small", text, source, "k", {"k": str(least_k), "n": str(least_n)})


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
        "You have handed in {count} bids for this tender, the most that one bidder may. Your last complete one counts; "
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


def signing_key_flaw(key: str) -> Reason | None:
    """An Ed25519 public key is 32 bytes in base64; none at all will do."""
    try:
        length = len(b64decode(key, validate=True))
    except (NotBase64, ValueError):
        length = -1
    if not key or length == 32:
        return None
    return Reason("signing_key", "This is no Ed25519 public key: 32 bytes in base64 are expected.", field="signing_key")


def share_reason(given: Given, *, place: int, member: str, header: Header | None) -> Reason | None:
    """What is wrong with what a member gives for a bid; header: of that bid, None when it is not to be opened."""
    field = f"shares.{place}.share"
    if header is None:
        text = "Bid {bid} is not to be opened: it was replaced, withdrawn, came late, or is unknown. Keep its share."
        return Reason("not_to_be_opened", text, SECRECY, field=f"shares.{place}.commitment", values=short(given))
    if [bool(given.share), bool(given.file_key), given.is_unreadable].count(True) != 1:
        text = "For bid {bid} give one of these: the share, the key of the broken envelope, or that it does not open."
        return Reason("share_or_key", text, field=field, values=short(given))
    problem = share_flaw(given, member=member, header=header)
    if not problem:
        return None
    text = "What you gave for bid {bid} cannot be used: {problem}"
    return Reason("wrong_share", text, field=field, values={**short(given), "problem": (problem,)})


def share_flaw(given: Given, *, member: str, header: Header) -> str:
    """In words, or "" when the share fits the bidder's commitment, or the complaint is founded."""
    if given.is_unreadable:
        return ""  # nobody else can try; the member's word is published, and a reviewer can ask for the key
    if given.share:
        finding = check_share(Share(member=member, commitment=given.commitment, share=given.share), header=header)
        return finding.text if finding else ""
    try:
        check_complaint(Complaint(member=member, commitment=given.commitment, file_key=given.file_key), header=header)
    except PackageError as error:
        return error.finding.text
    return ""


def short(given: Given) -> dict[str, str]:
    return {"bid": given.commitment[:12]}


def all_released(given: Collection[str], *, expected: Iterable[str]) -> Reason | None:
    """A member opens all bids or none, so that nobody chooses whose bid is opened."""
    missing = [commitment[:12] for commitment in expected if commitment not in given]
    if not missing:
        return None
    text = "Shares of these bids are missing: {bids}. Release all of them together."
    return Reason("shares_missing", text, field="shares", values={"bids": ", ".join(missing)})


def unreadable(text: str) -> PackageError:
    """The verdict on a bid that opened, but does not say what a bid has to say."""
    return refuse(Verdict.RESPONSE_MALFORMED, text)
