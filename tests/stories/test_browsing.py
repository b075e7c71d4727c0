"""What every page keeps in a real browser: sign-in by hand, keyboard, no scripts, right to left."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.tests.journey import DAY, tendered
from tests.stories.test_many_writers import noticed

PASSWORD = "correct horse battery"
Opener = Callable[..., Page]


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Process:
    """A tender open for bids, and its second day; everybody's address is confirmed."""
    from allauth.account.models import EmailAddress

    personas()
    for person in Person.objects.all():
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    process = tendered()
    clock.append(NOW + DAY)
    return process


@pytest.fixture
def open_page(browser: Browser, built_assets: None, live_server: LiveServer) -> Iterator[Opener]:
    contexts = []

    def opened(path: str, *, scripts: str = "on") -> Page:
        context = browser.new_context(base_url=live_server.url, java_script_enabled=scripts == "on")
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form[method=post] button")
    page.wait_for_load_state()


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_bob_finds_a_tender_signs_in_and_asks_a_question(tender: Process, open_page: Opener, scripts: str) -> None:
    page = open_page("/en/?q=roofs&open=1", scripts=scripts)
    page.click(f"text={tender.title}")
    page.click("text=Prepare a bid")
    sign_in(page, "bob@port-aurora.example")
    page.goto(f"/en/desk/{tender.ocid}/tendering/ask_question/")
    page.fill("main [name=text]", "May tiles be used?")
    page.click("main form button[data-prevent-double-click]")
    page.wait_for_load_state()
    assert tender.enquiries.get().text == "May tiles be used?"


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_what_is_missing_is_told_above_the_form(tender: Process, open_page: Opener, scripts: str) -> None:
    page = open_page(f"/en/desk/{tender.ocid}/tendering/ask_question/", scripts=scripts)
    sign_in(page, "bob@port-aurora.example")
    page.click("main form button[data-prevent-double-click]")
    page.wait_for_selector(".govuk-error-summary")
    link = page.locator(".govuk-error-summary a").first
    assert link.get_attribute("href") == "#id_text"
    assert page.title().startswith("Error")


def test_the_keyboard_skips_to_the_content(tender: Process, open_page: Opener) -> None:
    page = open_page(f"/en/processes/{tender.ocid}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_arabic_reads_from_the_right(tender: Process, open_page: Opener) -> None:
    page = open_page(f"/ar/processes/{tender.ocid}/")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    title = page.locator("h1")
    assert title.get_attribute("lang") == "en"
    brand = page.locator(".masthead__brand").bounding_box()
    assert brand
    assert brand["x"] > 600


def test_a_stranger_is_asked_to_sign_in_and_a_rival_is_turned_away(tender: Process, open_page: Opener) -> None:
    page = open_page(f"/en/desk/{tender.ocid}/tendering/amend_tender/")
    assert "/login/" in page.url
    sign_in(page, "cleo@port-aurora.example")
    page.goto(f"/en/desk/{tender.ocid}/tendering/amend_tender/")
    assert page.locator("main form[method=post]").count() == 0


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_a_citizen_without_an_account_comments_on_an_early_notice(
    tender: Process, open_page: Opener, scripts: str
) -> None:
    process = noticed()
    page = open_page(f"/en/processes/{process.ocid}/", scripts=scripts)
    page.click("text=Say what you think")
    page.fill("main [name=text]", "Please ask for tiles.")
    page.click("main form button[data-prevent-double-click]")
    page.wait_for_load_state()
    assert "Please ask for tiles." in page.inner_text("main")
