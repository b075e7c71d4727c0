"""A bid in two envelopes sealed in the browser and offline; the site takes both, and they are opened in turn."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tenderwell.ledger.sealing.header import parse_header
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.package import SealedPackage
from tenderwell.ledger.sealing.passphrase import wrap_identity
from tenderwell.ui.build import STATIC
from tenderwell.workroom.bidding import queries, sealer
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.tests.conftest import visit
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced, handed_in
from tenderwell.workroom.bidding.tests.test_pages import address
from tenderwell.workroom.bidding.tests.visits import Visit, fill_in
from tenderwell.workroom.evaluation.tests.envelopes import (
    both_sent,
    called_in_two,
    called_with_two_committees,
    passing_published,
    prices_open,
    technical_released,
)
from tenderwell.workroom.evaluation.tests.journey import when
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas

__all__ = ["visit"]
WORDS = "five good words to remember"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    made = called_in_two(suite=Suite.PQ)
    clock.append(made.end - MINUTE)
    return made


def opened_in_turn(tender: Sealed) -> tuple[Decimal | None, Decimal | None]:
    """The bid's price after the first opening, and after the second."""
    announced(tender)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    first = queries.opened_bids(tender.process).get().amount
    passing_published(tender)
    return first, queries.opened_bids(prices_open(tender)).get().amount


def test_the_browser_seals_the_price_into_an_envelope_of_its_own(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill_in(page, "100")
    assert "Write no price into an answer or a file" in page.content()
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)
    sent = SealedBid.objects.filter(process=tender.process).values_list("stage", "state")
    assert sorted(sent) == [("price", "submitted"), ("technical", "submitted")]
    assert opened_in_turn(tender) == (None, Decimal("1200"))


def test_a_lost_connection_between_the_envelopes_costs_nothing(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill_in(page, "100")
    taken = []

    def one_only(route: object) -> None:
        taken.append(route)
        route.continue_() if len(taken) == 1 else route.fulfill(status=503)  # type: ignore[attr-defined]

    page.route("**/hand_in/", one_only)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("status")).to_contain_text("The connection is down", timeout=60_000)
    page.goto(page.url.replace("seal/", ""))
    expect(page.get_by_text("Not all of your bid has arrived (price envelope)")).to_be_visible()
    page.unroute("**/hand_in/")
    page.go_back()
    page.get_by_role("button", name="Continue the upload").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)
    assert queries.missing_envelopes(tender.process, bidder=BOB_ROOFS) == []


def test_the_offline_page_makes_both_packages(
    tender: Sealed, browser: Browser, built_assets: None, tmp_path: Path
) -> None:
    (tmp_path / "tender.json").write_bytes(tender_file(tender.process))
    context = browser.new_context(offline=True, accept_downloads=True)
    page = context.new_page()
    page.goto((STATIC / "sealing" / "offline.html").as_uri())
    page.get_by_label("The tender file").set_input_files(tmp_path / "tender.json")
    fill_in(page, "100", last="Seal")
    page.get_by_label("Your organisation’s number").fill(BOB_ROOFS)
    page.get_by_label("Your organisation’s name").fill("Bob Roofs Cooperative")
    page.get_by_role("button", name="Seal").click()
    for stage in ("technical", "price"):
        header, payload = (saved(page, f"{stage}-{name}") for name in ("header.json", "payload.age"))
        handed_in(tender, personas().bob, SealedPackage(parse_header(header), payload), now=tender.end - MINUTE)
    context.close()
    assert opened_in_turn(tender) == (None, Decimal("1200"))


def released(ring: KeyRing, tender: Sealed, visit: Visit, *, now: datetime, folder: Path) -> Page:
    """Take the shares out on the page, with the key file; the page as it is when they were sent."""
    key_file = folder / "my.key"
    key_file.write_bytes(wrap_identity(ring.identity, words=WORDS))
    page = visit(ring.actor, address("release-prices", tender))
    page.clock.set_fixed_time(now)
    expect(page.get_by_role("heading", name="Release your shares of the price envelopes")).to_be_visible()
    page.get_by_label("Your key file").set_input_files(key_file)
    page.get_by_label("Passphrase").fill(WORDS)
    page.get_by_role("button", name="Take out my shares and send them").click()
    return page


def test_the_committee_for_the_prices_opens_them_in_the_browser(
    transactional_db: None, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    tender, rings = called_with_two_committees(suite=Suite.PQ)
    passing_published(technical_released(both_sent(tender)))
    clock.append(when(tender.process))
    for ring in rings[:2]:
        released(ring, tender, visit, now=clock[-1], folder=tmp_path).wait_for_url("**/committee/", timeout=60_000)
    assert {bid.amount for bid in queries.opened_bids(tender.process)} == {Decimal("1000"), Decimal("900")}
    assert tender.again().state == "evaluation"


def test_a_key_of_the_other_committee_opens_no_price_in_the_browser(
    transactional_db: None, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    """Ben gives the page the key of Gus, who is on the committee for the technical envelopes."""
    tender, rings = called_with_two_committees(suite=Suite.PQ)
    passing_published(technical_released(both_sent(tender)))
    clock.append(when(tender.process))
    stranger = KeyRing(rings[0].actor, tender.rings[0].identity)
    page = released(stranger, tender, visit, now=clock[-1], folder=tmp_path)
    expect(page.get_by_role("alert")).to_contain_text("record does not name this key", timeout=60_000)


def saved(page: Page, name: str) -> bytes:
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name=f"Download {name}").click()
    return Path(download.value.path()).read_bytes()
