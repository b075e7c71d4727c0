"""A bid filled in, sealed, sent and opened with a real browser; and offline.html, whose package the server takes."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tenderwell.core.command import Actor
from tenderwell.ledger.sealing.header import parse_header
from tenderwell.ledger.sealing.keys import Suite, recipient_of
from tenderwell.ledger.sealing.package import SealedPackage
from tenderwell.ledger.sealing.passphrase import unwrap_identity, wrap_identity
from tenderwell.ui.build import STATIC
from tenderwell.ui.tests.test_look import AXE, RULES
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import Bid, SealedBid
from tenderwell.workroom.bidding.tests.journey import (
    MINUTE,
    Sealed,
    announced,
    bid_of,
    handed_in,
    open_for_bids,
    opened,
)
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, assign, personas

WORDS = "five good words to remember"
Visit = Callable[[Actor, str], Page]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    made = open_for_bids(suite=Suite.PQ)
    clock.append(made.end - MINUTE)
    return made


@pytest.fixture(autouse=True, scope="module")
def threads_hold_no_connection() -> Iterator[None]:
    """The server's threads give theirs back after each request, so that the tables can be emptied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, built_assets: None) -> Iterator[Visit]:
    """Opens a page as a person; no request may leave the origin, no policy may be broken, no script may fail."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened_page(actor: Actor, path: str) -> Page:
        contexts.append(context := browser.new_context(accept_downloads=True))
        session = signed_in(actor).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("request", lambda request: complaints.extend(strangers(request.url, live_server.url)))
        page.on("console", lambda message: complaints.extend([message.text] if message.type == "error" else []))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield opened_page
    for context in contexts:
        context.close()
    assert [each for each in complaints if not any(status in each for status in ("404", "503"))] == []


def strangers(url: str, origin: str) -> list[str]:
    return [] if url.startswith((origin + "/", "blob:", "data:")) else [url]


def test_a_member_makes_a_key_in_the_browser_and_proves_it(
    transactional_db: None, clock: list[datetime], visit: Visit
) -> None:
    process = planned()
    assign(process, "gus", "committee")
    clock.append(process.begun_at)
    page = visit(personas().gus, reverse("bidding:register-key", args=(process.ocid,)))
    page.get_by_label("Passphrase", exact=True).fill(WORDS)
    page.get_by_label("Passphrase, once more").fill(WORDS)
    page.get_by_role("button", name="Make a key on this device").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download Your key file").click()
    identity = unwrap_identity(Path(download.value.path()).read_bytes(), words=WORDS)
    page.get_by_role("button", name="Prove that you hold the key").click()
    expect(page.get_by_text("The proof is filled in below")).to_be_visible()
    page.get_by_role("button", name="Register your key").click()
    page.wait_for_url(lambda url: "register_member_key" not in url)
    assert queries.current_keys(process).get().recipient == recipient_of(identity)


def test_members_release_their_shares_in_the_browser(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    bid_of(tender, personas().bob, "4200.50")
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        key_file = tmp_path / "my.key"
        key_file.write_bytes(wrap_identity(ring.identity, words=WORDS))
        page = visit(ring.actor, address("release", tender))
        page.clock.set_fixed_time(clock[-1])
        page.get_by_label("Your key file").set_input_files(key_file)
        page.get_by_label("Passphrase").fill(WORDS)
        page.get_by_role("button", name="Take out my shares and send them").click()
        page.wait_for_url("**/committee/", timeout=60_000)
    assert Bid.objects.get(process=tender.process).amount == Decimal("4200.50")


def test_before_the_deadline_a_members_browser_releases_nothing(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    ring, key_file = tender.rings[0], tmp_path / "my.key"
    key_file.write_bytes(wrap_identity(ring.identity, words=WORDS))
    page = visit(ring.actor, address("release", tender))
    page.clock.set_fixed_time(tender.end - MINUTE)
    page.get_by_label("Your key file").set_input_files(key_file)
    page.get_by_label("Passphrase").fill(WORDS)
    page.get_by_role("button", name="Take out my shares and send them").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was released", timeout=60_000)


def fill(page: Page, amount: str) -> None:
    """Write the one amount and get to the page where everything is read back."""
    expect(page.locator("#sealing[data-ready]")).to_be_attached()
    for field in page.locator("input[inputmode=decimal]").all():
        field.fill(amount)


def test_a_bid_is_sealed_in_the_browser_and_opened_by_the_committee(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill(page, "1.250,50")
    page.get_by_label("Files of your bid").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF plan" * 9}
    )
    page.get_by_role("button", name="Continue").click()
    named = queries.current_committee(tender.process)
    assert named and " ".join(named.committee.words) in page.content()
    amount = page.locator("[data-offer]").get_attribute("data-offer")
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=30_000)
    opened(tender)
    bid = Bid.objects.get(process=tender.process)
    assert (bid.amount, [file.name for file in bid.files.all()]) == (Decimal(str(amount)), ["bid.json", "plan.pdf"])


def test_the_page_is_accessible_before_and_after_errors(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill(page, "450.000")
    for step in ("Continue", "Add an organisation"):
        page.get_by_role("button", name=step).first.click()
        assert violations(page) == []
    fill_again = page.locator("input[inputmode=decimal]").first
    fill_again.fill("12.50")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your bid")).to_be_focused()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe-core finds, by the names of its rules."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run('main', {{runOnly: {RULES}}})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


def test_an_unclear_amount_is_asked_about(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill(page, "450.000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("it could be read in two ways")


def test_what_was_typed_is_there_again_and_no_one_can_read_it(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill(page, "777.25")
    expect(page.locator("#sealing[data-kept]")).to_be_attached()
    kept = page.evaluate(f"({KEPT})('drafts')")[0]
    assert set(kept) == {"iv", "sealed"}
    assert page.evaluate(f"({KEPT})('keys').then((keys) => keys[0].extractable)") is False
    page.reload()
    expect(page.locator("input[inputmode=decimal]").first).to_have_value("777.25")


KEPT = """(store) => new Promise((resolve) => {
  indexedDB.open("tenderwell-sealing").onsuccess = ({target}) => {
    const all = target.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => resolve(all.result);
  };
})"""


def test_a_dropped_connection_costs_nothing(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill(page, "99")
    page.get_by_role("button", name="Continue").click()
    page.route("**/parts/**", lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("status")).to_contain_text("The connection is down", timeout=30_000)
    page.reload()
    page.unroute("**/parts/**")
    page.get_by_role("button", name="Continue the upload").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=30_000)
    assert SealedBid.objects.get(process=tender.process).state == "submitted"


def test_the_offline_page_makes_a_package_that_the_server_takes(
    tender: Sealed, browser: Browser, built_assets: None, tmp_path: Path
) -> None:
    facts = tmp_path / "tender.json"
    facts.write_bytes(signed_in(personas().bob).get(address("tender-file", tender)).content)
    header, payload = sealed_offline(browser, facts)
    package = SealedPackage(parse_header(header), payload)
    assert handed_in(tender, personas().bob, package, now=tender.end - MINUTE).commitment == package.commitment
    opened(tender)
    assert Bid.objects.get(process=tender.process).status == "valid"


def sealed_offline(browser: Browser, facts: Path) -> tuple[bytes, bytes]:
    """What offline.html, opened from the disk without any network, lets the bidder save."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page, errors = context.new_page(), list[str]()
    page.on("console", lambda message: errors.append(message.text))
    page.goto((STATIC / "sealing" / "offline.html").as_uri())
    page.get_by_label("The tender file").set_input_files(facts)
    page.get_by_label("Your organisation’s number").fill(BOB_ROOFS)
    page.get_by_label("Your organisation’s name").fill("Bob Roofs Cooperative")
    for field in page.locator("input[inputmode=decimal]").all():
        field.fill("1000")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Seal").click()
    saved = []
    for name in ("header.json", "payload.age"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        saved.append(Path(download.value.path()).read_bytes())
    context.close()
    assert errors == []
    return saved[0], saved[1]
