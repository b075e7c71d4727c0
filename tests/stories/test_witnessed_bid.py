"""Witnesses that run, asked over HTTP: when they saw a bid is what a member's program and an outsider's check."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socketserver import TCPServer
from threading import Thread

import pytest
from pytest_django import Settings

from tenderwell.cli import main
from tenderwell.ledger import identity, publishing, store
from tenderwell.ledger.note import KeyType, Signer, parse_note
from tenderwell.ledger.serving import Server
from tenderwell.ledger.verifying import command
from tenderwell.ledger.witness import Witness
from tenderwell.public.portal import bundle
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.receipts import receipt_of
from tenderwell.workroom.bidding.sealer import release_all
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced, bid_of, open_for_bids
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
Start = Callable[[Path], tuple[str, HTTPServer]]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def key(name: str, seed: int) -> Signer:
    return Signer(name, KeyType.COSIGNATURE, bytes([seed]) * 32)


class Stubborn(BaseHTTPRequestHandler):
    """A witness that answers every checkpoint with 409: it says that it holds another one, and shows none."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(409)
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"99\n")

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, format: str, *values: object) -> None:
        pass


@contextmanager
def serving(server: TCPServer) -> Iterator[str]:
    """Its address, while it answers."""
    with server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class Witnesses:
    """Those that the log asks. at: the hour of their clocks."""

    def __init__(self, folder: Path, settings: Settings, stack: ExitStack) -> None:
        self.folder, self.settings, self.stack = folder, settings, stack
        self.at: datetime = NOW

    def ask(self, *kinds: str) -> None:
        """Let the log ask one of each kind: good, dead, stubborn, wrong key."""
        lines = [f"{key(f'w{n}.example', n).verifier.vkey} {self.address(kind, n)}" for n, kind in enumerate(kinds, 1)]
        self.settings.TENDERWELL_WITNESSES = tuple(lines)

    def address(self, kind: str, number: int) -> str:
        if kind == "stubborn":
            return self.stack.enter_context(serving(HTTPServer(("127.0.0.1", 0), Stubborn)))
        signer = key(f"w{number}.example", number + (100 if kind == "wrong key" else 0))
        logs = {identity.origin(): identity.verifiers()}
        witness = Witness(self.folder / f"w{number}", signers=[signer], logs=logs)
        server = Server(witness, address="127.0.0.1", port=0, clock=lambda: self.at.timestamp())
        if kind == "dead":
            server.server_close()
            return server.url
        return self.stack.enter_context(serving(server))


@pytest.fixture
def witnesses(tmp_path: Path, settings: Settings) -> Iterator[Witnesses]:
    with ExitStack() as stack:
        yield Witnesses(tmp_path, settings, stack)


def lived(witnesses: Witnesses, clock: list[datetime], *, seen: timedelta = -MINUTE) -> Sealed:
    """A bid is sealed in the last minutes, published `seen` from the end, and the end is announced."""
    tender = open_for_bids()
    bid_of(tender, personas().bob, now=tender.end - 2 * MINUTE)
    witnesses.at = tender.end + seen
    store.publish(now=tender.end + seen)
    witnesses.at = max(witnesses.at, tender.end + MINUTE)
    clock.append(witnesses.at)
    announced(tender, now=witnesses.at)
    store.publish(now=witnesses.at)
    return tender


def shares_taken(tender: Sealed, folder: Path) -> int:
    """A member's program with a policy of its own; returns its exit status."""
    ring = tender.rings[0]
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    (folder / "bids.json").write_bytes(bids_file(tender.process))
    (folder / "tender.json").write_bytes(tender_file(tender.process))
    (folder / "my.key").write_text(ring.identity + "\n")
    (folder / "words").write_text("none\n")
    (folder / "policy").write_text(str(identity.policy()))
    line = f"open-share {folder}/bids.json --tender {folder}/tender.json --identity {folder}/my.key"
    line += f" --member {member.code} --out {folder}/shares.json --policy {folder}/policy --yes"
    return main([*line.split(), "--passphrase-file", f"{folder}/words"])


def verified(tender: Sealed, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Two members open; an outsider downloads the bundle and the bidder's receipt, and checks both."""
    for ring in tender.rings[:2]:
        release_all(ring, tender.process, now=tender.end + 3 * MINUTE)
    store.publish(now=tender.end + 3 * MINUTE)
    path, receipt = folder / "bundle.zip", folder / "mine.tlog-proof"
    path.write_bytes(b"".join(bundle.zipped(bundle.parts(bundle.evidence_of(tender.process.ocid)))))
    receipt.write_text(receipt_of(tender.process.sealed_bids.get()).proof)
    (folder / "policy").write_text(str(identity.policy()))
    capsys.readouterr()
    status = command.main(["record", str(path), "--receipt", str(receipt), "--policy", str(folder / "policy")])
    status = status or command.main(["receipt", str(receipt), "--policy", str(folder / "policy")])
    return status, capsys.readouterr().out


@pytest.mark.parametrize("trouble", ["good", "dead", "stubborn", "wrong key"])
def test_a_quorum_that_saw_the_bid_in_time_is_enough_whatever_befalls_the_third(
    witnesses: Witnesses, clock: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str], trouble: str
) -> None:
    witnesses.ask("good", trouble, "good")
    tender = lived(witnesses, clock)
    assert shares_taken(tender, tmp_path) == 0, capsys.readouterr().out
    status, said = verified(tender, tmp_path, capsys)
    assert status == 0, said
    moment = (tender.end - MINUTE).isoformat().replace("+00:00", "Z")
    saw = [n for n in (1, 2, 3) if f"w{n}.example saw it at {moment}" in said]
    assert saw == ([1, 2, 3] if trouble == "good" else [1, 3])


@pytest.mark.parametrize("troubles", [("dead", "wrong key"), ("stubborn", "dead"), ("wrong key", "stubborn")])
def test_without_a_quorum_no_share_is_released_and_nothing_is_called_proved(
    witnesses: Witnesses,
    clock: list[datetime],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    troubles: tuple[str, str],
) -> None:
    witnesses.ask("good", *troubles)
    tender = lived(witnesses, clock)
    with pytest.raises(SystemExit):
        shares_taken(tender, tmp_path)
    assert "too few witnesses cosigned the checkpoint" in capsys.readouterr().err
    assert not (tmp_path / "shares.json").exists()
    status, said = verified(tender, tmp_path, capsys)
    assert (status, "only 1 of 3 witnesses cosigned" in said) == (1, True), said


def test_a_bid_that_witnesses_saw_only_after_the_end_is_shown(
    witnesses: Witnesses, clock: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    witnesses.ask("good", "good", "good")
    tender = lived(witnesses, clock, seen=150 * timedelta(seconds=1))
    status, said = verified(tender, tmp_path, capsys)
    assert (status, "after the end" in said) == (1, True), said


def test_a_witness_that_comes_back_makes_up_for_what_it_missed(
    witnesses: Witnesses, clock: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """While two are down the log goes on; when they are back the next signature has the quorum again."""
    witnesses.ask("good", "dead", "dead")
    tender = open_for_bids()
    store.publish(now=NOW)
    assert not publishing.meets_quorum(parse_note(store.head().note))
    witnesses.ask("good", "good", "good")
    publishing.compare_at_start.cache_clear()
    store.heartbeat(now=tender.end - 2 * MINUTE)
    assert publishing.meets_quorum(parse_note(store.head().note))
