"""People in a real browser: they fill in forms by hand, and every page they see is checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from tenderwell.ui.build import ROOT
from tests.stories.doors import Posted, signed_in, typed
from tests.stories.life import Act, Life, city_or_process

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FORM = "main form[method=post]"
SEND = f"{FORM} button[data-prevent-double-click]"
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}
PATIENCE = 120_000  # milliseconds that a page may take on a busy machine
EXPECTED = ("422", "403", "404")  # a browser's console tells of pages that refuse
CHECK = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations.map(
    one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', '))"""
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth || each.getBoundingClientRect().left < 0)
    .map(each => each.outerHTML.slice(0, 90)).slice(-3).join(' ') || 'nothing stands out'"""


@dataclass
class People:
    """One browser window a person. seen: pages checked already; wrong: what was found, page by page."""

    browser: Browser
    site: str
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    windows: dict[str, Page] = field(default_factory=dict)

    def window(self, name: str, **options: Any) -> Page:
        """Signed in by a session made beforehand; a sign-in by hand is another test's matter."""
        if name not in self.windows:
            context = self.browser.new_context(viewport=WIDE, base_url=self.site, **options)
            context.set_default_timeout(PATIENCE)
            enter(context, name, self.site)
            page = context.new_page()
            page.on("console", lambda message: self.console(page, message))
            page.on("pageerror", lambda error: self.wrong.append(f"{page.url}: {error}"))
            self.windows[name] = page
        else:
            enter(self.windows[name].context, name, self.site)
        return self.windows[name]

    def console(self, page: Page, message: ConsoleMessage) -> None:
        is_bad = message.type in ("error", "warning")
        if is_bad and not any(code in message.text for code in EXPECTED):
            self.wrong.append(f"{page.url}: console: {message.text}")

    def visit(self, name: str, path: str) -> Page:
        page = self.window(name)
        page.goto(path)
        self.check(page, path)
        return page

    def check(self, page: Page, path: str) -> None:
        """Accessible and without sideways scrolling, on a telephone and on a desk; each page once."""
        if path in self.seen:
            return
        self.seen.add(path)
        page.evaluate(AXE.read_text())
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            self.wrong += [f"{path} at {size['width']}: {each}" for each in page.evaluate(CHECK, RULES)]
            if wide := page.evaluate(WIDER):
                self.wrong.append(f"{path} at {size['width']}: wider than the window: {wide}")

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()


def enter(context: BrowserContext, name: str, site: str) -> None:
    """Put the person's session into the browser; the story's clock ends older ones."""
    session = signed_in(name).cookies.get(settings.SESSION_COOKIE_NAME)
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": site}])


@dataclass
class Hands:
    """Drives a life through the pages of a browser."""

    life: Life
    people: People

    def do(self, act: Act) -> None:
        path = self.path(act)
        if act.wrong and act.wrong != "finn":
            refused = self.people.visit(act.wrong, path)
            assert is_refused(refused), (act.command, act.wrong)
        page = self.people.visit(act.who, path)
        self.fill(page, act)
        page.click(SEND) if page.locator(SEND).count() else page.click(f"{FORM} button.govuk-button")
        page.wait_for_load_state()
        assert "/" + act.verb not in page.url, (act.command, page.locator("main").inner_text())

    def path(self, act: Act) -> str:
        place, key = city_or_process(act, self.life)
        middle = f"organisations/{key}" if place == "organisations" else key
        return f"/en/desk/{middle}/{act.stage}/{act.verb}/"

    def fill(self, page: Page, act: Act) -> None:
        for name, body in files_of(act):
            file = {"name": name.replace(":", "."), "mimeType": "application/octet-stream", "buffer": body}
            page.set_input_files(f"input[name={name.partition(':')[0]}]", file)  # type: ignore[arg-type]
        if act.data and not act.shares:
            type_in(page, typed(act, self.life))


def files_of(act: Act) -> Iterator[tuple[str, bytes]]:
    """The files a person chooses: field and ending, and what is in them."""
    if act.shares:
        yield "shares:json", act.shares
    for name, body in act.uploads.items():
        yield f"{name}:{'json' if name == 'header' else 'age'}", body


def is_refused(page: Page) -> bool:
    """No form to send: the page says whose step it is, or why it must wait, or that nothing is there."""
    return page.locator(SEND).count() == 0


def type_in(page: Page, answers: Posted) -> None:
    """Fill in each control by its name; rows that are missing are added with their button."""
    for name, value in answers.items():
        if name.endswith("-TOTAL_FORMS"):
            add_rows(page, name.removesuffix("-TOTAL_FORMS"), int(str(value)))
        elif not name.endswith("-INITIAL_FORMS"):
            for each in value if isinstance(value, list) else [value]:
                answer(page, name, each)


def add_rows(page: Page, group: str, wanted: int) -> None:
    while int(page.input_value(f"input[name='{group}-TOTAL_FORMS']")) < wanted:
        shown = page.locator(f"[id^='row-{group}-']").count()
        page.click("button.rows__add")
        page.wait_for_selector(f"#row-{group}-{shown}")


def answer(page: Page, name: str, value: str) -> None:
    control = page.locator(f"{FORM} [name='{name}']").first
    kind = control.get_attribute("type")
    if kind in ("radio", "checkbox"):
        exact = page.locator(f"{FORM} [name='{name}'][value='{value}']")
        (exact if exact.count() else control).check()
    elif control.evaluate("each => each.tagName") == "SELECT":
        control.select_option(value)
    elif kind != "hidden":
        control.fill(value)
