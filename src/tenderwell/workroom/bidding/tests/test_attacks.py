"""What hostile bidders send: rivals' packages, the same bid many times, thousands of tiny parts, bombs, evil names."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from msgspec.structs import replace

from tenderwell.core import files
from tenderwell.ledger.sealing.canonical import encode, sha256_hex
from tenderwell.ledger.sealing.findings import Verdict
from tenderwell.ledger.sealing.header import PART
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.package import BidFacts, File, SealedPackage, seal_in_memory
from tenderwell.ledger.sealing.tests.forgery import as_json, envelopes_for, header_of, payload_of
from tenderwell.workroom.bidding import queries, upload_parts
from tenderwell.workroom.bidding.models import Bid, SealedBid
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, handed_in, open_for_bids, opened, sealed_by
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in, two_files
from tenderwell.workroom.bidding.tests.test_upload_parts import cut, handed, put
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tender: Sealed) -> list[datetime]:
    moments = [NOW, tender.end - MINUTE]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def test_a_header_of_ten_thousand_tiny_parts_is_refused(tender: Sealed, clock: list[datetime]) -> None:
    package = sealed_by(tender, personas().bob)
    tiny = {"size": 7, "sha256": [sha256_hex(bytes([n % 256])) for n in range(10_000)]}
    for parts in (tiny, {**tiny, "size": PART}):
        record = as_json(package.header)
        raw = encode(record | {"payload": record["payload"] | {"parts": parts}})
        answer = signed_in(personas().bob).post(address("hand-in", tender), raw, content_type="application/json")
        assert (answer.status_code, answer.json()["codes"]) == (409, ["header_malformed"])


def test_tiny_parts_beyond_the_limit_push_out_ones_own_oldest(
    tender: Sealed, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_parts, "MOST_PARTS", 5)
    package, bob, cleo = sealed_by(tender, personas().bob), signed_in(personas().bob), signed_in(personas().cleo)
    assert put(bob, tender, package.payload) == 204
    assert {put(cleo, tender, bytes([n])) for n in range(9)} == {204}
    kept = {path.name for path in upload_parts.folder(str(personas().cleo.organisation)).iterdir()}
    assert len(kept) == 5
    assert sha256_hex(bytes([8])) in kept
    assert handed(bob, tender, package).status_code == 200


def test_the_same_bid_sent_by_every_way_is_one_bid(tender: Sealed, clock: list[datetime]) -> None:
    package, client = sealed_by(tender, personas().bob), signed_in(personas().bob)
    put(client, tender, package.payload)
    announced = [handed(client, tender, package, "?announce=1").json() for _ in range(2)]
    answers = [handed(client, tender, package).json() for _ in range(3)]
    assert announced == [answers[0] | {"missing": []}] * 2
    assert answers == [answers[0]] * 3
    assert client.post(address("submit", tender), two_files(package)).status_code == 302
    assert SealedBid.objects.count() == 1


def test_a_rivals_whole_package_is_refused_under_another_name(tender: Sealed, clock: list[datetime]) -> None:
    bobs = sealed_by(tender, personas().bob)
    cleo = signed_in(personas().cleo)
    put(cleo, tender, bobs.payload)
    assert "other_bidder" in handed(cleo, tender, bobs).json()["codes"]
    assert SealedBid.objects.count() == 0


def test_parts_named_in_another_order_or_out_of_another_bid_make_no_bid(tender: Sealed, clock: list[datetime]) -> None:
    bob, large = signed_in(personas().bob), File.of("plan.pdf", bytes(range(256)) * (2 * PART // 256))
    one, other = (sealed_by(tender, personas().bob, attachments=(large,)) for _ in range(2))
    for package in (one, other):
        assert {put(bob, tender, part) for part in cut(package.payload)} == {204}
    record = as_json(one.header)
    mine, theirs = (as_json(each.header)["payload"]["parts"]["sha256"] for each in (one, other))
    for hashes in ([mine[1], mine[0], *mine[2:]], [mine[0], *theirs[1:]]):
        parts = {**record["payload"]["parts"], "sha256": hashes}
        raw = encode(record | {"payload": record["payload"] | {"parts": parts}})
        answer = bob.post(address("hand-in", tender), raw, content_type="application/json")
        assert answer.status_code == 409
        assert set(answer.json()["codes"]) <= {"no_such_file", "parts_missing"}  # what was put together is not kept
    assert SealedBid.objects.count() == 0


def with_files(tender: Sealed, *attachments: File) -> SealedPackage:
    return sealed_by(tender, personas().bob, attachments=attachments)


def test_a_bomb_in_an_opened_bid_stays_packed_and_is_only_handed_out(tender: Sealed, clock: list[datetime]) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    bomb = out.getvalue()
    page = File.of("plan.html", b"<script>alert(1)</script>")
    handed_in(tender, personas().bob, with_files(tender, File.of("plans.zip", bomb), page), now=clock[-1])
    opened(tender)
    stored = {file.name: file for file in Bid.objects.get().files.all()}
    assert files.size_of(stored["plans.zip"].sha256) == len(bomb)
    answer = signed_in(personas().bob).get(address("bid-file", tender, "bid-1", 2))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()


@pytest.mark.parametrize(
    "content", [b"[" * 1_000_000, b'{"a":' * 200_000, b"\xff" * 99, b"1" * 1_000_000, b'"\\ud800"', b"", b"{}"]
)
def test_a_bid_json_made_to_break_the_opening_is_rejected_and_the_others_open(
    tender: Sealed, clock: list[datetime], content: bytes
) -> None:
    named = queries.current_committee(tender.process)
    assert named
    facts = BidFacts(tender=tender.process.ocid, bidder=str(personas().bob.organisation))
    evil = seal_in_memory(facts, committee=named.committee, files=[File.of("bid.json", content)])
    handed_in(tender, personas().bob, evil, now=clock[-1])
    handed_in(tender, personas().cleo, sealed_by(tender, personas().cleo), now=clock[-1])
    opened(tender)
    assert [bid.verdict for bid in queries.opened_bids(tender.process)] == [Verdict.RESPONSE_MALFORMED.value, ""]


@pytest.mark.parametrize("name", ["../../settings.py", "bid\u202efdp.exe", "CON", "a\x00b", "/etc/passwd"])
def test_a_file_name_that_tricks_a_path_rejects_the_bid_and_writes_nothing(
    tender: Sealed, clock: list[datetime], name: str
) -> None:
    named = queries.current_committee(tender.process)
    assert named
    secret = new_identity(Suite.X25519)
    core = replace(sealed_by(tender, personas().bob).header.core, recipient=recipient_of(secret))
    inner = {"core": core.ctx.hex(), "files": [{"name": name, "size": 4, "sha256": sha256_hex(b"evil")}]}
    payload = payload_of(core, inner, b"evil")
    header = header_of(core, payload, envelopes_for(core, secret.encode(), named.committee))
    handed_in(tender, personas().bob, SealedPackage(header, payload), now=clock[-1])
    opened(tender)
    assert Bid.objects.get().verdict == Verdict.FILE_NAME_UNSAFE.value
    assert not files.is_stored(sha256_hex(b"evil"))
