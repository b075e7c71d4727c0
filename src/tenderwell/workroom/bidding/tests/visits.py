"""What tests do and look for on the pages of a bid."""

from typing import Protocol

from playwright.sync_api import Page, expect

from tenderwell.core.command import Actor
from tenderwell.ui.tests.test_look import AXE, RULES

CONTINUE = "Save and continue"


class Visit(Protocol):
    """Opens a page as a person."""

    def __call__(self, actor: Actor, path: str, *, javascript: bool = True) -> Page: ...


def strangers(url: str, origin: str) -> list[str]:
    """The address, when it leaves the origin."""
    return [] if url.startswith((origin + "/", "blob:", "data:")) else [url]


def violations(page: Page) -> list[str]:
    """What axe-core finds, by the names of its rules."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run('main', {{runOnly: {RULES}, resultTypes: ['violations']}})")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found["violations"]]


def at(page: Page, name: str) -> None:
    """Wait until this task, "list" or "check" is shown."""
    expect(page.locator(f"[data-page={name}]")).to_be_attached(timeout=15_000)


def go(page: Page, task: str) -> None:
    """Leave the list for a task."""
    page.locator(f"a[href='#{task}']").first.click()
    at(page, task)


def done(page: Page, *, then: str) -> None:
    page.get_by_role("button", name=CONTINUE).click()
    at(page, then)


def tick_all(page: Page) -> None:
    for box in page.locator("#sealing input[type=checkbox]").all():
        box.check()


def price_all(page: Page, amount: str) -> None:
    for field in page.locator("input[inputmode=decimal]").all():
        field.fill(amount)


def fill_in(page: Page, amount: str, *, last: str = "Seal and submit") -> None:
    """A whole simple bid, up to the page where everything is read back."""
    at(page, "list")
    go(page, "eligibility")
    tick_all(page)
    done(page, then="prices")
    price_all(page, amount)
    done(page, then="files")
    done(page, then="partners")
    done(page, then="check")
    expect(page.get_by_role("button", name=last)).to_be_visible()
