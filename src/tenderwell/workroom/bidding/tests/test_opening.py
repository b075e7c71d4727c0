"""The opening: k members and no fewer, wrong shares named, everything published that makes the set checkable."""


import pytest

from tenderwell.workroom.bidding.tests.journey import bid_of, open_for_bids, opened
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


def test_two_of_three_members_open_all_bids():
    tender = open_for_bids()
    bid_of(tender, personas().bob, "1000.00")
    bid_of(tender, personas().cleo, "900.50")
    process = opened(tender)
    assert process.state == "evaluation"
    assert [(bid.code, str(bid.amount), bid.status) for bid in process.bids.order_by("code")] == [
        ("bid-1", "1000.000000", "valid"),
        ("bid-2", "900.500000", "valid"),
    ]
