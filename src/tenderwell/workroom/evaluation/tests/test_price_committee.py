"""The prices have a committee of their own: it opens nothing else, and nobody else opens them."""

import json

import pytest
from django.test import Client

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.rehearsal import rehearse
from tenderwell.ledger.sealing.shares import release
from tenderwell.public.record.models import Record
from tenderwell.workroom.bidding import commands, queries, sealer
from tenderwell.workroom.bidding.inputs import (
    NameCommittee,
    RehearseOpening,
    ReleaseShares,
    ReplaceCommittee,
    ShareOfBid,
)
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import DAY, MINUTE, Sealed, announced, open_for_bids
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.evaluation.tests.envelopes import (
    both_sent,
    called_with_two_committees,
    passing_published,
    sent,
    technical_released,
)
from tenderwell.workroom.evaluation.tests.journey import when
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
Two = tuple[Sealed, tuple[KeyRing, ...]]


@pytest.fixture
def two() -> Two:
    return called_with_two_committees()


def price_turn(two: Two) -> Two:
    """Both bids passed; the prices are next."""
    passing_published(technical_released(both_sent(two[0])))
    return two


def opened_by(tender: Sealed, *rings: KeyRing) -> str:
    for ring in rings:
        sealer.release_prices(ring, tender.process, now=when(tender.process))
    return tender.again().state


def test_each_envelope_is_sealed_to_its_own_committee(two: Two) -> None:
    tender, _ = two
    envelopes = sent(tender, personas().bob)
    named = {stage: bid.parsed.core.committee.hash for stage, bid in envelopes.items()}
    logged = [json.loads(bytes(entry.body)) for entry in Entry.objects.filter(kind="committee/v1").order_by("idx")]
    assert len(logged) == 2
    assert named["technical"] != named["price"]
    members = [share.member for share in envelopes["price"].parsed.shares]
    assert members == [each["id"] for each in logged[1]["members"]] == [f"price-member-{place}" for place in (1, 2, 3)]


def test_two_of_the_price_committee_open_the_prices(two: Two) -> None:
    tender, (ben, rita, _) = price_turn(two)
    assert opened_by(tender, ben) == "prices"
    assert opened_by(tender, rita) == "evaluation"
    assert all(bid.amount for bid in queries.opened_bids(tender.process))


def test_a_member_of_the_first_committee_releases_no_price(two: Two) -> None:
    """Gus is on the committee, but not on that one; his key would not open the envelopes anyway."""
    tender, _ = price_turn(two)
    bid = SealedBid.objects.filter(stage="price").first()
    assert bid
    forged = ReleaseShares(shares=[ShareOfBid(commitment=bid.commitment, share="00" * 75)])
    with pytest.raises(Refused, match="no_key_in_committee"):
        perform(commands.release_price_shares, personas().gus, tender.process.ocid, forged, now=when(tender.process))


def test_a_member_for_the_prices_releases_no_technical_envelope(two: Two) -> None:
    tender, (ben, *_) = two
    announced(both_sent(tender))
    bid = SealedBid.objects.filter(stage="technical").first()
    assert bid
    forged = ReleaseShares(shares=[ShareOfBid(commitment=bid.commitment, share="00" * 75)])
    with pytest.raises(Refused, match="no_key_in_committee"):
        perform(commands.release_shares, ben.actor, tender.process.ocid, forged, now=tender.end + MINUTE)


def test_who_is_on_both_committees_consents_twice(two: Two) -> None:
    tender, (ben, _, nora) = price_turn(two)
    first, second = (place.code for place in queries.places_of(tender.process, nora.actor.id))
    assert (first.startswith("member-"), second.startswith("price-member-")) == (True, True)
    assert opened_by(tender, nora) == "prices"
    assert opened_by(tender, ben) == "evaluation"


def test_a_share_for_the_first_committee_is_none_of_a_price(two: Two) -> None:
    tender, (*_others, nora) = price_turn(two)
    technical, price = (
        SealedBid.objects.filter(stage=stage).earliest("received_at") for stage in ("technical", "price")
    )
    member, *_ = (place.code for place in queries.places_of(tender.process, nora.actor.id))
    share = release(technical.parsed, member=member, identity=nora.identity)
    data = ReleaseShares(shares=[ShareOfBid(commitment=price.commitment, share=share.share)])
    with pytest.raises(Refused, match="wrong_share"):
        perform(commands.release_price_shares, nora.actor, tender.process.ocid, data, now=when(tender.process))


def test_the_record_and_the_opening_page_show_which_committee_opened_what(two: Two) -> None:
    tender, (ben, rita, _) = price_turn(two)
    opened_by(tender, ben, rita)
    record = json.loads(bytes(Record.objects.get(ocid=tender.process.ocid).body))["tender"]
    assert sorted((each["member"][:-2], each["stage"]) for each in record["openingRecord"]["releases"]) == [
        ("member", "technical"),
        ("member", "technical"),
        ("price-member", "price"),
        ("price-member", "price"),
    ]
    assert (record["committee"]["k"], record["priceCommittee"]["n"]) == (2, 3)
    page = Client().get(f"/en/processes/{tender.process.ocid}/opening/").content.decode()
    assert "The prices have a committee of their own: any 2 of its 3 members" in page
    assert "Who opened the prices" in page
    assert page.count("Released nothing") == 2  # Nora, on both


def test_the_committee_page_shows_both_and_what_each_member_does(two: Two) -> None:
    tender, (ben, _, nora) = two
    lead = signed_in(personas().ada).get(address("committee", tender)).content.decode()
    assert "The committee for the prices" in lead
    for ring, tasks in ((ben, ["price envelopes"]), (nora, ["Download the bids", "price envelopes"])):
        page = signed_in(ring.actor).get(address("committee", tender)).content.decode()
        assert all(task in page for task in tasks)
    assert "Download the bids" not in signed_in(ben.actor).get(address("committee", tender)).content.decode()


def test_only_the_lead_names_a_committee_for_the_prices(two: Two) -> None:
    tender, _ = two
    keys = [str(key.pk) for key in queries.current_keys(tender.process)]
    why = ReplaceCommittee(k=2, members=keys, reason="Somebody else wants to choose the members.")
    with pytest.raises(Refused, match="wrong_role"):
        perform(commands.replace_price_committee, personas().gus, tender.process.ocid, why, now=tender.end - DAY)


def test_an_open_procedure_has_no_committee_for_the_prices() -> None:
    tender = open_for_bids()
    data = NameCommittee(k=2, members=[str(key.pk) for key in queries.current_keys(tender.process)])
    with pytest.raises(Refused):
        perform(commands.name_price_committee, personas().ada, tender.process.ocid, data, now=tender.end - DAY)


def test_when_it_is_replaced_only_the_prices_are_sealed_again(two: Two) -> None:
    tender, (ben, rita, _) = two
    envelopes = sent(tender, personas().bob)
    keys = [str(key.pk) for key in queries.current_keys(tender.process)][:3]
    why = ReplaceCommittee(k=2, members=keys, reason="Ben and Rita have both lost their keys.")
    perform(commands.replace_price_committee, personas().ada, tender.process.ocid, why, now=tender.end - DAY)
    for stage, state in (("technical", "submitted"), ("price", "void")):
        envelopes[stage].refresh_from_db()
        assert envelopes[stage].state == state
    assert queries.missing_envelopes(tender.process, bidder=envelopes["price"].bidder.identifier) == ["price"]


def test_who_is_on_two_committees_rehearses_with_both(two: Two) -> None:
    tender, (*_, nora) = two
    client = signed_in(nora.actor)
    for left in (False, True):
        assert queries.has_rehearsed(tender.process, nora.actor.id) is False
        share = rehearse(client.get(address("rehearsal", tender)).content, identity=nora.identity)[1].share
        data = RehearseOpening(share=share)
        perform(commands.rehearse_opening, nora.actor, tender.process.ocid, data, now=NOW)
        assert queries.has_rehearsed(tender.process, nora.actor.id) is left
