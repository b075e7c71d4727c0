"""A member's key under a passkey (WebAuthn PRF): made, proved, rehearsed with, and used to open, in a real browser."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connections
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tenderwell.core.command import Actor, perform
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.workroom.bidding import queries, sealer
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.bidding.tests.journey import (
    MEMBERS,
    MINUTE,
    Sealed,
    announced,
    bid_of,
    committee_named,
    key_proved,
)
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.tests.personas import NOW, assign, personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture(autouse=True)
def threads_hold_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's threads give theirs back after each request, so that the tables can be emptied."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)


@pytest.fixture
def device(browser: Browser, live_server: LiveServer, built_assets: None, transactional_db: None) -> Iterator[Page]:
    """Gus's device: a browser with a platform authenticator that knows PRF."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable", {"enableUI": False})
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    context.close()


def signs_in(page: Page, actor: Actor, site: LiveServer) -> None:
    session = signed_in(actor).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site.url}])


def test_a_member_makes_rehearses_and_opens_with_a_passkey_and_no_passphrase(
    device: Page, live_server: LiveServer, clock: list[datetime], tmp_path: Path
) -> None:
    process = drafted(now=NOW)
    gus = personas().gus
    assign(process, "gus", "committee")
    perform(declare_interest, gus, process.ocid, DeclareInterest(has_interest=False), now=NOW)
    signs_in(device, gus, live_server)
    key_file = makes_key(device, live_server.url + reverse("bidding:register-key", args=(process.ocid,)), tmp_path)
    assert b"AGE-SECRET-KEY" not in key_file.read_bytes()
    assert b"-> age-encryption.org/fido2prf " in key_file.read_bytes()

    rings = [key_proved(process, name, suite=Suite.PQ) for name in MEMBERS if name != "gus"]
    committee_named(process)
    tender = Sealed(publish(process), tuple(rings))
    rehearses(device, live_server.url + address("rehearse", tender))
    assert queries.has_rehearsed(process, gus.id)

    bid_of(tender, personas().bob, "4200.50")
    clock.append(tender.end + MINUTE)
    announced(tender)
    sealer.release_all(rings[0], tender.process, now=clock[-1])
    signs_in(device, gus, live_server)
    device.clock.set_fixed_time(clock[-1])
    device.goto(live_server.url + address("release", tender))
    device.get_by_role("button", name="Take out my shares and send them").click()
    device.wait_for_url("**/committee/", timeout=60_000)
    assert Bid.objects.get(process=process).amount == Decimal("4200.50")


def makes_key(page: Page, url: str, folder: Path) -> Path:
    """The key file that the browser offers; the key is registered."""
    page.goto(url)
    page.get_by_role("button", name="Make a key and protect it by a passkey of this device").click()
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download Your key file").click()
    download.value.save_as(folder / "my.key.age")
    page.get_by_role("button", name="Prove that you hold the key").click()
    expect(page.get_by_text("The proof is filled in below")).to_be_visible()
    page.get_by_role("button", name="Register your key").click()
    page.wait_for_url(lambda address: "register_member_key" not in address)
    return folder / "my.key.age"


def rehearses(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Open my part of the test envelope").click()
    expect(page.get_by_text("Your key opened your part of the test envelope")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Rehearse the opening with a test envelope").click()
    page.wait_for_url(lambda address: "rehearse_opening" not in address)
