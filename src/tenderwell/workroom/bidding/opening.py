"""Open every bid with the released shares, or state why one stays shut, and write down what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from tenderwell.core import files
from tenderwell.core.errors import Reason, Refused
from tenderwell.core.events import Event
from tenderwell.core.inputs import is_long
from tenderwell.ledger.sealing import opening as sealing
from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.findings import Blame, Finding, PackageError, Verdict
from tenderwell.ledger.sealing.header import Header
from tenderwell.ledger.sealing.inner import FileFacts
from tenderwell.ledger.sealing.response import LIMIT, NAME, TECHNICAL, BidResponse, parse_response
from tenderwell.ledger.sealing.shares import Complaint, Share, check_complaint
from tenderwell.workroom.bidding import events, minutes, notices, queries, rules
from tenderwell.workroom.bidding.models import Bid, BidFile, BidItem, BidLot, Opening, ReleasedShare, SealedBid
from tenderwell.workroom.process.models import Process


@dataclass
class Found:
    """What opening one bid gave: the files as they were stored, bid.json as read, or the verdict against it."""

    files: list[FileFacts] = field(default_factory=list)
    response: BidResponse | None = None
    identity: str = ""
    flaw: Finding | None = None


def share_of(released: ReleasedShare) -> Share:
    return Share(member=released.member, commitment=released.bid.commitment, share=released.share)


def share_event(released: ReleasedShare) -> Event:
    """The leaf that shows what a member released, without showing it."""
    member, commitment = released.member, released.bid.commitment
    if released.file_key:
        return events.EnvelopeContested(member=member, commitment=commitment, file_key=released.file_key)
    if not released.share:
        return events.EnvelopeUnreadable(member=member, commitment=commitment)
    return events.ShareReleased(member=member, commitment=commitment, sha256=share_of(released).digest)


def is_complete(bids: Sequence[SealedBid], *, committee: Committee) -> bool:
    """Whether every bid can be opened, or is proved to be impossible to open, with what members released so far."""
    released = list(ReleasedShare.objects.filter(bid__in=bids))
    for bid in bids:
        mine = [each for each in released if each.bid_id == bid.pk]
        shares = sum(bool(each.share) for each in mine)
        if shares < committee.k and committee.n - (len(mine) - shares) >= committee.k:
            return False
    return True


def open_all(process: Process, *, committee: Committee, now: datetime) -> tuple[Event, ...]:
    """Open every bid that stands; returns what is to be recorded. Raises Refused when a stored payload was damaged."""
    standing = list(queries.current_bids(process))
    end_the_rest(process, standing, now=now)
    codes = minutes.codes_of(process)
    is_price = queries.envelope_to_open(process) != queries.envelopes_of(process)[0]
    for sealed in standing:
        found = found_in(sealed, committee=committee)
        if is_price:
            keep_price(sealed, found, now=now)
        else:
            keep(sealed, found, code=codes[sealed.commitment], now=now)
    return close(process, now=now)


def close_empty(process: Process, *, now: datetime) -> tuple[Event, ...]:
    """The record of an opening without bids to open; what was withdrawn or came late is accounted for all the same."""
    end_the_rest(process, [], now=now)
    return close(process, now=now)[1:]


def end_the_rest(process: Process, standing: Sequence[SealedBid], *, now: datetime) -> None:
    """What is not opened, and never will be, gets its end.

    At the first opening: an announced bid whose payload did not come within the grace, and an envelope without the
    others of its bid, are no bid. At a later one: what the ledger did not admit stays shut.
    """
    stage = queries.envelope_to_open(process)
    rest = process.sealed_bids.exclude(pk__in=[bid.pk for bid in standing])
    if stage == queries.envelopes_of(process)[0]:
        bidders = {bid.bidder_id for bid in standing}
        rest.filter(state="declared").update(state="lapsed", ended_at=now)
        rest.filter(state="submitted").exclude(bidder__in=bidders).update(state="lapsed", ended_at=now)
    else:
        rest.filter(state="submitted", stage=stage).update(state="shut", ended_at=now)


def close(process: Process, *, now: datetime) -> tuple[Event, ...]:
    """Write the opening record, and what is published of it."""
    stage = queries.envelope_to_open(process)
    record = minutes.opening_record(process, now=now)
    plain, digest = minutes.plain_and_digest(record)
    Opening.objects.create(process=process, stage=stage, opened_at=now, record=plain, sha256=digest)
    done = events.OpeningDone(tender=process.ocid, sha256=digest)
    bids = list(queries.opened_bids(process))
    if stage == queries.envelopes_of(process)[0]:
        release = notices.opened_parts(process, bids, record=record, now=now)
        return events.BidsOpened(count=len(bids), release=release), done
    priced = [bid for bid in bids if bid.priced_id]
    return events.PricesOpened(count=len(priced), release=notices.priced_parts(process, priced, record=record)), done


def found_in(sealed: SealedBid, *, committee: Committee) -> Found:
    """The content of one bid, or the verdict. Raises Refused when our own copy of the payload is damaged."""
    header = sealed.parsed
    released = list(sealed.released_shares.select_related("bid").order_by("member"))
    shares = [share_of(each) for each in released if each.share]
    if len(shares) < committee.k:
        return Found(flaw=complaint_of(header, released))
    found = Found()
    try:
        with files.open_stored(sealed.payload_sha256) as payload:
            opened = sealing.open_package(header, payload, shares=shares, committee=committee, sink=storing(found))
        found.identity = opened.identity
        found.response = read_response(found, header=header, currency=sealed.process.value_currency)
    except PackageError as error:
        refuse_own_damage(sealed, error.finding)
        found.flaw = error.finding
    return found


def storing(found: Found) -> sealing.Sink:
    """Keep each file under its own hash; its name stays a text in a table and is never a path."""

    def sink(facts: FileFacts, pieces: Iterator[bytes]) -> None:
        files.store(pieces, limit=facts.size)
        found.files.append(facts)

    return sink


def complaint_of(header: Header, released: Sequence[ReleasedShare]) -> Finding:
    """What the first founded complaint shows: too few envelopes of this bid are good. Without one: who cannot open."""
    contested = next((each for each in released if each.file_key), None)
    if contested is None:
        members = ", ".join(each.member for each in released if not each.share)
        return Finding(Verdict.ENVELOPE_UNREADABLE, f"Its envelopes do not open with the keys of {members}.")
    complaint = Complaint(member=contested.member, commitment=header.commitment, file_key=contested.file_key)
    return check_complaint(complaint, header=header)


def refuse_own_damage(sealed: SealedBid, finding: Finding) -> None:
    """A bidder does not answer for what happened to the payload here: nothing is opened until it is restored."""
    if finding.verdict.blame is not Blame.KEEPER:
        return
    text = "The stored payload of bid {bid} is damaged. Restore it from a backup; then release the shares again."
    raise Refused(Reason("payload_damaged", text, rules.SECRECY, values={"bid": sealed.commitment[:12]}))


def read_response(found: Found, *, header: Header, currency: str) -> BidResponse:
    """bid.json, which must be the first file and fit the header. currency: of the tender. Raises PackageError."""
    first, stage = found.files[0], header.core.stage
    if first.name != NAME or first.size > LIMIT:
        raise rules.unreadable(f"The first file is not {NAME}, so the bid cannot be read.")
    with files.open_stored(first.sha256) as stored:
        response = parse_response(stored.read(), stage=stage)
    if any(map(is_long, numbers_in(response))):
        raise rules.unreadable("A number of the bid has more than 15 digits, so it cannot be published exactly.")
    offered = sorted(lot.lot_id for lot in response.lots)
    if stage != TECHNICAL and offered != (list(header.core.lots) or [""]):
        raise rules.unreadable("The lots that are priced are not those that the bid was submitted for.")
    if any(lot.currency != currency for lot in response.lots):
        raise rules.unreadable(f"The prices are not in {currency}, the currency of the tender, so they do not compare.")
    if response.tenderers[0].id != header.core.bidder:
        raise rules.unreadable("The leading tenderer is not the organisation that submitted the bid.")
    return response


def numbers_in(response: BidResponse) -> Iterator[Decimal]:
    """Every number that the opening publishes of a bid."""
    yield sum((lot.value for lot in response.lots), Decimal(0))
    for lot in response.lots:
        yield lot.value
        for item in lot.items:
            yield from (Decimal(item.unit_amount), Decimal(item.quantity))


def keep(sealed: SealedBid, found: Found, *, code: str, now: datetime) -> Bid:
    """Write an opened bid into the tables."""
    response = found.response
    bid = Bid.objects.create(
        process=sealed.process,
        sealed=sealed,
        code=code,
        bidder=sealed.bidder,
        received_at=sealed.received_at,
        response=msgspec.to_builtins(response) if response else None,
        identity=found.identity,
        **said_by(found),
    )
    end(sealed, found, now=now)
    if response:
        keep_prices(bid, response)
        keep_files(bid, found.files)
    return bid


def said_by(found: Found) -> dict[str, Any]:
    """Status, verdict and price of a bid, as its envelope gives them."""
    lots = found.response.lots if found.response else ()
    return {
        "status": "valid" if found.response else "invalid",
        "verdict": found.flaw.verdict.value if found.flaw else "",
        "verdict_text": found.flaw.text if found.flaw else "",
        "amount": sum((lot.value for lot in lots), Decimal(0)) if lots else None,
        "currency": lots[0].currency if lots else "",
    }


def keep_price(sealed: SealedBid, found: Found, *, now: datetime) -> None:
    """Add to an opened bid what its price envelope says; a bid whose price cannot be read is invalid."""
    bid = sealed.process.bids.get(bidder_id=sealed.bidder_id)
    bid.priced, bid.priced_identity = sealed, found.identity
    for name, value in said_by(found).items():
        setattr(bid, name, value)
    bid.save()
    end(sealed, found, now=now)
    if found.response:
        bid.lots.all().delete()
        keep_prices(bid, found.response)
        keep_files(bid, found.files, after=bid.files.count())


def end(sealed: SealedBid, found: Found, *, now: datetime) -> None:
    sealed.state, sealed.ended_at = ("opened" if found.response else "rejected"), now
    sealed.save(update_fields=["state", "ended_at"])


def keep_prices(bid: Bid, response: BidResponse) -> None:
    """The lots with their prices; a bid whose price is in another envelope names them without."""
    if not response.lots:
        BidLot.objects.bulk_create(BidLot(bid=bid, lot=lot) for lot in bid.sealed.parsed.core.lots or ("",))
    for offer in response.lots:
        lot = BidLot.objects.create(bid=bid, lot=offer.lot_id, amount=offer.value, currency=offer.currency)
        BidItem.objects.bulk_create(
            BidItem(lot=lot, item=item.item_id, unit_amount=Decimal(item.unit_amount), quantity=Decimal(item.quantity))
            for item in offer.items
        )


def keep_files(bid: Bid, found: Sequence[FileFacts], *, after: int = 0) -> None:
    """after: how many files of the bid were kept before."""
    BidFile.objects.bulk_create(
        BidFile(bid=bid, position=place, name=facts.name, size=facts.size, sha256=facts.sha256)
        for place, facts in enumerate(found, after)
    )
