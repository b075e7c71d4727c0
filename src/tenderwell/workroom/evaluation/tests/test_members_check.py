"""Members' programs open a price envelope only when the ledger says that its bid passed."""

import json
from typing import Any

import msgspec
import pytest

from tenderwell.ledger.policy import parse_policy
from tenderwell.ledger.sealing.bids_to_open import BidsToOpen, Checked, NotProved, check_bids, encode_bids, parse_bids
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.tests.client import answered
from tenderwell.workroom.bidding.tests.journey import Sealed, announced
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.evaluation.tests.envelopes import (
    FAILING,
    called_in_two,
    passing_published,
    sent,
    technical_open,
)
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, personas

pytestmark = pytest.mark.django_db


def listed(tender: Sealed) -> BidsToOpen:
    return parse_bids(bids_file(tender.process))


def checked(bids: BidsToOpen, tender: Sealed) -> Checked:
    return check_bids(bids, tender=tender.process.ocid, closes=tender.end, policy=parse_policy(bids.policy))


def in_browser(bids: BidsToOpen, tender: Sealed) -> dict[str, Any]:
    plain = json.loads(encode_bids(bids))
    return answered("toOpen", bids=plain, tender=tender.process.ocid, closes=tender.end.isoformat())


def refuse(bids: BidsToOpen, tender: Sealed, reason: str) -> None:
    """The program and the browser say no for the same reason."""
    with pytest.raises(NotProved, match=reason):
        checked(bids, tender)
    assert reason in in_browser(bids, tender)["refused"]


def before_the_first_opening() -> Sealed:
    tender = called_in_two()
    sent(tender, personas().bob)
    announced(tender)
    return tender


def test_first_only_technical_envelopes_are_opened() -> None:
    tender = before_the_first_opening()
    bids = listed(tender)
    assert [header.core.stage for header in checked(bids, tender).headers] == ["technical"]
    assert [bid.end for bid in bids.ended] == ["later"]
    assert len(in_browser(bids, tender)["done"]) == 1


def test_after_the_scores_the_prices_of_those_who_passed_are_opened() -> None:
    tender = technical_open()
    passing_published(tender, FAILING)
    bids = listed(tender)
    headers = checked(bids, tender).headers
    assert [(header.core.stage, header.core.bidder) for header in headers] == [("price", BOB_ROOFS)]
    assert sorted(bid.end for bid in bids.ended) == ["opened", "opened", "shut"]
    assert len(in_browser(bids, tender)["done"]) == 1


def test_a_price_is_not_opened_with_the_technical_envelopes() -> None:
    """A site that calls a price envelope part of the first opening gets no share of it."""
    tender = before_the_first_opening()
    bids = listed(tender)
    price = SealedBid.objects.get(stage="price")
    slipped = msgspec.structs.replace(bids.bids[0], header=json.loads(bytes(price.header)), leaf=bids.ended[0].leaf)
    both = msgspec.structs.replace(bids, bids=(*bids.bids, slipped), ended=())
    refuse(both, tender, "no entry in the ledger says that its bid passed")
    alone = msgspec.structs.replace(both, bids=(slipped,), stage="price", ended=())
    refuse(alone, tender, "no entry in the ledger says that its bid passed")


def test_a_price_that_the_ledger_does_not_admit_is_not_opened() -> None:
    tender = technical_open()
    passing_published(tender, FAILING)
    bids = listed(tender)
    shut = SealedBid.objects.get(stage="price", state="submitted", commitment__in=shut_ones(bids))
    leaf = next(bid.leaf for bid in bids.ended if bid.leaf.commitment == shut.commitment)
    slipped = msgspec.structs.replace(bids.bids[0], header=json.loads(bytes(shut.header)), leaf=leaf)
    rest = tuple(bid for bid in bids.ended if bid.leaf is not leaf)
    refuse(msgspec.structs.replace(bids, bids=(*bids.bids, slipped), ended=rest), tender, "says that its bid passed")


def shut_ones(bids: BidsToOpen) -> list[str]:
    return [bid.leaf.commitment for bid in bids.ended if bid.end == "shut"]


def test_a_bid_that_passed_cannot_be_left_out() -> None:
    tender = technical_open()
    passing_published(tender)
    bids = listed(tender)
    refuse(msgspec.structs.replace(bids, bids=bids.bids[:1]), tender, "passed and is not in the list")


def test_the_proof_of_another_entry_is_no_permit() -> None:
    tender = technical_open()
    passing_published(tender)
    bids = listed(tender)
    refuse(msgspec.structs.replace(bids, permit=bids.closing), tender, "admit")


def test_an_envelope_is_not_said_to_wait_while_its_bid_is_dropped() -> None:
    tender = before_the_first_opening()
    bids = listed(tender)
    refuse(msgspec.structs.replace(bids, bids=()), tender, "waits for its turn")
