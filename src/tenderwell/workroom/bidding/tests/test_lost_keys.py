"""When members lose their keys, and which bids stay shut for ever."""

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.policy import parse_policy
from tenderwell.ledger.sealing.bids_to_open import check_bids, parse_bids
from tenderwell.ledger.sealing.shares import release
from tenderwell.public.record.models import Release
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import ReleaseShares, ReplaceCommittee, ShareOfBid, WithdrawBid
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    SECOND,
    Sealed,
    announced,
    bid_of,
    open_for_bids,
)
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db
WHY = "Two members lost their keys on the same day."


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def renewed(tender: Sealed) -> Sealed:
    """Two of three members lost their keys: they prove new ones and the lead names the committee again."""
    day = tender.end - DAY
    new = [KeyRing.new(ring.actor) for ring in tender.rings[:2]]
    for ring in new:
        sealer.register(ring, tender.process, now=day)
    keys = [str(key.pk) for key in queries.current_keys(tender.process)]
    data = ReplaceCommittee(k=2, members=keys, reason=WHY)
    perform(commands.replace_committee, personas().ada, tender.process.ocid, data, now=day)
    return Sealed(tender.again(), (*new, tender.rings[2]))


def opened_by(tender: Sealed, *rings: KeyRing) -> Sealed:
    announced(tender)
    for ring in rings:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    return tender


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_whoever_loses_a_key_the_others_open(tender: Sealed, lost: int) -> None:
    bid_of(tender, personas().bob)
    opened_by(tender, *(ring for place, ring in enumerate(tender.rings) if place != lost))
    assert tender.again().state == "evaluation"


def test_with_too_few_keys_left_everybody_is_told_why_bids_are_sealed_again(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    told = renewed(tender)
    replaced = Release.objects.get(ocid=told.process.ocid, act_name="committee.replaced")
    assert told.rings[0].recipient.encode() in bytes(replaced.body)
    assert WHY.encode() in bytes(replaced.body)


def test_bids_sealed_to_the_old_committee_stay_shut_for_ever(tender: Sealed) -> None:
    old = bid_of(tender, personas().bob, "1000")
    told = renewed(tender)
    bid_of(told, personas().bob, "900")
    announced(told)
    with pytest.raises(Refused, match="not_to_be_opened"):
        give_also(told, tender.rings[2], old)
    for ring in told.rings[:2]:
        sealer.release_all(ring, told.process, now=told.end + MINUTE)
    assert [bid.amount for bid in told.process.bids.all()] == [900]


def give_also(tender: Sealed, ring: KeyRing, bid: SealedBid) -> None:
    """Release everything, and the share of one more bid."""
    data = sealer.shares_of(ring, tender.process)
    first = tender.process.committees.earliest("number").committee
    member = next(each.id for each in first.members if each.recipient == ring.recipient)
    share = release(bid.parsed, member=member, identity=ring.identity)
    more = ReleaseShares(shares=[*data.shares, ShareOfBid(commitment=share.commitment, share=share.share)])
    perform(commands.release_shares, ring.actor, tender.process.ocid, more, now=tender.end + MINUTE)


def test_a_withdrawn_bid_stays_shut_for_ever(tender: Sealed) -> None:
    gone = bid_of(tender, personas().bob)
    bid_of(tender, personas().cleo)
    withdraw = WithdrawBid(commitment=gone.commitment)
    perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - SECOND)
    announced(tender)
    with pytest.raises(Refused, match="not_to_be_opened"):
        give_also(tender, tender.rings[2], gone)


def test_members_programs_see_that_the_old_bids_are_void(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    told = renewed(tender)
    bid_of(told, personas().bob)
    announced(told)
    listed = parse_bids(bids_file(told.process))
    policy = parse_policy(listed.policy)
    seen = check_bids(listed, tender=told.process.ocid, closes=told.end, policy=policy)
    assert [bid.end for bid in listed.ended] == ["void"]
    assert [header.core.seq for header in seen.headers] == [2]


def test_after_the_deadline_no_new_committee_can_be_named(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    keys = [str(key.pk) for key in queries.current_keys(tender.process)]
    data = ReplaceCommittee(k=2, members=keys, reason=WHY)
    with pytest.raises(Refused):
        perform(commands.replace_committee, personas().ada, tender.process.ocid, data, now=tender.end)
