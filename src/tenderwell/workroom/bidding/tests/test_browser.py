"""Members of the committee make keys and release shares with a real browser."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tenderwell.ledger import identity
from tenderwell.ledger.sealing.keys import Suite, recipient_of
from tenderwell.ledger.sealing.passphrase import unwrap_identity, wrap_identity
from tenderwell.ledger.tests.logs import log_keys
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import Bid, ReleasedShare
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    MINUTE,
    Sealed,
    announced,
    bid_of,
    open_for_bids,
)
from tenderwell.workroom.bidding.tests.test_pages import address
from tenderwell.workroom.bidding.tests.visits import Visit
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import NOW, assign, personas

WORDS = "five good words to remember"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    made = open_for_bids(suite=Suite.PQ)
    clock.append(made.end - MINUTE)
    return made


def test_a_member_makes_a_key_in_the_browser_and_proves_it(
    transactional_db: None, clock: list[datetime], visit: Visit
) -> None:
    process = planned()
    assign(process, "gus", "committee")
    clock.append(process.begun_at)
    page = visit(personas().gus, reverse("bidding:register-key", args=(process.ocid,)))
    page.get_by_label("Passphrase", exact=True).fill(WORDS)
    page.get_by_label("Passphrase, once more").fill(WORDS)
    make = page.get_by_role("button", name="Make a key on this device")
    held: list[Route] = []
    page.route("**/sealing/keyworker*.js", lambda route: route.continue_() if held else held.append(route))
    make.click()
    expect(page.get_by_role("status").get_by_text("This takes some seconds")).to_be_visible()
    expect(make).to_be_disabled()
    with page.expect_worker() as worker:
        held[0].continue_()
    assert "keyworker" in worker.value.url
    expect(page.get_by_text("Your key is made")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("This takes some seconds")).to_have_count(0)
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download Your key file").click()
    identity = unwrap_identity(Path(download.value.path()).read_bytes(), words=WORDS)
    page.get_by_role("button", name="Prove that you hold the key").click()
    expect(page.get_by_text("The proof is filled in below")).to_be_visible()
    page.get_by_role("button", name="Register your key").click()
    page.wait_for_url(lambda url: "register_member_key" not in url)
    assert queries.current_keys(process).get().recipient == recipient_of(identity)


def at_release(tender: Sealed, ring: KeyRing, visit: Visit, folder: Path, *, now: datetime) -> Page:
    """The page on which this member releases shares, with the key file chosen. now: by the member's own clock."""
    key_file = folder / "my.key"
    key_file.write_bytes(wrap_identity(ring.identity, words=WORDS))
    page = visit(ring.actor, address("release", tender))
    page.clock.set_fixed_time(now)
    page.get_by_label("Your key file").set_input_files(key_file)
    return page


def test_a_wrong_passphrase_is_said_beside_it_and_the_right_one_still_works(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    page = at_release(tender, tender.rings[0], visit, tmp_path, now=clock[-1])
    passphrase = page.get_by_label("Passphrase")
    passphrase.fill("five other words to forget")
    release = page.get_by_role("button", name="Take out my shares and send them")
    release.click()
    expect(page.get_by_text("does not open with this passphrase")).to_be_visible(timeout=60_000)
    expect(release).to_be_enabled()
    expect(passphrase).to_be_focused()
    assert ReleasedShare.objects.count() == 0
    passphrase.fill(WORDS)
    release.click()
    page.wait_for_url("**/committee/", timeout=60_000)
    assert ReleasedShare.objects.count() == 1


def test_members_release_their_shares_in_the_browser(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    bid_of(tender, personas().bob, "4200.50")
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        page = at_release(tender, ring, visit, tmp_path, now=clock[-1])
        page.get_by_label("Passphrase").fill(WORDS)
        page.get_by_role("button", name="Take out my shares and send them").click()
        page.wait_for_url("**/committee/", timeout=60_000)
    assert Bid.objects.get(process=tender.process).amount == Decimal("4200.50")


def test_a_member_checks_with_a_policy_of_his_own(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    """A policy that names another log stops the release; the right one lets it go on."""
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    own = tmp_path / "policy.txt"
    own.write_text("".join(f"log {key.verifier.vkey}\n" for key in log_keys()) + "quorum none\n")
    page = at_release(tender, tender.rings[0], visit, tmp_path, now=clock[-1])
    page.get_by_label("Passphrase").fill(WORDS)
    page.get_by_label("Your own copy of the ledger’s policy").set_input_files(own)
    page.get_by_role("button", name="Take out my shares and send them").click()
    expect(page.get_by_role("alert")).to_contain_text("the log’s own key has not signed it", timeout=60_000)
    assert ReleasedShare.objects.count() == 0
    own.write_text(str(identity.policy()))
    page.get_by_label("Your own copy of the ledger’s policy").set_input_files(own)
    page.get_by_role("button", name="Take out my shares and send them").click()
    page.wait_for_url("**/committee/", timeout=60_000)
    assert ReleasedShare.objects.count() == 1


def test_before_the_deadline_a_members_browser_releases_nothing(
    tender: Sealed, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    page = at_release(tender, tender.rings[0], visit, tmp_path, now=tender.end - MINUTE)
    page.get_by_label("Passphrase").fill(WORDS)
    page.get_by_role("button", name="Take out my shares and send them").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was released", timeout=60_000)
