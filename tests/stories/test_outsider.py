"""An outsider downloads what was published of a tender and checks it with the verifier, which knows nothing of us."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tenderwell.core.command import perform
from tenderwell.ledger import identity, store
from tenderwell.ledger.models import Entry
from tenderwell.ledger.verifying import command
from tenderwell.public.record.models import Release
from tenderwell.workroom.bidding import commands, sealer
from tenderwell.workroom.bidding.inputs import RecordNoBids, WithdrawBid
from tenderwell.workroom.bidding.receipts import receipt_of
from tenderwell.workroom.bidding.tests.journey import DAY, SECOND, Sealed, announced, bid_of, open_for_bids, opened
from tenderwell.workroom.evaluation.tests import journey as judging
from tenderwell.workroom.evaluation.tests.envelopes import (
    FAILING,
    both_sent,
    called_with_two_committees,
    passing_published,
    technical_released,
)
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
Check = Callable[..., tuple[int, str]]


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def downloaded(folder: Path) -> None:
    """The log as static files, and each release at the address that its entry names."""
    store.publish(now=NOW)
    store.export(folder / "log")
    for release in Release.objects.all():
        path = folder / "api/ocds/releases" / f"{unquote(release.id)}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(release.body))
    (folder / "policy").write_text(str(identity.policy()))


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run the verifier; returns its exit status and what it printed."""

    def run(name: str, *words: object) -> tuple[int, str]:
        status = command.main([name, *map(str, words), "--policy", str(tmp_path / "policy")], now=NOW.timestamp() + 60)
        return status, capsys.readouterr().out

    return run


def test_a_whole_opening_is_verified_by_an_outsider(tender: Sealed, tmp_path: Path, check: Check) -> None:
    first = bid_of(tender, personas().bob, "1000.00")
    second = bid_of(tender, personas().bob, "990.00", now=tender.end - SECOND)
    rival = bid_of(tender, personas().cleo, "900.50")
    opened(tender)
    downloaded(tmp_path)
    receipts = [tmp_path / f"{number}.tlog-proof" for number in range(3)]
    for path, bid in zip(receipts, (first, second, rival), strict=True):
        path.write_text(receipt_of(bid).proof)
    status, said = check("record", tmp_path, *(word for path in receipts for word in ("--receipt", path)))
    assert status == 0, said
    assert "receipt 1: its bid is in the opening record, as replaced" in said
    assert "receipt 3: its bid is in the opening record, as valid" in said
    assert "all 3 sealed entries about bids are opened" in said


def test_a_withdrawn_bid_is_accounted_for(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid_of(tender, personas().bob)
    rival = bid_of(tender, personas().cleo)
    data = WithdrawBid(commitment=rival.commitment)
    perform(commands.withdraw_bid, personas().cleo, tender.process.ocid, data, now=tender.end - SECOND)
    opened(tender)
    downloaded(tmp_path)
    status, said = check("record", tmp_path, "--ocid", tender.process.ocid)
    assert (status, "all 3 sealed entries about bids are opened" in said) == (0, True), said


def test_a_withdrawn_bid_is_accounted_for_where_no_other_came(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid, ocid = bid_of(tender, personas().bob), tender.process.ocid
    data = WithdrawBid(commitment=bid.commitment)
    perform(commands.withdraw_bid, personas().bob, ocid, data, now=tender.end - SECOND)
    announced(tender)
    perform(commands.record_no_bids, personas().ada, ocid, RecordNoBids(), now=tender.end + DAY)
    downloaded(tmp_path)
    receipt = tmp_path / "mine.tlog-proof"
    receipt.write_text(receipt_of(bid).proof)
    status, said = check("record", tmp_path, "--ocid", ocid, "--receipt", receipt)
    assert (status, "its bid is in the opening record, as withdrawn" in said) == (0, True), said


def test_two_envelopes_with_two_committees_are_verified_by_an_outsider(tmp_path: Path, check: Check) -> None:
    tender, rings = called_with_two_committees()
    passing_published(technical_released(both_sent(tender)), FAILING)
    for ring in rings[:2]:
        sealer.release_prices(ring, tender.process, now=judging.when(tender.process))
    judging.published(tender.again())
    status, said = check("record", bundle_of(tender.process.ocid, tmp_path))
    assert status == 0, said
    assert "every bid of the opening record" in said


def test_a_bidders_own_receipt_holds_without_the_server(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid = bid_of(tender, personas().bob)
    downloaded(tmp_path)
    receipt = tmp_path / "mine.tlog-proof"
    receipt.write_text(receipt_of(bid).proof)
    status, said = check("receipt", receipt)
    assert (status, bid.commitment in said) == (0, True), said


def test_a_monitor_follows_the_tender(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid_of(tender, personas().bob)
    downloaded(tmp_path)
    words = ("monitor", tmp_path, "--state", tmp_path / "seen")
    assert check(*words)[0] == 0
    opened(tender)
    downloaded(tmp_path)
    status, said = check(*words, "--json")
    assert (status, '"shut": 0' in said) == (0, True), said
    assert Entry.objects.filter(kind="sealed/v1").count() == 1


def test_a_changed_release_is_shown(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid_of(tender, personas().bob, "1000.00")
    process = opened(tender)
    downloaded(tmp_path)
    last = Release.objects.filter(ocid=process.ocid).latest("date")
    path = tmp_path / f"api/ocds/releases/{last.id}.json"
    path.write_bytes(path.read_bytes().replace(b'"amount":1000', b'"amount":1001'))
    status, said = check("record", tmp_path)
    assert (status, f"release {last.id} is not what was logged" in said) == (1, True)


# A process that was judged, as one file


@pytest.fixture
def judged(tmp_path: Path) -> tuple[Path, str]:
    """The bundle of an evaluated process, downloaded from its page, and the process; others are in the log too."""
    process = judging.evaluated()
    return bundle_of(process.ocid, tmp_path), process.ocid


def bundle_of(ocid: str, folder: Path) -> Path:
    """The process as one file, with the policy beside it."""
    store.publish(now=NOW)
    (folder / "policy").write_text(str(identity.policy()))
    answer = Client().get(f"/processes/{ocid}/bundle.zip")
    assert isinstance(answer, StreamingHttpResponse)
    path = folder / "bundle.zip"
    path.write_bytes(answer.getvalue())
    return path


def test_a_bundle_verifies_offline_with_scores_and_ranking(judged: tuple[Path, str], check: Check) -> None:
    path, ocid = judged
    status, said = check("record", path)
    assert status == 0, said
    assert f"every bid of the opening record of {ocid} came before the end was announced" in said
    assert f"evaluation-1 of {ocid}: every score sheet is the one sealed before, and gives the ranking" in said
    assert "all 2 sealed score sheets are opened" in said


def test_the_whole_log_says_the_same_of_scores(judged: tuple[Path, str], tmp_path: Path, check: Check) -> None:
    downloaded(tmp_path / "site")
    path, ocid = judged
    unpacked(path, tmp_path / "site", only="processes/")
    status, said = check("record", tmp_path / "site", "--ocid", ocid)
    assert (status, f"evaluation-1 of {ocid}: every score sheet" in said) == (0, True), said
    assert "sealed acts inside the buyer's house stay shut" in said


def test_a_bundle_is_small_and_the_same_each_time(judged: tuple[Path, str]) -> None:
    path, ocid = judged
    again = Client().get(f"/processes/{ocid}/bundle.zip")
    assert isinstance(again, StreamingHttpResponse)
    assert again.getvalue() == path.read_bytes()
    assert path.stat().st_size < 100_000


def other_points(name: str, raw: bytes) -> bytes:
    return raw.replace(b'"points":"3"', b'"points":"4"', 1) if "evaluation-1" in name else raw


def other_price(name: str, raw: bytes) -> bytes:
    return raw.replace(b'"amount":900', b'"amount":901') if name.startswith("api/") else raw


def other_entry(name: str, raw: bytes) -> bytes:
    return raw.replace(b"score.commit/v1", b"score.commit/v2", 1) if name == "bundle.json" else raw


def other_root(name: str, raw: bytes) -> bytes:
    return re.sub(rb'"root":"..', b'"root":"AA', raw) if name == "bundle.json" else raw


def entry_left_out(name: str, raw: bytes) -> bytes:
    if name != "bundle.json":
        return raw
    bundle = json.loads(raw)
    bundle["entries"] = [one for one in bundle["entries"] if "score.commit" not in one["entry"]]
    return json.dumps(bundle).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (other_points, "is not the one whose hash was published"),
        (other_price, "is not what was logged"),
        (other_entry, "is not in the log at this place"),
        (other_root, "is not the beginning of the log"),
        (entry_left_out, "does not hide what the record"),
    ],
)
def test_a_changed_bundle_is_shown(
    judged: tuple[Path, str], tmp_path: Path, check: Check, change: Callable[[str, bytes], bytes], words: str
) -> None:
    folder = tmp_path / "changed"
    unpacked(judged[0], folder, change=change)
    status, said = check("record", folder)
    assert (status, words in said) == (1, True), said


def unpacked(
    path: Path, folder: Path, *, change: Callable[[str, bytes], bytes] = lambda _, raw: raw, only: str = ""
) -> None:
    with ZipFile(path) as bundle:
        for name in bundle.namelist():
            if name.startswith(only):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(change(name, bundle.read(name)))


def test_before_the_opening_a_bundle_tells_of_no_bid(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid = bid_of(tender, personas().bob)
    downloaded(tmp_path)
    answer = Client().get(f"/processes/{tender.process.ocid}/bundle.zip")
    assert isinstance(answer, StreamingHttpResponse)
    raw = answer.getvalue()
    (tmp_path / "early.zip").write_bytes(raw)
    unpacked(tmp_path / "early.zip", tmp_path / "early")
    assert "sealed/v1" not in (tmp_path / "early/bundle.json").read_text()
    index = receipt_of(bid).index
    assert Client().get(f"/processes/{tender.process.ocid}/proofs/{index}.tlog-proof").status_code == 404
    assert check("record", tmp_path / "early.zip")[0] == 0


@pytest.mark.django_db(transaction=True)
def test_the_served_log_is_what_outsiders_programs_read(live_server: LiveServer, tmp_path: Path, check: Check) -> None:
    personas()  # the city and its people are made by commands, so the log has entries
    assert Entry.objects.exists()
    store.publish(now=NOW)
    (tmp_path / "policy").write_text(str(identity.policy()))
    status, said = check("monitor", live_server.url, "--state", tmp_path / "seen")
    assert (status, f"grew from 0 to {store.head().size} entries" in said) == (0, True), said


def test_the_proof_beside_every_public_entry_holds(tender: Sealed, tmp_path: Path, check: Check) -> None:
    downloaded(tmp_path)
    receipt = tmp_path / "entry.tlog-proof"
    for entry in Entry.objects.all():
        receipt.write_text(store.proof(entry.idx))
        status, said = check("receipt", receipt)
        assert status == 0, said
