"""The main job once in Chromium: typed by hand, every page accessible, the console silent; also without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.stories.browsing import Hands, People
from tests.stories.life import Life


@pytest.fixture
def people(browser: Browser, built_assets: None, life: Life, live_server: LiveServer) -> Iterator[People]:
    found = People(browser, live_server.url)
    yield found
    found.close()


@pytest.mark.timeout(600)
def test_a_procurement_lives_from_need_to_final_account(people: People, life: Life) -> None:
    hands = Hands(life, people)
    for act in life.acts():
        hands.do(act)
    assert life.process.state == "complete"
    ocid = life.process.ocid
    for name, path in read_at_the_end(ocid):
        people.visit(name, path)
    assert people.wrong == []


def read_at_the_end(ocid: str) -> list[tuple[str, str]]:
    """Who reads what when all is done."""
    public = (
        "",
        f"processes/{ocid}/",
        f"processes/{ocid}/history/",
        f"processes/{ocid}/guideline/",
        "?q=roofs&value_from=abc",
        "money/",
        "rules/",
        "rules/open_1/",
        "check/",
        "data/",
        "accessibility/",
        "privacy/",
        "complaints/",
    )
    desk = ("desk/", f"desk/{ocid}/", f"desk/{ocid}/journal/", f"desk/{ocid}/steps/4.4.4/")
    return [
        *(("finn", f"/en/{path}") for path in public),
        *(("finn", f"/ar/{path}") for path in public[:2]),
        *(("ada", f"/en/{path}") for path in desk),
        ("bob", "/en/desk/"),
        ("bob", f"/en/desk/{ocid}/bidding/"),
        ("gus", f"/en/desk/{ocid}/bidding/committee/"),
    ]
