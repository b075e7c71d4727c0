"""The pages of the plan and of the early notice in a real browser: accessible, and as wide as the window."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tenderwell.core.command import perform
from tenderwell.workroom.engagement.commands import MakeComment, comment
from tenderwell.workroom.engagement.tests.journey import noticed
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.tests.personas import NOW, personas
from tests.stories.browsing import People


@pytest.fixture
def people(
    transactional_db: None, clock: list[datetime], browser: Browser, built_assets: None, live_server: LiveServer
) -> Iterator[People]:
    personas()
    found = People(browser, live_server.url)
    yield found
    found.close()


def test_the_plan_is_read_on_one_page(people: People) -> None:
    planned(title="Roofs of two halls")
    process = staffed()
    people.visit("ada", f"/en/desk/{process.ocid}/planning/overview/")
    filled(process)
    guess = plan.AddAssumption(description="Small firms of the region will bid")
    perform(plan.add_assumption, personas().ada, process.ocid, guess, now=NOW)
    people.seen.clear()
    page = people.visit("ada", f"/en/desk/{process.ocid}/planning/overview/")
    assert page.locator("h1").count() == 1
    assert "not tested yet" in page.inner_text("main")
    page.click("text=Decide how to meet the need")
    assert page.locator("select[name=procedure]").input_value() == "open_1"
    people.check(page, "decide")
    assert people.wrong == []


@pytest.mark.parametrize("answer", ["published", "too late"])
def test_a_citizen_comments_and_the_lead_answers(people: People, clock: list[datetime], answer: str) -> None:
    process = noticed(planned())
    data = MakeComment(text="Which tiles?", passage="Section 2")
    perform(comment, personas().finn, process.ocid, data, now=NOW)
    page = people.visit("finn", f"/en/desk/{process.ocid}/engagement/comment/")
    page.fill("main [name=text]", "Tiles, please.")
    if answer == "too late":
        clock.append(process.periods_held()["engagementPeriod"].end)
    page.click("main form button[data-prevent-double-click]")
    page.wait_for_load_state()
    people.check(page, answer)
    assert "Tiles, please." in page.inner_text("main")
    lead: Any = people.visit("ada", f"/en/desk/{process.ocid}/engagement/answer_comment/")
    assert "Which tiles?" in lead.inner_text("main")
    assert people.wrong == []
