"""Members and their deputies at a real browser: handing over, a remembered policy, and a bidder's bad envelopes."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Page, expect

from tenderwell.ledger import identity
from tenderwell.ledger.note import KeyType, signed
from tenderwell.ledger.policy import Party, Policy
from tenderwell.ledger.proof import parse_proof
from tenderwell.ledger.sealing.bids_to_open import encode_bids, parse_bids
from tenderwell.ledger.sealing.passphrase import wrap_identity
from tenderwell.ledger.tests.logs import signer
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.bidding.models import ReleasedShare
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.conftest import visit as visit
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced, bid_of, handed_in, open_for_bids
from tenderwell.workroom.bidding.tests.test_cheats import envelopes_for_nobody, verdicts
from tenderwell.workroom.bidding.tests.test_deputies import code_of, with_deputy
from tenderwell.workroom.bidding.tests.test_pages import address
from tenderwell.workroom.bidding.tests.visits import Visit, violations
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, personas

WORDS = "five good words to remember"
OWN = "Your own copy of the ledger’s policy"
RELEASE = "Take out my shares and send them"
Two = tuple[Sealed, KeyRing]


@pytest.fixture
def two(transactional_db: None, clock: list[datetime]) -> Two:
    """Gus, Elif and Nora are the committee, Ben is a deputy with a key; two bids came and the end is announced."""
    tender, ben = with_deputy()
    clock.append(tender.end + MINUTE)
    return tender, ben


def with_key(page: Page, ring: KeyRing, folder: Path, *, now: datetime) -> None:
    """Choose the key file, as it lies on the member's own device, and write the passphrase."""
    file = folder / f"{ring.actor.id}.key.age"
    file.write_bytes(wrap_identity(ring.identity, words=WORDS))
    page.clock.set_fixed_time(now)
    page.get_by_label("Your key file").set_input_files(file)
    page.get_by_label("Passphrase").fill(WORDS)


def released(page: Page) -> None:
    page.get_by_role("button", name=RELEASE).click()
    page.wait_for_url("**/committee/", timeout=60_000)


def encrypted_to(page: Page, deputy: KeyRing) -> None:
    page.get_by_label("Deputy", exact=True).select_option(deputy.recipient)
    page.get_by_role("button", name="Encrypt my shares to the deputy").click()
    expect(page.get_by_text("are encrypted to the deputy, in the form below")).to_be_visible(timeout=60_000)


def test_a_member_hands_over_and_the_deputy_opens_the_bids_with_another(
    two: Two, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    tender, ben = two
    gus, elif_, _ = tender.rings
    page = visit(gus.actor, address("committee", tender))
    page.get_by_role("link", name="Hand your shares over to a deputy").click()
    with_key(page, gus, tmp_path, now=clock[-1])
    assert violations(page) == []
    encrypted_to(page, ben)
    page.get_by_role("button", name="Hand your shares over to a deputy").click()
    page.wait_for_url(lambda url: "hand_over_shares" not in url)
    page = visit(ben.actor, address("committee", tender))
    expect(page.get_by_text(f"You are the deputy of {code_of(tender, gus)}")).to_be_visible()
    page.get_by_role("link", name="Release your shares").click()
    with_key(page, ben, tmp_path, now=clock[-1])
    released(page)
    sealer.release_all(elif_, tender.process, now=clock[-1])
    assert tender.again().state == "evaluation"
    assert {each["member"] for each in tender.process.openings.get().record["releases"]} == {
        code_of(tender, gus),
        code_of(tender, elif_),
    }


def speaking_of_another_log(page: Page, tender: Sealed) -> None:
    """To this browser the server shows the same entries under keys of its own, and the policy that goes with them."""
    keys = [signer(identity.origin()), signer(identity.origin(), KeyType.ML_DSA_44)]
    listed = parse_bids(bids_file(tender.process))
    proof = parse_proof(listed.closing)
    forged = replace(proof, note=signed(proof.note.text, keys, time=int(tender.end.timestamp())))
    bids = encode_bids(structs.replace(listed, closing=str(forged)))
    policy = str(Policy([Party(key.verifier) for key in keys], quorum="none"))
    page.route("**/bids.json", lambda route: route.fulfill(body=bids))
    page.route("**/log/policy", lambda route: route.fulfill(body=policy))


def test_a_browser_remembers_a_members_own_policy_and_judges_a_changed_server_by_it(
    two: Two, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    """Gus gave it once, with the hand-over. Elif never did, and her browser has not seen this log before."""
    tender, ben = two
    gus, elif_, _ = tender.rings
    own = tmp_path / "policy.txt"
    own.write_text(str(identity.policy()))
    page = visit(gus.actor, address("hand-over", tender))
    with_key(page, gus, tmp_path, now=clock[-1])
    page.get_by_label(OWN).set_input_files(own)
    encrypted_to(page, ben)
    speaking_of_another_log(page, tender)
    release = page.url.replace("hand_over_shares", "release_shares")
    page.goto(release)
    with_key(page, gus, tmp_path, now=clock[-1])
    page.get_by_role("button", name=RELEASE).click()
    expect(page.get_by_role("alert")).to_contain_text("the log’s own key has not signed it", timeout=60_000)
    assert not ReleasedShare.objects.exists()
    page.unroute_all()
    page.goto(release)
    with_key(page, gus, tmp_path, now=clock[-1])
    released(page)
    believing = visit(elif_.actor, address("release", tender))
    speaking_of_another_log(believing, tender)
    with_key(believing, elif_, tmp_path, now=clock[-1])
    released(believing)
    assert tender.again().state == "evaluation"


def test_envelopes_without_a_good_share_are_contested_and_the_other_bids_open(
    transactional_db: None, clock: list[datetime], visit: Visit, tmp_path: Path
) -> None:
    tender = open_for_bids()
    handed_in(tender, personas().bob, envelopes_for_nobody(tender))
    bid_of(tender, personas().cleo)
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        page = visit(ring.actor, address("release", tender))
        with_key(page, ring, tmp_path, now=clock[-1])
        released(page)
    assert verdicts(tender) == {BOB_ROOFS: "envelope-unreadable", CLEO_WORKS: ""}
