"""Members try the opening on a test envelope before it counts; no bid is touched, and the lead sees who did."""

import json

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ledger.sealing.rehearsal import NoRehearsal, rehearse
from tenderwell.workroom.bidding import commands, queries, rehearsal
from tenderwell.workroom.bidding.inputs import RehearseOpening
from tenderwell.workroom.bidding.models import Rehearsal
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.client import answered, asked, text
from tenderwell.workroom.bidding.tests.journey import Sealed, bid_of, open_for_bids
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def test_file(tender: Sealed) -> bytes:
    named = queries.current_committee(tender.process)
    assert named
    return rehearsal.file_of(named)


test_file.__test__ = False  # type: ignore[attr-defined]


def code_of(tender: Sealed, ring: KeyRing) -> str:
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    return member.code


def rehearsed(tender: Sealed, ring: KeyRing, *, share: str = "") -> Rehearsal:
    mine = share or rehearse(test_file(tender), identity=ring.identity)[1].share
    made: Rehearsal = perform(
        commands.rehearse_opening, ring.actor, tender.process.ocid, RehearseOpening(share=mine), now=NOW
    )
    return made


def test_two_of_three_members_open_the_test_envelope(tender: Sealed) -> None:
    assert rehearsed(tender, tender.rings[0]).opened_at is None
    assert rehearsed(tender, tender.rings[1]).opened_at == NOW


def test_a_rehearsal_touches_no_bid(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    for ring in tender.rings:
        rehearsed(tender, ring)
    bid.refresh_from_db()
    assert (bid.state, bid.released_shares.count(), tender.again().state) == ("submitted", 0, "tendering")


def test_a_wrong_share_shows_that_the_key_is_not_the_one(tender: Sealed) -> None:
    right = rehearse(test_file(tender), identity=tender.rings[0].identity)[1].share
    with pytest.raises(Refused, match="wrong_share"):
        rehearsed(tender, tender.rings[1], share=right)


def test_only_members_of_the_committee_rehearse(tender: Sealed) -> None:
    with pytest.raises(Refused, match="wrong_role"):
        rehearsed(tender, KeyRing(personas().ada, tender.rings[0].identity))


def test_the_ledger_says_who_rehearsed_and_twice_is_once(tender: Sealed) -> None:
    for _ in range(2):
        rehearsed(tender, tender.rings[0])
    leaf = json.loads(bytes(Entry.objects.get(kind="opening.rehearsal/v1").body))
    assert leaf["member"] == code_of(tender, tender.rings[0])


def test_the_lead_sees_who_has_rehearsed(tender: Sealed) -> None:
    rehearsed(tender, tender.rings[2])
    page = signed_in(personas().ada).get(address("committee", tender)).content.decode()
    assert "Rehearsed" in page
    assert page.count("Not yet") == 2 + 3  # two members did not rehearse, none has released shares


def test_a_real_bid_is_no_test_envelope(tender: Sealed) -> None:
    """Who hands members a bid as a rehearsal gets no share of it, neither by program nor by browser."""
    bid = bid_of(tender, personas().bob)
    trap = encode({**json.loads(test_file(tender)), "header": json.loads(bytes(bid.header))})
    with pytest.raises(NoRehearsal, match="real bid"):
        rehearse(trap, identity=tender.rings[0].identity)
    assert answered("rehearse", test=text(trap), identity=tender.rings[0].identity)["refused"] == "no-rehearsal"


def test_the_browser_takes_out_the_same_share(tender: Sealed) -> None:
    ring = tender.rings[0]
    share = asked("rehearse", test=text(test_file(tender)), identity=ring.identity)["share"]
    assert rehearsed(tender, ring, share=share).shares == {code_of(tender, ring): share}


def test_another_key_than_the_recorded_one_is_noticed(tender: Sealed) -> None:
    with pytest.raises(NoRehearsal, match="does not name this key"):
        rehearse(test_file(tender), identity=KeyRing.new(personas().gus).identity)


def test_a_committee_from_before_there_were_test_envelopes_is_told_so(tender: Sealed) -> None:
    """As migration 0003 left them: the page, the file and the command say it in words, none of them fails."""
    ring, file = tender.rings[0], test_file(tender)
    Rehearsal.objects.all().delete()
    share = rehearse(file, identity=ring.identity)[1].share
    with pytest.raises(Refused, match="no_test_envelope"):
        rehearsed(tender, ring, share=share)
    client = signed_in(ring.actor)
    assert "named before there were test envelopes" in client.get(address("rehearse", tender)).content.decode()
    assert client.get(address("rehearsal", tender)).status_code == 404
    assert "There is no test envelope" in client.get(address("committee", tender)).content.decode()
