"""Parts of a payload arrive by their hash, again or in any order, for one's own organisation only."""

import hashlib
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tenderwell.ledger.sealing.header import PART
from tenderwell.ledger.sealing.package import File, SealedPackage
from tenderwell.workroom.bidding import upload_parts
from tenderwell.workroom.bidding.models import LateBid, SealedBid
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, open_for_bids, sealed_by
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
BYTES = "application/octet-stream"


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tender: Sealed) -> list[datetime]:
    moments = [NOW, tender.end - MINUTE]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def cut(payload: bytes) -> list[bytes]:
    return [payload[at : at + PART] for at in range(0, len(payload), PART)]


def put(client: Client, tender: Sealed, part: bytes, *, name: str = "") -> int:
    sha256 = name or hashlib.sha256(part).hexdigest()
    return client.put(address("part", tender, sha256), part, content_type=BYTES).status_code


def waiting() -> set[str]:
    """The hashes of the bidder's parts that no bid has taken yet; other tests leave theirs there."""
    return {path.name for path in upload_parts.folder(str(personas().bob.organisation)).iterdir()}


def handed(client: Client, tender: Sealed, package: SealedPackage, query: str = "") -> Any:
    return client.post(address("hand-in", tender) + query, package.header.raw, content_type=BYTES)


def test_parts_in_any_order_and_twice_make_one_bid(tender: Sealed, clock: list[datetime]) -> None:
    large = File.of("plan.pdf", bytes(2 * PART + 9))
    package = sealed_by(tender, personas().bob, attachments=(large,))
    client, parts = signed_in(personas().bob), cut(package.payload)
    assert len(parts) == 3
    assert [put(client, tender, part) for part in [*reversed(parts), parts[0]]] == [204] * 4
    answer = handed(client, tender, package)
    assert answer.json() == {"url": address("receipt", tender, package.commitment), "commitment": package.commitment}
    assert not waiting() & {hashlib.sha256(part).hexdigest() for part in parts}


def test_the_answer_to_a_header_names_the_parts_to_send(tender: Sealed, clock: list[datetime]) -> None:
    package = sealed_by(tender, personas().bob, attachments=(File.of("plan.pdf", bytes(2 * PART + 9)),))
    client, parts = signed_in(personas().bob), cut(package.payload)
    hashes = [hashlib.sha256(part).hexdigest() for part in parts]
    put(client, tender, parts[1])
    assert handed(client, tender, package, "?announce=1").json()["missing"] == [hashes[0], hashes[2]]
    put(client, tender, parts[0])
    clock.append(tender.end + MINUTE)  # the connection was lost: the program begins again, within the grace
    assert handed(client, tender, package, "?announce=1").json()["missing"] == [hashes[2]]
    put(client, tender, parts[2])
    assert handed(client, tender, package).status_code == 200
    assert handed(client, tender, package, "?announce=1").json()["missing"] == []


def test_a_bid_of_which_parts_are_missing_is_not_called_handed_in(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    handed(client, tender, package, "?announce=1")
    begun = client.get(address("home", tender))
    assert "Not all of your bid has arrived (bid)" in begun.content.decode()
    assert [task.state for task in begun.context["tasks"]] == ["done", "todo", "waiting"]
    put(client, tender, package.payload)
    handed(client, tender, package)
    whole = client.get(address("home", tender))
    assert "Not all of your bid has arrived" not in whole.content.decode()
    assert [task.state for task in whole.context["tasks"]] == ["done", "done", "done"]


def test_a_bid_asks_little_of_the_database(
    tender: Sealed, clock: list[datetime], django_assert_max_num_queries: Any
) -> None:
    """In the last minutes every look-up is paid by all who wait for the same process."""
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    handed(client, tender, package)  # what is asked once
    with django_assert_max_num_queries(20):
        assert handed(client, tender, package, "?announce=1").status_code == 200
    with django_assert_max_num_queries(6):
        assert put(client, tender, package.payload) == 204
    with django_assert_max_num_queries(17):
        assert handed(client, tender, package).status_code == 200


def test_handing_in_twice_gives_one_receipt(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    put(client, tender, package.payload)
    assert handed(client, tender, package).json() == handed(client, tender, package).json()
    assert SealedBid.objects.count() == 1


def test_a_part_that_is_missing_is_said(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    answer = handed(client, tender, package)
    assert (answer.status_code, answer.json()["codes"]) == (409, ["parts_missing"])


def test_a_part_that_changed_on_its_way_is_not_kept(tender: Sealed, clock: list[datetime]) -> None:
    client, right = signed_in(personas().bob), hashlib.sha256(b"right").hexdigest()
    before = waiting()
    assert put(client, tender, b"wrong", name=right) == 409
    assert not upload_parts.is_kept(right, bidder=personas().bob.organisation)
    assert put(client, tender, bytes(PART + 1)) == 409
    assert waiting() == before


def test_a_rival_sees_nothing_of_ones_parts_and_the_buyer_has_no_door(tender: Sealed, clock: list[datetime]) -> None:
    bobs, bob, cleo = (sealed_by(tender, personas().bob), *map(signed_in, (personas().bob, personas().cleo)))
    assert put(bob, tender, bobs.payload) == 204
    assert upload_parts.is_kept(hashlib.sha256(bobs.payload).hexdigest(), bidder=personas().bob.organisation)
    rivals = handed(cleo, tender, bobs, "?announce=1")
    assert (rivals.status_code, rivals.json().get("missing")) == (409, None)
    assert put(signed_in(personas().ada), tender, b"part") == 404
    assert put(Client(), tender, b"part") == 404


def test_a_name_that_is_no_hash_is_nowhere(tender: Sealed, clock: list[datetime]) -> None:
    assert put(signed_in(personas().bob), tender, b"x", name="..") == 404
    assert put(signed_in(personas().bob), tender, b"x", name="A" * 64) == 404


def test_the_header_alone_fixes_a_bid_and_the_parts_may_follow(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    assert handed(client, tender, package, "?announce=1").status_code == 200
    clock.append(tender.end + MINUTE)
    put(client, tender, package.payload)
    assert handed(client, tender, package).status_code == 200
    assert SealedBid.objects.get().state == "submitted"


def test_a_late_bid_gets_its_signed_refusal(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    clock.append(tender.end)
    put(client, tender, package.payload)
    answer = handed(client, tender, package)
    assert answer.status_code == 409
    assert answer.json()["url"] == address("refusal", tender, LateBid.objects.get().commitment)


def test_without_javascript_the_page_says_what_to_do(tender: Sealed, clock: list[datetime]) -> None:
    page = signed_in(personas().bob).get(address("seal", tender)).content.decode()
    assert "This page needs JavaScript" in page
    assert address("submit", tender) in page


def test_after_the_end_the_page_offers_no_sealing(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end)
    page = signed_in(personas().bob).get(address("seal", tender)).content.decode()
    assert "The tender period is over" in page
    assert 'id="sealing"' not in page
