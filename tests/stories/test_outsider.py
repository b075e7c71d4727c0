"""An outsider downloads what was published of a tender and checks it with the verifier, which knows nothing of us."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from pytest_django.live_server_helper import LiveServer

from tenderwell.core.command import perform
from tenderwell.ledger import identity, store
from tenderwell.ledger.models import Entry
from tenderwell.ledger.verifying import command
from tenderwell.public.record.models import Release
from tenderwell.workroom.bidding import commands
from tenderwell.workroom.bidding.inputs import WithdrawBid
from tenderwell.workroom.bidding.receipts import receipt_of
from tenderwell.workroom.bidding.tests.journey import SECOND, Sealed, bid_of, open_for_bids, opened
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
    assert "0 of 3 sealed entries are not opened here" in said


def test_a_withdrawn_bid_is_accounted_for(tender: Sealed, tmp_path: Path, check: Check) -> None:
    bid_of(tender, personas().bob)
    rival = bid_of(tender, personas().cleo)
    data = WithdrawBid(commitment=rival.commitment)
    perform(commands.withdraw_bid, personas().cleo, tender.process.ocid, data, now=tender.end - SECOND)
    opened(tender)
    downloaded(tmp_path)
    status, said = check("record", tmp_path, "--ocid", tender.process.ocid)
    assert (status, "0 of 3 sealed entries are not opened here" in said) == (0, True), said


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
