"""A bid filled in task by task, checked, sealed and sent with a real browser, and opened by the committee."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tenderwell.core.command import perform
from tenderwell.ledger.sealing import sheet
from tenderwell.ledger.sealing.header import PART
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.tests.spreadsheets import bomb, office
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import Bid, SealedBid
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, open_for_bids, opened, sealed_by, with_committee
from tenderwell.workroom.bidding.tests.test_pages import address
from tenderwell.workroom.bidding.tests.visits import (
    CONTINUE,
    Visit,
    at,
    done,
    fill_in,
    go,
    price_all,
    tick_all,
    violations,
)
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import drafting as d
from tenderwell.workroom.tendering.tests.journey import drafted, publish

SAFE = "Scaffolds with nets; lessons go on in the other wing."
PLAN: Any = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF plan" * 9}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    """Undivided, one item, no questions: a simple buy."""
    made = open_for_bids(suite=Suite.PQ)
    clock.append(made.end - MINUTE)
    return made


@pytest.fixture
def divided(transactional_db: None, clock: list[datetime]) -> Sealed:
    """Two lots with an item each, and two questions, one of them essential."""
    process = drafted()
    for title, importance in (("Safety of pupils", "essential"), ("Local jobs", "desirable")):
        asked = d.AddRequirement(title=title, text="Say how.", importance=importance, reason="Pupils are there.")
        perform(d.add_requirement, personas().ada, process.ocid, asked, now=NOW)
    for title, quantity in (("North", "5"), ("South", "7")):
        lot = perform(d.add_lot, personas().ada, process.ocid, d.AddLot(title=title, amount="90000"), now=NOW)
        item = {"description": f"Gutters {title}", "classification": "45261320", "quantity": quantity, "unit": "school"}
        perform(d.add_item, personas().ada, process.ocid, d.AddItem(**item, lot=lot.code), now=NOW)
    perform(d.remove_item, personas().ada, process.ocid, d.RemoveItem(item="item-1"), now=NOW)
    rings = with_committee(process, suite=Suite.PQ)
    made = Sealed(publish(process), rings)
    clock.append(made.end - MINUTE)
    return made


def test_a_simple_bid_is_sealed_in_the_browser_and_opened_by_the_committee(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill_in(page, "1.250,50")
    named = queries.current_committee(tender.process)
    assert named and " ".join(named.committee.words) in page.content()
    assert "fifteen thousand and six USD" in page.content()
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=30_000)
    opened(tender)
    bid = Bid.objects.get(process=tender.process)
    assert (bid.amount, bid.sealed.parsed.core.suite) == (Decimal("15006"), "pq")


def test_all_that_is_entered_comes_out_at_the_opening_and_in_the_public_record(divided: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", divided))
    whole_bid(page)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.locator("#own-bid")).to_contain_text(SAFE, timeout=30_000)
    opened(divided)
    bid = Bid.objects.get(process=divided.process)
    assert bid.response and bid.response["answers"] == {"Safety of pupils": SAFE}
    assert "independent-bid" in bid.response["declarations"] and "condition-1" in bid.response["declarations"]
    assert [file.name for file in bid.files.order_by("position")] == ["bid.json", "plan.pdf"]
    published = published_of(divided)["bids"]["details"][0]
    assert [each["name"] for each in published["tenderers"]][1:] == ["Gutter Works"]
    assert published["subcontracting"]["subcontracts"][0]["subcontractor"] == {"id": "PA-78", "name": "Crane Hire"}
    assert published["relatedLots"] == ["lot-2"]


def published_of(tender: Sealed) -> Any:
    record = record_of(tender.process.ocid)
    assert record
    return record.compiled


def whole_bid(page: Page) -> None:
    """South only, one answer, a file, a partner and a subcontractor."""
    at(page, "list")
    go(page, "eligibility")
    tick_all(page)
    done(page, then="lots")
    page.get_by_label("South").check()
    done(page, then="prices")
    price_all(page, "980")
    done(page, then="answers")
    page.get_by_label("Safety of pupils").fill(SAFE)
    done(page, then="files")
    page.get_by_label("Choose files to add").set_input_files(PLAN)
    done(page, then="partners")
    for place, (name, code) in enumerate((("Gutter Works", "PA-77"), ("Crane Hire", "PA-78"))):
        page.get_by_role("button", name="Add an organisation").nth(place).click()
        page.get_by_label("Name", exact=True).nth(place).fill(name)
        page.get_by_label("Number in its register").nth(place).fill(code)
    done(page, then="check")


def test_the_list_shows_how_far_each_task_is(divided: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", divided))
    at(page, "list")
    states = page.locator("[data-tasks] .govuk-task-list__status")
    assert states.all_inner_texts() == [*["Not started"] * 4, "Optional", "Optional", "Cannot start yet"]
    go(page, "eligibility")
    page.get_by_label("The firm is not insolvent").check()
    page.get_by_role("link", name="Back to all tasks").click()
    at(page, "list")
    assert states.all_inner_texts()[0] == "In progress"
    assert page.evaluate("location.hash = 'check'") and page.locator("[data-page=list]").is_visible()


def test_every_page_is_accessible_also_with_errors(divided: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", divided))
    at(page, "list")
    assert violations(page) == []
    for task in ("eligibility", "lots", "answers"):
        go(page, task)
        page.get_by_role("button", name=CONTINUE).click()
        expect(page.get_by_role("alert")).to_be_focused()
        assert violations(page) == []
        page.get_by_role("link", name="Back to all tasks").click()
    whole_bid(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_focused()
    assert violations(page) == []


def test_an_unclear_amount_is_asked_about(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    go(page, "prices")
    price_all(page, "450.000")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("alert")).to_contain_text("it could be read in two ways")


def test_a_bidder_that_cannot_declare_says_why(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    go(page, "eligibility")
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("alert")).to_contain_text("Not declared: The firm is not insolvent")
    page.get_by_text("You cannot declare one of these?").click()
    page.get_by_label("What you cannot declare, and why").fill("We are being wound up; our insurer stands in.")
    done(page, then="prices")


def test_an_answer_that_is_too_long_or_missing_is_told(divided: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", divided))
    go(page, "answers")
    page.get_by_label("Local jobs").fill("word " * 501)
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("alert")).to_contain_text("Answer “Safety of pupils”: it is essential")
    expect(page.get_by_role("alert")).to_contain_text("“Local jobs” is too long: 501 of at most 500 words")


def test_an_organisation_is_not_named_twice(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    go(page, "partners")
    page.get_by_role("button", name="Add an organisation").first.click()
    page.get_by_label("Number in its register").fill(str(personas().bob.organisation))
    page.get_by_role("button", name=CONTINUE).click()
    expect(page.get_by_role("alert")).to_contain_text("This organisation is named already")
    expect(page.get_by_role("alert")).to_contain_text("Fill in Name")


def test_a_spreadsheet_is_filled_in_and_read_back(divided: Sealed, visit: Visit, tmp_path: Path) -> None:
    page = visit(personas().bob, address("seal", divided))
    go(page, "lots")
    tick_all(page)
    done(page, then="prices")
    page.get_by_text("Fill in from a spreadsheet").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download prices.xlsx").click()
    rows = sheet.read(Path(download.value.path()).read_bytes())
    assert [row[5] for row in rows[1:]] == ["Gutters North", "Gutters South"]
    chosen = page.get_by_label("Your filled price list")
    chosen.set_input_files(excel([rows[0], *([*row[:2], 12.1 + 0.05, *row[3:]] for row in rows[1:])]))
    expect(page.locator("input[inputmode=decimal]").nth(1)).to_have_value("12.15")
    expect(page.locator("output")).to_have_text("145.80 USD")
    chosen.set_input_files(excel([rows[0], ["lot-1", "item-9", 1, 5], [*rows[2][:2], "1,5", *rows[2][3:]]]))
    told = page.locator(".govuk-error-message").first
    expect(told).to_contain_text("Line 2: the tender does not ask for item-9.")
    expect(told).to_contain_text("Line 3: write 1,5 as an amount such as 1234.50.")


def excel(rows: list[list[Any]]) -> Any:
    return {"name": "prices.xlsx", "mimeType": "application/octet-stream", "buffer": office(rows)}


def test_a_spreadsheet_that_would_fill_the_memory_is_refused(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    go(page, "prices")
    page.get_by_text("Fill in from a spreadsheet").click()
    large: Any = {"name": "prices.xlsx", "mimeType": "", "buffer": bomb()}
    page.get_by_label("Your filled price list").set_input_files(large)
    expect(page.locator(".govuk-error-message").first).to_contain_text("no spreadsheet that we can read")


def test_an_earlier_bid_gives_its_answers_and_to_the_same_tender_its_prices(divided: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", divided))
    whole_bid(page)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.locator("#own-bid")).to_contain_text(SAFE, timeout=30_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download bid.json").click()
    page.goto(page.url.partition("/bidding/")[0] + "/bidding/seal/")
    at(page, "list")
    page.get_by_text("Copy from an earlier bid of yours").click()
    page.get_by_role("button", name="Copy from the bid for").click()
    expect(page.get_by_role("status")).to_contain_text("Copied what fits")
    states = page.locator("[data-tasks] .govuk-task-list__status").all_inner_texts()
    assert states == ["Not started", "Completed", "Completed", "Completed", "Optional", "Completed", "Cannot start yet"]
    stranger = visit(personas().cleo, address("seal", divided))
    stranger.get_by_text("Copy from an earlier bid of yours").click()
    assert stranger.get_by_role("button", name="Copy from the bid for").count() == 0
    stranger.get_by_label("Your own copy of an earlier bid").set_input_files(download.value.path())
    expect(stranger.get_by_role("status")).to_contain_text("Copied what fits")
    states = stranger.locator("[data-tasks] .govuk-task-list__status").all_inner_texts()
    assert states[2:4] == ["Not started", "Completed"]


def test_what_was_typed_is_there_again_and_no_one_can_read_it(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    go(page, "prices")
    price_all(page, "777.25")
    done(page, then="files")
    page.get_by_label("Choose files to add").set_input_files(PLAN)
    expect(page.locator("#sealing[data-kept]")).to_be_attached()
    kept = page.evaluate(f"({KEPT})('drafts')")[0]
    assert set(kept) == {"iv", "sealed"}
    assert page.evaluate(f"({KEPT})('keys').then((keys) => keys[0].extractable)") is False
    page.reload()
    at(page, "files")
    expect(page.locator(".doc__meta")).to_contain_text("Choose plan.pdf again")
    page.evaluate("location.hash = 'prices'")
    expect(page.locator("input[inputmode=decimal]").first).to_have_value("777.25")


KEPT = """(store) => new Promise((resolve) => {
  indexedDB.open("tenderwell-sealing").onsuccess = ({target}) => {
    const all = target.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => resolve(all.result);
  };
})"""


def test_the_copy_of_a_sealed_bid_is_for_the_browser_that_sealed_it(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    fill_in(page, "99")
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.locator("#own-bid [data-offer]")).to_be_visible(timeout=30_000)
    copies = page.evaluate(f"({KEPT})('copies')")
    assert [set(each) for each in copies] == [{"place", "iv", "sealed"}]
    bid = SealedBid.objects.get(process=tender.process)
    other = visit(personas().bob, address("receipt", tender, bid.commitment))
    expect(other.locator("#own-bid")).to_contain_text("This browser holds no copy")


def test_a_cut_line_and_a_closed_page_cost_nothing(tender: Sealed, visit: Visit) -> None:
    page, sent = visit(personas().bob, address("seal", tender)), list[str]()

    def cut_after_the_first(route: Route) -> None:
        if route.request.method == "PUT" and sent:
            return route.abort("internetdisconnected")
        if route.request.method == "PUT":
            sent.append(route.request.url)
        return route.continue_()

    fill_in(page, "99")
    page.evaluate("location.hash = 'files'")
    large: Any = {"name": "plans.bin", "mimeType": "", "buffer": bytes(2 * PART)}
    page.get_by_label("Choose files to add").set_input_files(large)
    page.evaluate("location.hash = 'check'")
    page.route("**/parts/**", cut_after_the_first)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("status")).to_contain_text("The connection is down", timeout=60_000)
    again = page.context.new_page()  # before the other closes: a private window forgets with its last page
    page.close()
    puts = list[str]()
    again.on("request", lambda request: puts.append(request.url) if request.method == "PUT" else None)
    again.goto(f"{page.url}".partition("#")[0])
    again.get_by_role("button", name="Continue the upload").click()
    expect(again.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)
    assert len(puts) == 2 and sent[0] not in puts
    assert SealedBid.objects.get(process=tender.process).state == "submitted"


def test_a_server_that_starts_again_is_waited_for(tender: Sealed, visit: Visit) -> None:
    page, answers = visit(personas().bob, address("seal", tender)), [503, 503]
    fill_in(page, "99")
    page.route("**/parts/**", lambda route: route.fulfill(status=answers.pop()) if answers else route.continue_())
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)


def test_a_bid_is_made_with_the_keyboard_alone(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender))
    at(page, "list")
    press(page, "a[href='#eligibility']", "Enter")
    at(page, "eligibility")
    for _ in tender_declarations(page):
        press(page, "input[type=checkbox]:not(:checked)", "Space")
    for here, then in (("eligibility", "prices"), ("prices", "files"), ("files", "partners"), ("partners", "check")):
        if here == "prices":
            press(page, "input[inputmode=decimal]", "4", "2")
        press(page, "button:text('Save and continue')", "Enter")
        at(page, then)
        expect(page.locator("#sealing h2").first).to_be_focused()
    press(page, "button:text('Seal and submit')", "Enter")
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)


def press(page: Page, selector: str, *keys: str) -> None:
    """Move by the Tab key until the element has the focus, then press the keys; fails when Tab never gets there."""
    target = page.locator(f"#sealing {selector}").first
    for _ in range(60):
        if target.evaluate("(element) => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    for key in keys:
        page.keyboard.press(key)


def tender_declarations(page: Page) -> range:
    return range(page.locator("#sealing input[type=checkbox]").count())


def test_without_javascript_the_page_says_what_to_do_and_takes_the_package(tender: Sealed, visit: Visit) -> None:
    page = visit(personas().bob, address("seal", tender), javascript=False)
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    package = sealed_by(tender, personas().bob)
    page.get_by_role("link", name="Upload the two files").click()
    page.get_by_label("header.json").set_input_files(upload("header.json", package.header.raw))
    page.get_by_label("payload.age").set_input_files(upload("payload.age", package.payload))
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible()


def upload(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
