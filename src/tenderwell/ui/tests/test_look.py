"""The gallery in a real browser: accessible, without overflow, under the strict policy, with and without scripts."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tenderwell.ui.build import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEND = "form button[data-prevent-double-click]"
Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Opener]:
    """Opens a page; at the end its console must have been silent but for the 422 of a form with problems."""
    contexts, complaints = [], []

    def opened(path: str, *, width: int = 1280, scripts: str = "on") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts == "on")
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [text for text in complaints if "422" not in text] == []


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(open_page: Opener, language: str, width: int) -> None:
    page = open_page(f"/{language}/gallery/", width=width)
    assert violations(page) == []
    page.click(SEND)
    page.wait_for_selector(".govuk-error-summary")
    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_nothing_overflows_at_320(open_page: Opener, language: str) -> None:
    page = open_page(f"/{language}/gallery/", width=320)
    assert overflow(page) == 0
    page.click(SEND)
    page.wait_for_selector(".govuk-error-summary")
    assert overflow(page) == 0


def test_arabic_is_mirrored(open_page: Opener) -> None:
    page = open_page("/ar/gallery/")
    places = {name: page.locator(name).first.bounding_box() for name in (".masthead__brand", ".panel", ".doc__type")}
    assert all(places.values())
    middle = {name: box["x"] + box["width"] / 2 for name, box in places.items() if box}
    assert middle[".masthead__brand"] > 900
    assert middle[".doc__type"] > 900
    assert middle[".panel"] < 500


def test_the_first_tab_reaches_the_skip_link(open_page: Opener) -> None:
    page = open_page("/en/gallery/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"


def test_the_summary_has_the_focus_and_leads_to_the_controls(open_page: Opener) -> None:
    page = open_page("/en/gallery/")
    page.click(SEND)
    page.wait_for_selector(".govuk-error-summary")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    links = page.locator(".govuk-error-summary a")
    targets = [links.nth(number).get_attribute("href") for number in range(links.count())]
    assert all(target and page.locator(target).count() == 1 for target in targets)
    links.nth(1).click()
    assert page.evaluate("document.activeElement.id") == "id_lots_0"


@pytest.mark.parametrize("scripts", ["on", "off"])
def test_rows_are_added_and_removed_with_and_without_scripts(open_page: Opener, scripts: str) -> None:
    page = open_page("/en/gallery/", scripts=scripts)
    page.fill("#id_items-0-title", "Chair")
    page.click("button.rows__add")
    page.wait_for_selector("#row-items-1")
    page.fill("#id_items-1-title", "Table")
    page.click("button.row__remove >> nth=0")
    page.wait_for_selector("#row-items-1", state="detached")
    assert page.input_value("#id_items-0-title") == "Table"
    assert page.locator(".govuk-error-summary").count() == 0


def test_enter_sends_the_form_and_adds_no_row(open_page: Opener) -> None:
    page = open_page("/en/gallery/")
    page.fill("#id_items-0-title", "Chair")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    assert page.locator(".row").count() == 1


def test_the_language_links_keep_the_page(open_page: Opener) -> None:
    page = open_page("/en/gallery/")
    page.click("a[hreflang=ar].govuk-language-navigation__link")
    page.wait_for_url("**/ar/gallery/")
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_the_page_is_light(browser: Browser, site: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(site + "/en/gallery/", wait_until="networkidle")
    page.close()
    assert len(sizes) <= 12
    assert sum(sizes) < 380_000
