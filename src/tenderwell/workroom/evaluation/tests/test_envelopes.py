"""Two envelopes: no price is open before the scores are published, and the prices of those who fail never are."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.response import BidResponse
from tenderwell.ledger.sealing.shares import release
from tenderwell.ledger.verifying.evaluation import check_package
from tenderwell.public.record.models import Record
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import queries as bids
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.inputs import ReleaseShares, ShareOfBid, WithdrawBid
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced
from tenderwell.workroom.evaluation import commands as c
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.tests.envelopes import (
    FAILING,
    called_in_two,
    judged,
    passing_published,
    prices_open,
    sent,
    technical_open,
)
from tenderwell.workroom.evaluation.tests.journey import LICENCE, METHOD, WHY, agreed, published, rows_for, when
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, actor, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return technical_open()


def compiled(process: Process) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(bytes(Record.objects.get(ocid=process.ocid).body))
    return shown


def states(tender: Sealed) -> dict[tuple[str, str], str]:
    rows = tender.process.sealed_bids.values_list("bidder__identifier", "stage", "state")
    return {(bidder, stage): state for bidder, stage, state in rows}


def test_the_first_opening_shows_no_price(tender: Sealed) -> None:
    process = tender.again()
    assert process.state == "technical"
    assert all(bid.amount is None and bid.status == "valid" for bid in bids.opened_bids(process))
    assert all("value" not in bid for bid in compiled(process)["bids"]["details"])
    assert states(tender)[BOB_ROOFS, "price"] == "submitted"


def test_the_first_record_accounts_for_the_shut_envelopes(tender: Sealed) -> None:
    entries = compiled(tender.process)["tender"]["openingRecord"]["bids"]
    assert {(each["id"], each["verdict"], each["stage"]) for each in entries} == {
        ("bid-1", "valid", "technical"),
        ("bid-2", "valid", "technical"),
        ("price-1", "not opened yet", "price"),
        ("price-2", "not opened yet", "price"),
    }


def test_before_the_scores_are_published_no_share_of_a_price_is_taken(tender: Sealed) -> None:
    judged(tender)
    with pytest.raises(Refused, match="wrong_state"):
        forced(tender, BOB_ROOFS)


def test_only_the_lead_publishes_who_passes(tender: Sealed) -> None:
    process = judged(tender)
    with pytest.raises(Refused, match="wrong_role"):
        data = c.PublishTechnical(agreed=True)
        perform(c.publish_technical, actor("dora"), process.ocid, data, now=when(process))


def test_without_agreed_scores_nobody_passes(tender: Sealed) -> None:
    with pytest.raises(Refused, match="not_agreed"):
        data = c.PublishTechnical(agreed=True)
        perform(c.publish_technical, personas().ada, tender.process.ocid, data, now=when(tender.process))


def test_the_ledger_names_whose_price_may_be_opened(tender: Sealed) -> None:
    passing_published(tender, FAILING)
    leaf = json.loads(bytes(Entry.objects.get(kind="opening.next/v1").body))
    mine = {bid.bidder.identifier: bid.commitment for bid in SealedBid.objects.filter(stage="price")}
    assert (leaf["open"], leaf["shut"]) == ([mine[BOB_ROOFS]], [mine[CLEO_WORKS]])


def test_scores_and_reasons_are_public_before_any_price(tender: Sealed) -> None:
    record = compiled(passing_published(tender, FAILING))
    results = {each["bid"]: each for each in record["tender"]["evaluation"]["results"]}
    assert results["bid-2"]["isExcluded"] is True
    assert "Method of work" in results["bid-2"]["reason"]
    assert [score["points"] for score in results["bid-1"]["scores"]] == ["3", "3"]
    assert {bid["id"]: bid["status"] for bid in record["bids"]["details"]} == {
        "bid-1": "pending",
        "bid-2": "disqualified",
    }
    assert all("value" not in bid for bid in record["bids"]["details"])


def test_the_price_of_a_bid_that_fails_stays_shut_for_ever(tender: Sealed) -> None:
    passing_published(tender, FAILING)
    process = prices_open(tender)
    assert process.state == "evaluation"
    assert states(tender)[CLEO_WORKS, "price"] == "shut"
    assert {bid.code: bid.amount is None for bid in bids.opened_bids(process)} == {"bid-1": False, "bid-2": True}
    entries = {each["id"]: each["verdict"] for each in compiled(process)["tender"]["openingRecord"]["bids"]}
    assert (entries["price-1"], entries["price-2"]) == ("valid", "shut")


def forced(tender: Sealed, bidder: str) -> None:
    """A member takes a share of a price out with a program that asks nothing, and sends it."""
    ring = tender.rings[0]
    member = bids.member_of(tender.process, ring.actor.id)
    assert member
    sealed = SealedBid.objects.get(stage="price", bidder__identifier=bidder)
    share = release(sealed.parsed, member=member.code, identity=ring.identity)
    data = ReleaseShares(shares=[ShareOfBid(commitment=share.commitment, share=share.share)])
    perform(bidding.release_price_shares, ring.actor, tender.process.ocid, data, now=when(tender.process))


def test_a_share_of_a_price_that_stays_shut_is_refused(tender: Sealed) -> None:
    passing_published(tender, FAILING)
    with pytest.raises(Refused, match="not_to_be_opened"):
        forced(tender, CLEO_WORKS)


def test_the_first_consent_opens_no_price(tender: Sealed) -> None:
    """Two members released their shares of the technical envelopes; the prices take two of them again."""
    passing_published(tender)
    sealer.release_prices(tender.rings[2], tender.process, now=when(tender.process))
    assert tender.again().state == "prices"
    sealer.release_prices(tender.rings[0], tender.process, now=when(tender.process))
    assert tender.again().state == "evaluation"


def test_nobody_but_a_member_of_the_committee_opens_the_prices(tender: Sealed) -> None:
    passing_published(tender)
    data = sealer.shares_of(tender.rings[0], tender.process)
    with pytest.raises(Refused, match="wrong_role"):
        perform(bidding.release_price_shares, personas().ada, tender.process.ocid, data, now=when(tender.process))


def test_once_who_passes_is_published_no_score_changes(tender: Sealed) -> None:
    process = passing_published(tender)
    check_again = c.CheckRow(bid="bid-1", requirement=LICENCE, score=2, reason=WHY)
    for cmd, data in (
        (c.submit_scores, c.SubmitScores(scores=rows_for(process, "", {}), correction=WHY)),
        (c.shortlist_bids, c.ShortlistBids(rows=[check_again])),
    ):
        with pytest.raises(Refused, match="wrong_state"):
            perform(cmd, actor("dora"), process.ocid, data, now=when(process))
    with pytest.raises(Refused, match="wrong_state"):
        agreed(process)


def test_when_nobody_passes_no_price_is_opened(tender: Sealed) -> None:
    passing_published(tender, {("bid-1", METHOD): "0", **FAILING})
    with pytest.raises(Refused, match="nobody_passed"):
        forced(tender, BOB_ROOFS)


def test_the_ranking_follows_and_an_outsider_computes_it_again(tender: Sealed) -> None:
    passing_published(tender, FAILING)
    process = prices_open(tender)
    evaluation = published(process)
    assert [(row["bid"], row["rank"]) for row in evaluation.ranking] == [("bid-1", 1), ("bid-2", None)]
    raw = queries.package_of(evaluation)
    report = check_package(json.loads(raw), raw=raw, record={"compiledRelease": compiled(process)})
    assert report.findings == []
    assert json.loads(raw)["bids"][1]["lots"] == [{"lot": "", "amount": None, "currency": None}]


def test_an_outsider_notices_a_price_that_was_opened_though_the_bid_failed(tender: Sealed) -> None:
    passing_published(tender, FAILING)
    process = prices_open(tender)
    package = json.loads(queries.package_of(published(process)))
    record = compiled(process)
    record["bids"]["details"][1]["value"] = {"amount": 900, "currency": "USD"}
    codes = [finding.code for finding in check_package(package, record={"compiledRelease": record}).findings]
    assert "opened_out_of_turn" in codes


def test_both_pass_and_the_lower_price_decides(tender: Sealed) -> None:
    passing_published(tender)
    evaluation = published(prices_open(tender))
    assert [(row["bid"], row["rank"]) for row in evaluation.ranking] == [("bid-2", 1), ("bid-1", 2)]


def test_an_envelope_alone_is_no_bid_and_is_never_opened() -> None:
    tender = called_in_two()
    sent(tender, personas().bob)
    package = sealer.seal_for(tender.process, offer_of_cleo(), stage="price")
    perform(bidding.submit_bid, personas().cleo, tender.process.ocid, sealer.uploaded(package), now=tender.end - MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    assert states(tender)[CLEO_WORKS, "price"] == "lapsed"
    assert [bid.bidder.identifier for bid in bids.opened_bids(tender.process)] == [BOB_ROOFS]


def offer_of_cleo() -> BidResponse:
    cleo = Organisation.objects.get(identifier=CLEO_WORKS)
    return sealer.offer(cleo, currency="USD", amounts={"": Decimal("900")})


def test_a_bid_is_withdrawn_as_a_whole() -> None:
    tender = called_in_two()
    envelopes = sent(tender, personas().bob)
    withdraw = WithdrawBid(commitment=envelopes["technical"].commitment)
    perform(bidding.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - MINUTE)
    assert set(states(tender).values()) == {"withdrawn"}


def test_an_envelope_that_the_procedure_does_not_know_is_refused() -> None:
    tender = called_in_two()
    package = sealer.seal_for(tender.process, offer_of_cleo(), stage="bid")
    with pytest.raises(Refused, match="other_envelope"):
        perform(
            bidding.submit_bid, personas().cleo, tender.process.ocid, sealer.uploaded(package), now=tender.end - MINUTE
        )
