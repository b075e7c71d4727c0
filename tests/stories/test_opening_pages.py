"""Pages of the committee, the opening and messages: accessible on a telephone and a desk, of use without scripts."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed
from tenderwell.workroom.evaluation.tests.envelopes import (
    both_sent,
    called_with_two_committees,
    passing_published,
    technical_released,
)
from tenderwell.workroom.evaluation.tests.journey import when
from tests.stories.browsing import People

PLACES = ("committee", "register_member_key", "rehearse_opening", "release_price_shares", "hand_over_shares", "opening")
WITHOUT = {
    "committee": "Compare these words",
    "register_member_key": "tenderwell keygen",
    "rehearse_opening": "tenderwell rehearse",
    "release_price_shares": "tenderwell open-share",
    "hand_over_shares": "tenderwell hand-over",
    "opening": "Every entry that concerned a bid",
}


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    """The technical envelopes are open, both bids passed, the price committee is asked; Rita has released."""
    made, rings = called_with_two_committees()
    clock.append(made.end - MINUTE)
    passing_published(technical_released(both_sent(made)))
    clock.append(when(made.process))
    sealer.release_prices(rings[1], made.process, now=clock[-1])
    return made


@pytest.fixture
def people(browser: Browser, built_assets: None, tender: Sealed, live_server: LiveServer) -> Iterator[People]:
    found = People(browser, live_server.url)
    yield found
    found.close()


def test_they_are_accessible_at_360_and_1280(people: People, tender: Sealed) -> None:
    ocid = tender.process.ocid
    for place in PLACES:
        people.visit("ben", f"/en/desk/{ocid}/bidding/{place}/")
    people.visit("bob", f"/en/desk/{ocid}/bidding/")
    people.visit("bob", "/en/desk/messages/")
    people.visit("ada", "/en/desk/messages/")
    people.visit("ada", f"/en/processes/{ocid}/opening/")
    people.visit("ada", f"/ar/processes/{ocid}/opening/")
    assert people.wrong == []


def test_without_scripts_they_say_what_to_do(people: People, tender: Sealed) -> None:
    ocid = tender.process.ocid
    page = people.window("ben", java_script_enabled=False)
    shown = {}
    for place in WITHOUT:
        page.goto(f"/en/desk/{ocid}/bidding/{place}/")
        shown[place] = page.locator("main").inner_text()
    # rehearsing is over, so that page gives the reason
    assert "rehearse" in shown.pop("rehearse_opening").lower()
    assert [place for place, words in WITHOUT.items() if place in shown and words not in shown[place]] == []
    page.goto("/en/desk/messages/")
    assert page.locator("h1").inner_text()
    page.goto(f"/en/processes/{ocid}/opening/")
    assert "The prices have a committee of their own" in page.locator("main").inner_text()
