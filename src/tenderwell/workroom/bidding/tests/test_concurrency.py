"""Many hands at once: one bidder's bids stay in order, and no bid of many is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.workroom.bidding import commands, sealer
from tenderwell.workroom.bidding.inputs import SubmitBid
from tenderwell.workroom.bidding.tests.journey import SECOND, Sealed, open_for_bids, sealed_by
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db(transaction=True)


def together(tender: Sealed, inputs: list[SubmitBid]) -> list[str]:
    """Bob sends all of them at the same time; what came of each."""
    bob, ocid, now = personas().bob, tender.process.ocid, tender.end - SECOND

    def send(data: SubmitBid) -> str:
        try:
            return str(perform(commands.submit_bid, bob, ocid, data, now=now).pk)
        except Refused as refused:
            return refused.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(inputs)) as pool:
        return list(pool.map(send, inputs))


def test_the_same_bid_sent_eight_times_at_once_is_one_bid() -> None:
    tender = open_for_bids()
    data = sealer.uploaded(sealed_by(tender, personas().bob))
    assert len(set(together(tender, [data] * 8))) == 1
    assert tender.process.sealed_bids.count() == 1
    assert Entry.objects.filter(kind="sealed/v1").count() == 1


def test_of_eight_first_bids_sent_at_once_one_stands() -> None:
    tender = open_for_bids()
    inputs = [sealer.uploaded(sealed_by(tender, personas().bob, str(amount))) for amount in range(8)]
    results = together(tender, inputs)
    assert sorted(results)[1:].count("wrong_turn") + results.count("wrong_turn") >= 7
    assert list(tender.process.sealed_bids.values_list("seq", "state")) == [(1, "submitted")]


def test_a_bid_stamped_in_time_is_kept_though_it_waits_past_the_end_for_its_turn() -> None:
    tender = open_for_bids()
    data = sealer.uploaded(sealed_by(tender, personas().bob))
    assert tender.end - SECOND + timedelta(seconds=1) == tender.end
    assert len(together(tender, [data])[0]) == 36
