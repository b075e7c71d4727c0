"""A browser for people of a process; shared by the tests of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:  # this file is read before the models may be
    from tenderwell.core.command import Actor
    from tenderwell.workroom.bidding.tests.visits import Visit

PASSING = ("404", "503", "ERR_FAILED", "ERR_INTERNET_DISCONNECTED")  # what the tests themselves bring about


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, built_assets: None) -> Iterator[Visit]:
    """Opens a page as a person; no request may leave the origin, no policy may be broken, no script may fail."""
    from tenderwell.workroom.bidding.tests.test_pages import signed_in
    from tenderwell.workroom.bidding.tests.visits import strangers

    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened_page(actor: Actor, path: str, *, javascript: bool = True) -> Page:
        contexts.append(context := browser.new_context(accept_downloads=True, java_script_enabled=javascript))
        session = signed_in(actor).cookies["session"].value
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        context.on("request", lambda request: complaints.extend(strangers(request.url, live_server.url)))
        page = context.new_page()
        page.on("console", lambda message: complaints.extend([message.text] if message.type == "error" else []))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    with pytest.MonkeyPatch.context() as patch:
        # The server's threads give their connections back after each request, so that the tables can be emptied.
        patch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
        yield opened_page
        for context in contexts:
            context.close()
    assert [each for each in complaints if not any(sign in each for sign in PASSING)] == []
