"""A member hands shares over to a deputy, and who may not, and what not. The programs: tests/stories/test_deputy.py."""

import pytest

from tenderwell.core import files
from tenderwell.core.command import Actor, perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.handover import encode_handover, hand_over, parse_handover, take_over
from tenderwell.workroom.bidding import commands, deputies, queries, sealer
from tenderwell.workroom.bidding.inputs import ReleaseShares, ShareOfBid
from tenderwell.workroom.bidding.models import HandedOver, SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.client import asked, text
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    Sealed,
    announced,
    bid_of,
    committee_named,
    key_proved,
    keys_proved,
)
from tenderwell.workroom.process.tests.personas import personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

pytestmark = pytest.mark.django_db
Two = tuple[Sealed, KeyRing]


def with_deputy(*others: str) -> Two:
    """Gus, Elif and Nora are the committee, Ben is a deputy with a key; two bids came and the end is announced.

    others: who proves a key as well.
    """
    process = drafted()
    rings = keys_proved(process)
    committee_named(process)
    tender = Sealed(publish(process), rings)
    ben, *_ = [key_proved(process, name) for name in ("ben", *others)]
    for who in (personas().bob, personas().cleo):
        bid_of(tender, who, now=tender.end - DAY)
    announced(tender)
    return tender, ben


@pytest.fixture
def two() -> Two:
    return with_deputy()


def made(tender: Sealed, ring: KeyRing, *, to: str, member: str = "") -> bytes:
    """handover.json as the member's program makes it."""
    code = member or code_of(tender, ring)
    headers = [bid.parsed for bid in queries.current_bids(tender.process)]
    return encode_handover(hand_over(headers, member=code, identity=ring.identity, recipient=to))


def code_of(tender: Sealed, ring: KeyRing) -> str:
    place = queries.member_of(tender.process, ring.actor.id)
    assert place
    return place.code


def handed(tender: Sealed, actor: Actor, raw: bytes) -> HandedOver:
    stored = files.store([raw], limit=len(raw)).sha256
    data = deputies.HandOverShares(handover=stored)
    kept: HandedOver = perform(deputies.hand_over_shares, actor, tender.process.ocid, data, now=tender.end + MINUTE)
    return kept


def released_as_deputy(tender: Sealed, deputy: KeyRing) -> None:
    found = queries.handed_to(tender.process, deputy.actor.id)
    assert found
    given = parse_handover(found.body.encode())
    shares = [take_over(given, bid.parsed, identity=deputy.identity) for bid in queries.current_bids(tender.process)]
    data = ReleaseShares(shares=[ShareOfBid(commitment=each.commitment, share=each.share) for each in shares])
    perform(commands.release_shares, deputy.actor, tender.process.ocid, data, now=tender.end + MINUTE)


def test_a_deputy_releases_the_shares_under_the_members_number_and_the_ledger_says_so(two: Two) -> None:
    tender, ben = two
    gus, elif_, _ = tender.rings
    code = code_of(tender, gus)
    handed(tender, gus.actor, made(tender, gus, to=ben.recipient))
    released_as_deputy(tender, ben)
    sealer.release_all(elif_, tender.process, now=tender.end + MINUTE)
    assert tender.again().state == "evaluation"
    leaf = bytes(Entry.objects.get(kind="share.handover/v1").body).decode()
    assert code in leaf and ben.recipient in leaf
    released = {each["member"] for each in tender.process.openings.get().record["releases"]}
    assert released == {code, code_of(tender, elif_)}


def test_after_the_deputy_released_the_member_does_not_again(two: Two) -> None:
    tender, ben = two
    gus = tender.rings[0]
    handed(tender, gus.actor, made(tender, gus, to=ben.recipient))
    released_as_deputy(tender, ben)
    with pytest.raises(Refused, match="released_already"):
        sealer.release_all(gus, tender.process, now=tender.end + MINUTE)


def test_nobody_but_a_member_hands_over(two: Two) -> None:
    tender, ben = two
    raw = made(tender, tender.rings[0], to=ben.recipient)
    with pytest.raises(Refused, match="wrong_role"):
        handed(tender, personas().ada, raw)
    with pytest.raises(Refused, match="no_key_in_committee"):
        handed(tender, ben.actor, raw)
    with pytest.raises(Refused, match="other_member"):
        handed(tender, tender.rings[1].actor, raw)


def test_shares_go_only_to_somebody_who_proved_a_key_and_has_no_seat(two: Two) -> None:
    tender, _ = two
    gus, elif_, _ = tender.rings
    for recipient in (elif_.recipient, KeyRing.new(personas().ada).recipient):
        with pytest.raises(Refused, match="no_such_deputy"):
            handed(tender, gus.actor, made(tender, gus, to=recipient))


def test_nobody_is_the_deputy_of_two_members(two: Two) -> None:
    tender, ben = two
    gus, elif_, _ = tender.rings
    handed(tender, gus.actor, made(tender, gus, to=ben.recipient))
    handed(tender, gus.actor, made(tender, gus, to=ben.recipient))  # the same once more changes nothing
    with pytest.raises(Refused, match="deputy_of_another"):
        handed(tender, elif_.actor, made(tender, elif_, to=ben.recipient))


def test_a_member_who_chooses_another_deputy_sets_the_first_one_free() -> None:
    tender, ben = with_deputy("rita")
    gus, elif_, _ = tender.rings
    rita = tender.process.member_keys.get(person_id=personas().rita.id)
    handed(tender, gus.actor, made(tender, gus, to=ben.recipient))
    handed(tender, gus.actor, made(tender, gus, to=rita.recipient))
    kept = handed(tender, elif_.actor, made(tender, elif_, to=ben.recipient))
    assert str(kept.deputy.person_id) == ben.actor.id


def test_all_bids_are_handed_over_or_none(two: Two) -> None:
    tender, ben = two
    gus = tender.rings[0]
    only = [SealedBid.objects.earliest("received_at").parsed]
    raw = encode_handover(hand_over(only, member=code_of(tender, gus), identity=gus.identity, recipient=ben.recipient))
    with pytest.raises(Refused, match="shares_missing"):
        handed(tender, gus.actor, raw)
    with pytest.raises(Refused, match="no_handover"):
        handed(tender, gus.actor, b"[]")


def test_nothing_is_handed_over_while_bids_may_come(two: Two) -> None:
    tender, ben = two
    tender.process.closing.delete()
    raw = made(tender, tender.rings[0], to=ben.recipient)
    with pytest.raises(Refused, match="not_announced"):
        handed(tender, tender.rings[0].actor, raw)


def test_the_browser_hands_over_what_the_program_takes_and_the_other_way_round(two: Two) -> None:
    tender, ben = two
    gus = tender.rings[0]
    bid = SealedBid.objects.earliest("received_at")
    facts = {"member": code_of(tender, gus), "identity": gus.identity, "recipient": ben.recipient}
    raw = asked("handOver", headers=[text(bytes(bid.header))], **facts)
    share = take_over(parse_handover(raw.encode()), bid.parsed, identity=ben.identity)
    assert share.share
    mine = made(tender, gus, to=ben.recipient).decode()
    taken = asked("takeOver", handover=mine, header=text(bytes(bid.header)), identity=ben.identity)
    assert taken == {"member": share.member, "commitment": bid.commitment, "share": share.share}


def test_a_deputy_notices_a_share_that_is_not_the_committed_one(two: Two) -> None:
    """Gus gives the shares of two bids in one another's place."""
    tender, ben = two
    given = parse_handover(made(tender, tender.rings[0], to=ben.recipient))
    first, second = given.shares
    swapped = type(given)(
        member=given.member,
        recipient=given.recipient,
        shares=(type(first)(commitment=first.commitment, share=second.share), first),
    )
    header = next(bid.parsed for bid in queries.current_bids(tender.process) if bid.commitment == first.commitment)
    with pytest.raises(PackageError, match="share"):
        take_over(swapped, header, identity=ben.identity)
