"""Handing in: to the second, once, in turn, for oneself, unchanged; replacing and withdrawing."""

from datetime import timedelta

import pytest

from tenderwell.core import files
from tenderwell.core.command import perform, timestamp
from tenderwell.core.errors import Refused
from tenderwell.core.models import ActRecord
from tenderwell.ledger import identity
from tenderwell.ledger.models import Entry
from tenderwell.ledger.note import parse_note, verified
from tenderwell.workroom.bidding import commands, queries, reception, sealer
from tenderwell.workroom.bidding.inputs import DeclareBid, DeliverPayload, RecordNoBids, SubmitBid, WithdrawBid
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.rules import header
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    SECOND,
    Sealed,
    announced,
    bid_of,
    handed_in,
    open_for_bids,
    opened,
    sealed_by,
)
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def test_a_bid_one_second_before_the_end_is_taken(tender: Sealed) -> None:
    assert bid_of(tender, personas().bob, now=tender.end - SECOND).state == "submitted"


@pytest.mark.parametrize("late", [0, 1])
def test_a_bid_at_the_end_or_later_is_refused_though_no_job_ran(tender: Sealed, late: int) -> None:
    with pytest.raises(Refused, match="period_over"):
        bid_of(tender, personas().bob, now=tender.end + late * SECOND)
    assert not SealedBid.objects.exists()


def test_a_bid_stamped_in_time_is_taken_though_another_act_has_written_the_closed_state(tender: Sealed) -> None:
    tender.process.state = "closed"
    tender.process.save(update_fields=["state"])
    assert bid_of(tender, personas().bob, now=tender.end - SECOND).state == "submitted"


def test_once_the_end_is_announced_no_stamp_helps(tender: Sealed) -> None:
    announced(tender)
    with pytest.raises(Refused, match="period_over"):
        bid_of(tender, personas().bob, now=tender.end - SECOND)


def test_the_leaf_of_a_bid_is_blind(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    body = bytes(Entry.objects.get(kind="sealed/v1").body).decode()
    assert not any(secret in body for secret in (bid.commitment, bid.bidder.identifier, tender.process.ocid))


def test_the_same_bid_twice_is_one_bid(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob)
    first = handed_in(tender, personas().bob, package)
    before = ActRecord.objects.count()
    again = handed_in(tender, personas().bob, package, now=tender.end - SECOND)
    assert (again.pk, again.received_at) == (first.pk, first.received_at)
    assert ActRecord.objects.count() == before


def test_a_rivals_bid_cannot_be_handed_in_as_ones_own(tender: Sealed) -> None:
    with pytest.raises(Refused, match="other_bidder"):
        handed_in(tender, personas().cleo, sealed_by(tender, personas().bob))


def test_a_payload_that_changed_on_its_way_is_refused(tender: Sealed) -> None:
    data = sealer.uploaded(sealed_by(tender, personas().bob))
    changed = files.store([b"something else"], limit=100).sha256
    with pytest.raises(Refused, match="payload_changed"):
        perform(
            commands.submit_bid,
            personas().bob,
            tender.process.ocid,
            SubmitBid(header=data.header, payload=changed),
            now=tender.end - DAY,
        )


def test_a_bid_sealed_to_another_committee_is_refused(tender: Sealed) -> None:
    package = sealed_by(open_for_bids(), personas().bob)
    with pytest.raises(Refused, match="other_committee"):
        handed_in(tender, personas().bob, package)


def test_what_is_no_header_is_refused(tender: Sealed) -> None:
    junk = files.store([b"{}"], limit=100).sha256
    data = SubmitBid(header=junk, payload=junk)
    with pytest.raises(Refused, match="header_malformed"):
        perform(commands.submit_bid, personas().bob, tender.process.ocid, data, now=tender.end - DAY)


def test_a_later_bid_replaces_the_earlier_one(tender: Sealed) -> None:
    first = bid_of(tender, personas().bob, "1000")
    second = bid_of(tender, personas().bob, "900")
    first.refresh_from_db()
    assert (first.state, second.seq, second.replaces) == ("replaced", 2, first.commitment)
    assert [bid.pk for bid in queries.current_bids(tender.process)] == [second.pk]


def test_two_first_bids_of_one_bidder_do_not_both_stand(tender: Sealed) -> None:
    one, other = sealed_by(tender, personas().bob, "1"), sealed_by(tender, personas().bob, "2")
    handed_in(tender, personas().bob, one)
    with pytest.raises(Refused, match="wrong_turn"):
        handed_in(tender, personas().bob, other)


def test_a_withdrawn_bid_is_gone_and_the_next_one_counts_on(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    withdraw = WithdrawBid(commitment=bid.commitment)
    perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - DAY)
    assert not queries.current_bids(tender.process).exists()
    assert bid_of(tender, personas().bob).seq == 2


def test_nobody_withdraws_a_rivals_bid(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    bid_of(tender, personas().cleo)
    with pytest.raises(Refused, match="no_such_bid"):
        withdraw = WithdrawBid(commitment=bid.commitment)
        perform(commands.withdraw_bid, personas().cleo, tender.process.ocid, withdraw, now=tender.end - DAY)


def declared(tender: Sealed) -> SubmitBid:
    """Bob announces a bid one second before the end; its payload is not here."""
    package = sealed_by(tender, personas().bob)
    data = sealer.uploaded(package)
    header = DeclareBid(header=data.header)
    perform(commands.declare_bid, personas().bob, tender.process.ocid, header, now=tender.end - SECOND)
    return data


@pytest.mark.parametrize(("seconds", "is_taken"), [(899, True), (900, False)])
def test_an_announced_bid_may_follow_within_the_grace(tender: Sealed, seconds: int, *, is_taken: bool) -> None:
    data = declared(tender)
    follows = DeliverPayload(commitment=data.header, payload=data.payload)
    now = tender.end + timedelta(seconds=seconds)
    if is_taken:
        bid = perform(commands.deliver_payload, personas().bob, tender.process.ocid, follows, now=now)
        assert bid.state == "submitted"
        return
    with pytest.raises(Refused, match="grace_over"):
        perform(commands.deliver_payload, personas().bob, tender.process.ocid, follows, now=now)


def test_a_payload_after_the_grace_gets_a_signed_and_logged_refusal(tender: Sealed) -> None:
    data = declared(tender)
    bob, ocid, late = personas().bob, tender.process.ocid, tender.end + timedelta(seconds=900)
    with pytest.raises(reception.TooLate) as refused:
        reception.hand_in(commands.submit_bid, bob, ocid, data, now=late)
    lines = refused.value.note.splitlines()
    assert f"received {timestamp(late)}" in lines
    assert f"payload until {timestamp(late)}" in lines
    assert len(verified(parse_note(refused.value.note), identity.verifiers())) == 1
    assert [reason.code for reason in refused.value.reasons] == ["grace_over"]
    assert Entry.objects.filter(kind="sealed/v1").count() == 2
    again = DeliverPayload(commitment=data.header, payload=data.payload)
    with pytest.raises(reception.TooLate) as second:
        reception.follow(commands.deliver_payload, bob, ocid, again, now=late + SECOND)
    assert second.value.note == refused.value.note


def test_the_opening_record_shows_the_bid_that_lapsed_and_the_payload_that_came_late(tender: Sealed) -> None:
    data = declared(tender)
    bid_of(tender, personas().cleo, now=tender.end - DAY)
    late = tender.end + timedelta(seconds=900)
    with pytest.raises(reception.TooLate):
        reception.hand_in(commands.submit_bid, personas().bob, tender.process.ocid, data, now=late)
    record = opened(tender, now=late + SECOND).openings.get().record
    assert sorted((row["id"], row["verdict"]) for row in record["bids"]) == [
        ("bid-1", "valid"), ("bid-2", "lapsed"), ("late-1", "late"),
    ]  # fmt: skip


def test_a_flood_of_announcements_ends_with_a_reason_and_the_last_bid_can_be_withdrawn(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(header, "MOST_HEADERS", 3)
    bids = [bid_of(tender, personas().bob, str(amount)) for amount in (1, 2, 3)]
    with pytest.raises(Refused, match="too_many_bids") as refused:
        bid_of(tender, personas().bob, "4")
    assert refused.value.reasons[0].values == {"count": "3"}
    withdraw = WithdrawBid(commitment=bids[-1].commitment)
    perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - DAY)
    assert bid_of(tender, personas().cleo).state == "submitted"


def test_until_the_payload_is_here_the_earlier_bid_stands(tender: Sealed) -> None:
    first = bid_of(tender, personas().bob)
    declared(tender)
    assert [bid.pk for bid in queries.current_bids(tender.process)] == [first.pk]


def test_the_buyers_own_people_cannot_bid(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob)
    with pytest.raises(Refused, match="wrong_role"):
        handed_in(tender, personas().ada, package)


def test_nobody_delivers_the_payload_of_a_rival_s_bid(tender: Sealed) -> None:
    data = declared(tender)
    bid_of(tender, personas().cleo, now=tender.end - DAY)
    follows = DeliverPayload(commitment=data.header, payload=data.payload)
    with pytest.raises(Refused, match="no_such_bid"):
        perform(commands.deliver_payload, personas().cleo, tender.process.ocid, follows, now=tender.end)


def test_sending_a_withdrawn_bid_again_does_not_bring_it_back(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob)
    bid = handed_in(tender, personas().bob, package)
    withdraw = WithdrawBid(commitment=bid.commitment)
    perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - DAY)
    assert handed_in(tender, personas().bob, package).state == "withdrawn"
    with pytest.raises(Refused, match="no_bid_of_yours"):
        perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - DAY)


def test_bids_that_are_announced_and_never_sent_hold_up_the_opening_for_the_grace_alone(tender: Sealed) -> None:
    for amount in range(12):
        data = sealer.uploaded(sealed_by(tender, personas().bob, str(amount)))
        header = DeclareBid(header=data.header)
        perform(commands.declare_bid, personas().bob, tender.process.ocid, header, now=tender.end - SECOND)
    announced(tender)
    ada, ocid, later = personas().ada, tender.process.ocid, tender.end + 60 * SECOND
    with pytest.raises(Refused, match="payload_awaited"):
        perform(commands.record_no_bids, ada, ocid, RecordNoBids(), now=later)
    perform(commands.record_no_bids, ada, ocid, RecordNoBids(), now=tender.end + 900 * SECOND)
    assert set(tender.process.sealed_bids.values_list("state", flat=True)) == {"lapsed"}
