"""Prove keys, name the committee, take, replace, withdraw and refuse bids, release shares and open."""

from datetime import datetime, timedelta

from tenderwell.core import files
from tenderwell.core.command import Act, command, timestamp
from tenderwell.core.errors import Reason, Refused, refuse_any
from tenderwell.ledger.sealing.header import Header
from tenderwell.ledger.sealing.response import PRICE
from tenderwell.workroom.bidding import events, naming, opening, possession, queries, rehearsal, rules
from tenderwell.workroom.bidding.inputs import (
    AnnounceClosing,
    DeclareBid,
    DeliverPayload,
    NameCommittee,
    RecordNoBids,
    RefuseLateBid,
    RegisterMemberKey,
    RehearseOpening,
    ReleaseShares,
    ReplaceCommittee,
    SubmitBid,
    WithdrawBid,
)
from tenderwell.workroom.bidding.models import (
    Closing,
    CommitteeRecord,
    LateBid,
    MemberKey,
    Opening,
    Rehearsal,
    ReleasedShare,
    SealedBid,
)
from tenderwell.workroom.bidding.receipts import refusal_note
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process


@command(on=Process, input=RegisterMemberKey)
def register_member_key(act: Act, process: Process, data: RegisterMemberKey) -> MemberKey:
    """Register your key for the opening committee

    It counts for committees named from now on; a record that holds the member's earlier key keeps it.
    """
    person = act.actor.id
    refuse_any(
        possession.proof_flaw(data.proof, ocid=process.ocid, person=person, recipient=data.recipient, now=act.now),
        rules.signing_key_flaw(data.signing_key),
    )
    process.member_keys.filter(person_id=person, replaced_at=None).update(replaced_at=act.now)
    role = process.team.select_related("organisation").get(person_id=person, role="committee", until=None)
    key = MemberKey.objects.create(
        process=process,
        person_id=person,
        organisation=role.organisation,
        recipient=data.recipient,
        signing_key=data.signing_key,
        proved_at=act.now,
    )
    act.record(events.MemberKeyRegistered(person=person, recipient=data.recipient))
    return key


@command(on=Process, input=NameCommittee)
def name_committee(act: Act, process: Process, data: NameCommittee) -> CommitteeRecord:
    """Name the opening committee"""
    named = naming.named_by(act, process, data)
    act.record(events.CommitteeNamed(**named.numbers))
    return named.kept


@command(on=Process, input=NameCommittee)
def name_price_committee(act: Act, process: Process, data: NameCommittee) -> CommitteeRecord:
    """Name a committee of its own for the prices

    Without it the opening committee opens the prices as well, by a second consent.
    """
    named = naming.named_by(act, process, data, stage=PRICE)
    act.record(events.PriceCommitteeNamed(**named.numbers))
    return named.kept


@command(on=Process, input=ReplaceCommittee)
def replace_committee(act: Act, process: Process, data: ReplaceCommittee) -> CommitteeRecord:
    """Replace the opening committee, so that bids are sealed again"""
    named = naming.named_by(act, process, data)
    naming.void_bids(act, process)
    act.record(events.CommitteeReplaced(tender=named.tender, reason=data.reason))
    return named.kept


@command(on=Process, input=ReplaceCommittee)
def replace_price_committee(act: Act, process: Process, data: ReplaceCommittee) -> CommitteeRecord:
    """Replace the committee for the prices, so that price envelopes are sealed again"""
    named = naming.named_by(act, process, data, stage=PRICE)
    naming.void_bids(act, process)
    act.record(events.PriceCommitteeReplaced(tender=named.tender, reason=data.reason))
    return named.kept


@command(on=Process, input=RehearseOpening)
def rehearse_opening(act: Act, process: Process, data: RehearseOpening) -> Rehearsal:
    """Rehearse the opening with a test envelope"""
    member = queries.to_rehearse(process, act.actor.id)
    assert member  # the guards is_on_a_committee and has_test_envelope said so
    test: Rehearsal = member.committee.rehearsal
    if member.code in test.shares:
        act.repeat()
        return test
    rehearsal.take(test, data.share, member=member.code, now=act.now)
    act.record(events.OpeningRehearsed(member=member.code, committee=member.committee.hash))
    return test


@command(on=Process, input=SubmitBid)
def submit_bid(act: Act, process: Process, data: SubmitBid) -> SealedBid:
    """Submit your sealed bid"""
    if known := known_bid(act, process, data.header):
        return known if known.delivered_at else deliver(act, known, payload=data.payload)
    header = readable_header(data.header)
    payload = rules.right_payload(header, sha256=data.payload, size=size_of(data.payload))
    refuse_any(*against(act, process, header), payload)
    bid = keep_bid(act, process, header)
    complete(bid, now=act.now)
    act.record(event_of(events.BidReceived, bid, at=bid.received_at))
    return bid


@command(on=Process, input=DeclareBid)
def declare_bid(act: Act, process: Process, data: DeclareBid) -> SealedBid:
    """Announce your sealed bid, the payload follows"""
    if known := known_bid(act, process, data.header):
        act.repeat()
        return known
    header = readable_header(data.header)
    refuse_any(*against(act, process, header))
    bid = keep_bid(act, process, header)
    act.record(event_of(events.BidReceived, bid, at=bid.received_at))
    return bid


@command(on=Process, input=DeliverPayload)
def deliver_payload(act: Act, process: Process, data: DeliverPayload) -> SealedBid:
    """Send the payload of your announced bid"""
    bid = own_bid(act, process, data.commitment)
    if bid.delivered_at:
        act.repeat()
        return bid
    return deliver(act, bid, payload=data.payload)


@command(on=Process, input=WithdrawBid)
def withdraw_bid(act: Act, process: Process, data: WithdrawBid) -> SealedBid:
    """Withdraw your bid"""
    bid = own_bid(act, process, data.commitment)
    for each in (bid, *other_envelopes(bid)):
        each.state, each.ended_at = "withdrawn", act.now
        each.save(update_fields=["state", "ended_at"])
        act.record(event_of(events.BidWithdrawn, each, at=act.now))
    return bid


@command(on=Process, input=RefuseLateBid)
def refuse_late_bid(act: Act, process: Process, data: RefuseLateBid) -> LateBid:
    """Get a signed refusal for a bid that came too late"""
    bidder = bidder_of(act)
    if refused := process.late_bids.filter(bidder=bidder, commitment=data.header).first():
        act.repeat()
        return refused
    end = process.periods_held()["tenderPeriod"].end
    closing = queries.closing_of(process)
    known = process.sealed_bids.filter(bidder=bidder, commitment=data.header).first()
    grace = timedelta(seconds=int(act.jurisdiction.grace_seconds.value))
    note = refusal_note(
        process, bidder=bidder.identifier, commitment=data.header, received=act.now, end=end,
        announced=closing.announced_at if closing else None,
        payload_until=end + grace if known else None,
    )  # fmt: skip
    late = LateBid.objects.create(
        process=process, bidder=bidder, commitment=data.header, received_at=act.now, note=note
    )
    act.record(
        events.BidRefused(
            commitment=data.header, received=timestamp(act.now), tender=process.ocid, bidder=bidder.identifier
        )
    )
    return late


@command(on=Process, input=AnnounceClosing)
def announce_closing(act: Act, process: Process, data: AnnounceClosing) -> Closing:
    """Announce the end of the tender period"""
    end = process.periods_held()["tenderPeriod"].end
    closing = Closing.objects.create(process=process, period_end=end, announced_at=act.now)
    act.record(events.TenderClosed(tender=process.ocid, period_end=timestamp(end)))
    return closing


@command(on=Process, input=ReleaseShares)
def release_shares(act: Act, process: Process, data: ReleaseShares) -> list[ReleasedShare]:
    """Release your shares, so that the bids can be opened"""
    return released_by(act, process, data)


@command(on=Process, input=ReleaseShares)
def release_price_shares(act: Act, process: Process, data: ReleaseShares) -> list[ReleasedShare]:
    """Release your shares of the price envelopes of those who passed"""
    return released_by(act, process, data)


def released_by(act: Act, process: Process, data: ReleaseShares) -> list[ReleasedShare]:
    """Take a member's shares of the bids that are to be opened now; the last one needed opens them."""
    member = queries.member_of(process, act.actor.id)
    assert member  # the guard is_committee_member said so
    committee_now = member.committee.committee
    bids = {bid.commitment: bid for bid in queries.current_bids(process)}
    given = {share.commitment: share for share in data.shares}
    headers = {commitment: bid.parsed for commitment, bid in bids.items()}
    refuse_any(
        *(
            rules.share_reason(share, place=place, member=member.code, header=headers.get(share.commitment))
            for place, share in enumerate(data.shares)
        ),
        rules.all_released(given, expected=list(bids)),
    )
    released = [keep_share(act, bids[share.commitment], share, member=member.code) for share in given.values()]
    if opening.is_complete(list(bids.values()), committee=committee_now):
        for event in opening.open_all(process, committee=committee_now, now=act.now):
            act.record(event)
        act.move(act.step.to[-1])
    return released


@command(on=Process, input=RecordNoBids)
def record_no_bids(act: Act, process: Process, data: RecordNoBids) -> Process:
    """Record that no bid was received"""
    for done in opening.close_empty(process, now=act.now):
        act.record(done)
    record = Opening.objects.filter(process=process).latest("opened_at").record
    act.record(events.NoBidsReceived(tender=process.ocid, record=record))
    return process


def bidder_of(act: Act) -> Organisation:
    return Organisation.objects.get(identifier=act.actor.organisation)


def known_bid(act: Act, process: Process, header: str) -> SealedBid | None:
    """The very same bid, received before: sending it twice gives the same receipt."""
    held = process.sealed_bids.filter(bidder__identifier=act.actor.organisation, commitment=header)
    known = held.select_related("bidder").first()
    if known and known.delivered_at:
        act.repeat()
    return known


def size_of(sha256: str) -> int | None:
    return files.size_of(sha256) if files.is_stored(sha256) else None


def readable_header(sha256: str) -> Header:
    """The parsed header in a stored file; raises Refused."""
    size = size_of(sha256)
    text = "Upload the file “header.json” first. It has at most 256 KB."
    refuse_any(None if size and size <= rules.MOST_RECEIVED else Reason("no_such_file", text, field="header"))
    with files.open_stored(sha256) as stored:
        found = rules.read_header(stored.read(rules.MOST_RECEIVED + 1))
    if isinstance(found, Reason):
        raise Refused(found)
    return found


def against(act: Act, process: Process, header: Header) -> list[Reason | None]:
    """Every reason why this header cannot be the bidder's next bid."""
    named = queries.current_committee(process, stage=header.core.stage)
    assert named  # the guard committee_named said so
    latest = queries.latest_bid(process, bidder=act.actor.organisation, stage=header.core.stage)
    last = rules.LastBid(latest.seq, latest.commitment) if latest else None
    lots = queries.lots_of(process)
    reasons = rules.header_reasons(
        header,
        committee=named.committee,
        bidder=act.actor.organisation,
        lots=lots,
        last=last,
        envelopes=queries.envelopes_of(process),
    )
    return list(reasons)


def keep_bid(act: Act, process: Process, header: Header) -> SealedBid:
    return SealedBid.objects.create(
        process=process,
        bidder=bidder_of(act),
        person_id=act.actor.id,
        header=header.raw,
        commitment=header.commitment,
        payload_sha256=header.payload.sha256,
        payload_size=header.payload.size,
        stage=header.core.stage,
        seq=header.core.seq,
        replaces=header.core.replaces or "",
        received_at=act.now,
        state="declared",
    )


def complete(bid: SealedBid, *, now: datetime) -> None:
    """The payload is here: the bid stands, and the bidder's earlier ones do not any more."""
    bid.state, bid.delivered_at = "submitted", now
    bid.save(update_fields=["state", "delivered_at"])
    if bid.replaces:
        earlier = bid.process.sealed_bids.filter(bidder_id=bid.bidder_id, stage=bid.stage, seq__lt=bid.seq)
        earlier.filter(state__in=("declared", "submitted")).update(state="replaced", ended_at=now)


def deliver(act: Act, bid: SealedBid, *, payload: str) -> SealedBid:
    refuse_any(rules.right_payload(bid.parsed, sha256=payload, size=size_of(payload)))
    complete(bid, now=act.now)
    act.record(event_of(events.BidDelivered, bid, at=act.now))
    return bid


def own_bid(act: Act, process: Process, commitment: str) -> SealedBid:
    """The acting organisation's standing bid with this number; raises Refused."""
    held = process.sealed_bids.filter(bidder__identifier=act.actor.organisation, state__in=("declared", "submitted"))
    bid = held.filter(commitment=commitment).first()
    text = "Your organisation has no standing bid with this number. Look at the list of your bids."
    refuse_any(None if bid else Reason("no_such_bid", text, field="commitment"))
    assert bid
    return bid


def other_envelopes(bid: SealedBid) -> list[SealedBid]:
    """What else of the bidder stands: a bid is withdrawn as a whole."""
    held = bid.process.sealed_bids.filter(bidder_id=bid.bidder_id, state__in=("declared", "submitted"))
    return list(held.exclude(stage=bid.stage).select_related("process", "bidder").order_by("received_at", "pk"))


BidEvent = events.BidReceived | events.BidDelivered | events.BidWithdrawn


def event_of(kind: type[BidEvent], bid: SealedBid, *, at: datetime) -> BidEvent:
    return kind(
        commitment=bid.commitment, received=timestamp(at), tender=bid.process.ocid, bidder=bid.bidder.identifier
    )


def keep_share(act: Act, bid: SealedBid, share: rules.Given, *, member: str) -> ReleasedShare:
    """Write down a checked share, complaint or word, and log it."""
    released = ReleasedShare.objects.create(
        bid=bid, member=member, share=share.share, file_key=share.file_key, released_at=act.now
    )
    act.record(opening.share_event(released))
    return released
