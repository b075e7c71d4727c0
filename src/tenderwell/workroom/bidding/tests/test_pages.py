"""What bidders and members see and send by page, and what others do not see."""

import json
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tenderwell.core.command import Actor
from tenderwell.ledger.sealing.package import SealedPackage
from tenderwell.ledger.sealing.shares import Share, encode_shares
from tenderwell.workroom.bidding import possession, queries, sealer
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    MINUTE,
    SECOND,
    Sealed,
    announced,
    bid_of,
    open_for_bids,
    opened,
    sealed_by,
)
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, assign, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the pages take for now: the last of the list."""
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.id), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name: str, tender: Sealed, *parts: object) -> str:
    return reverse(f"bidding:{name}", args=(tender.process.ocid, *parts))


def two_files(package: SealedPackage) -> dict[str, SimpleUploadedFile]:
    return {
        "header": SimpleUploadedFile("header.json", package.header.raw),
        "payload": SimpleUploadedFile("payload.age", package.payload),
    }


def test_a_bidder_hands_in_two_files_and_gets_a_receipt(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - MINUTE)
    package = sealed_by(tender, personas().bob)
    client = signed_in(personas().bob)
    answer = client.post(address("submit", tender), two_files(package), follow=True)
    assert answer.redirect_chain == [(address("receipt", tender, package.commitment), 302)]
    assert package.commitment in answer.content.decode()


def test_the_page_says_what_is_wrong_beside_the_field(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - MINUTE)
    answer = signed_in(personas().cleo).post(address("submit", tender), two_files(sealed_by(tender, personas().bob)))
    assert answer.status_code == 422
    assert "Seal it for your own organisation" in answer.content.decode()


def test_the_home_of_a_bid_leads_from_the_tender_file_to_the_receipt(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - MINUTE)
    client = signed_in(personas().bob)
    assert address("submit", tender) in client.get(address("home", tender)).content.decode()
    bid = bid_of(tender, personas().bob)
    page = client.get(address("home", tender)).content.decode()
    assert address("receipt", tender, bid.commitment) in page
    assert "Withdraw your bid" in page


def test_after_the_end_the_page_says_so(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end)
    page = signed_in(personas().bob).get(address("home", tender)).content.decode()
    assert "The tender period is over" in page
    assert address("submit", tender) not in page


@pytest.mark.parametrize("name", ["home", "submit", "receipt-json"])
def test_the_buyer_sees_nothing_of_the_bidders_pages(tender: Sealed, clock: list[datetime], name: str) -> None:
    clock.append(tender.end - MINUTE)
    parts = [bid_of(tender, personas().bob).commitment] if "receipt" in name else []
    assert signed_in(personas().ada).get(address(name, tender, *parts)).status_code in (403, 404)


def test_a_rival_does_not_see_ones_receipt(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    assert signed_in(personas().cleo).get(address("receipt", tender, bid.commitment)).status_code == 404


def test_the_tender_file_is_what_the_sealing_program_reads(tender: Sealed) -> None:
    from tenderwell.ledger.sealing.tender_file import parse_tender_file

    raw = signed_in(personas().bob).get(address("tender-file", tender)).content
    named = queries.current_committee(tender.process)
    assert named
    assert parse_tender_file(raw).committee.hash == named.hash


def test_before_the_end_is_announced_no_header_leaves_the_house(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    client = signed_in(tender.rings[0].actor)
    assert client.get(address("bids", tender)).status_code == 404
    announced(tender)
    bids = json.loads(client.get(address("bids", tender)).content)["bids"]
    assert [bid["header"]["core"]["bidder"] for bid in bids] == [BOB_ROOFS]


def shares_file(ring: KeyRing, tender: Sealed) -> SimpleUploadedFile:
    held = sealer.shares_of(ring, tender.process).shares
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    shares = tuple(Share(member=member.code, commitment=each.commitment, share=each.share) for each in held)
    return SimpleUploadedFile("shares.json", encode_shares(shares))


def test_members_upload_their_shares_and_the_bids_open(tender: Sealed, clock: list[datetime]) -> None:
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        answer = signed_in(ring.actor).post(address("release", tender), {"shares": shares_file(ring, tender)})
        assert (answer.status_code, answer.headers.get("Location")) == (302, address("committee", tender))
    page = signed_in(personas().ada).get(address("opening", tender)).content.decode()
    assert "Bob Roofs Cooperative" in page
    assert "1,000" in page


def test_a_file_that_is_no_list_of_shares_is_refused(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end + MINUTE)
    junk = {"shares": SimpleUploadedFile("shares.json", b"[1]")}
    answer = signed_in(tender.rings[0].actor).post(address("release", tender), junk)
    assert answer.status_code == 422
    assert "This is no file of shares" in answer.content.decode()


def test_a_member_registers_a_key_by_page(clock: list[datetime]) -> None:
    process = planned()
    assign(process, "gus", "committee")
    clock.append(process.begun_at)
    ring, client = KeyRing.new(personas().gus), signed_in(personas().gus)
    place = reverse("bidding:register-key", args=(process.ocid,))
    folded = '<details class="govuk-details qa">'
    assert folded in client.get(place).content.decode()
    page = client.get(place, {"recipient": ring.recipient})
    assert folded.replace(">", " open>") in page.content.decode()
    proof = possession.answer(dearmoured(page.context["challenge"]), identity=ring.identity)
    assert client.post(place, {"recipient": ring.recipient, "proof": proof}).status_code == 302
    assert queries.current_keys(process).get().recipient == ring.recipient


def dearmoured(text: str) -> bytes:
    from base64 import b64decode

    return b64decode("".join(text.splitlines()[1:-1]))


def test_the_committee_page_tells_members_what_to_do(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - SECOND)
    page = signed_in(tender.rings[0].actor).get(address("committee", tender)).content.decode()
    named = queries.current_committee(tender.process)
    assert named
    assert " ".join(named.committee.words) in page
    assert "Release your shares" in page


def test_files_of_an_opened_bid_are_for_the_evaluators_and_the_bidder(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    opened(tender)
    place = address("bid-file", tender, "bid-1", 0)
    own = signed_in(personas().bob).get(place)
    assert b'"tenderwell/bid/v1"' in own.getvalue()
    assert signed_in(personas().cleo).get(place).status_code == 404
    answer = signed_in(personas().ada).get(place)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    own.close()
    answer.close()
