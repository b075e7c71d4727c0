"""A bidder at a real browser changes a bid and takes it back; what was replaced or withdrawn stays shut for ever."""

from datetime import datetime

from playwright.sync_api import Page, expect

from tenderwell.ledger.sealing.keys import Suite
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.tests.conftest import visit as visit
from tenderwell.workroom.bidding.tests.journey import MINUTE, bid_of, open_for_bids, opened
from tenderwell.workroom.bidding.tests.test_pages import address
from tenderwell.workroom.bidding.tests.visits import Visit, fill_in
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, personas


def test_a_bid_is_replaced_and_withdrawn_on_the_page_and_the_public_sees_what_stayed_shut(
    transactional_db: None, clock: list[datetime], visit: Visit
) -> None:
    tender = open_for_bids(suite=Suite.PQ)
    clock.append(tender.end - MINUTE)
    page = visit(personas().bob, address("home", tender))
    home = page.url
    sealed(page, "Fill in and seal in this browser", "100")
    page.goto(home)
    sealed(page, "Fill in and seal a bid in place of it", "90")
    page.goto(home)
    expect(page.get_by_role("cell", name="Replaced by a later bid")).to_be_visible()
    page.get_by_role("link", name="Withdraw your bid").click()
    page.get_by_role("button", name="Withdraw your bid").click()
    page.wait_for_url(home)
    expect(page.get_by_role("cell", name="Withdrawn")).to_be_visible()
    bid_of(tender, personas().cleo, now=clock[-1])
    opened(tender)
    page.goto(home.partition("/desk/")[0] + f"/processes/{tender.process.ocid}/opening/")
    expect(page.get_by_text("Its bidder sent a later one. It stays shut for ever.")).to_be_visible()
    expect(page.get_by_text("Its bidder took it back. It stays shut for ever.")).to_be_visible()
    ends = SealedBid.objects.order_by("received_at", "seq").values_list("bidder__identifier", "state")
    assert set(ends) == {(BOB_ROOFS, "replaced"), (BOB_ROOFS, "withdrawn"), (CLEO_WORKS, "opened")}


def sealed(page: Page, way: str, amount: str) -> None:
    """From the page of one's bid to the receipt."""
    page.get_by_role("button", name=way).click()
    fill_in(page, amount)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)
