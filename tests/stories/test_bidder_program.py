"""A bidder's program hands a bid in over HTTP, goes on after a lost connection, and keeps what it was given."""

import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from tenderwell import bidder_site
from tenderwell.bidder_site import PAUSES, NotReached, Site
from tenderwell.cli import main
from tenderwell.core.command import Actor, perform
from tenderwell.ledger import identity
from tenderwell.ledger.note import parse_note, verified
from tenderwell.ledger.sealing.package import File
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.tests.journey import MINUTE, SECOND, Sealed, open_for_bids, sealed_by
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.process.tests.personas import NOW, personas

LARGE = File.of("plans.bin", b"roof" * 3_000_000)  # 12 MB: two parts


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's threads hold no connection after a request, and no try waits for the next."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr(bidder_site, "PAUSES", (0,) * len(PAUSES))
    yield


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    made = open_for_bids()
    clock.append(made.end - MINUTE)
    return made


def package(tender: Sealed, actor: Actor, folder: Path, *, attachments: tuple[File, ...] = ()) -> Path:
    sealed = sealed_by(tender, actor, attachments=attachments)
    folder.mkdir()
    (folder / "header.json").write_bytes(sealed.header.raw)
    (folder / "payload.age").write_bytes(sealed.payload)
    return folder


def token_of(actor: Actor, path: Path) -> Path:
    token = perform(issue_token, actor, actor.organisation, IssueToken(label="Bidding program"), now=NOW)
    path.write_text(f"{token.secret}\n")
    return path


def run(command: str, folder: Path, site: str, token: Path, *more: str) -> int:
    return main([command, str(folder), "--to", site, "--token-file", str(token), *more])


def test_a_bid_arrives_once_and_its_receipt_holds_by_the_logs_policy(
    tender: Sealed, live_server: LiveServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bob = personas().bob
    folder, token = package(tender, bob, tmp_path / "bid", attachments=(LARGE,)), token_of(bob, tmp_path / "token")
    with urlopen(f"{live_server.url}/log/policy") as answer:
        (tmp_path / "policy").write_bytes(answer.read())
    assert run("submit", folder, live_server.url, token, "--policy", str(tmp_path / "policy")) == 0
    assert "All is well." in capsys.readouterr().out
    first = (folder / "receipt.tlog-proof").read_bytes()
    assert run("submit", folder, live_server.url, token) == 0
    assert first.split(b"\n\n")[0] and SealedBid.objects.get().delivered_at


def test_parts_that_arrived_are_not_sent_again(
    tender: Sealed, live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = personas().bob
    folder, token = package(tender, bob, tmp_path / "bid", attachments=(LARGE,)), token_of(bob, tmp_path / "token")
    sent: list[str] = []
    ordinary = Site.put

    def breaks(site: Site, path: str, body: bytes) -> None:
        if len(sent) == 1:
            sent.append("broken")
            raise NotReached("the cable was cut")
        ordinary(site, path, body)
        sent.append(path)

    monkeypatch.setattr(Site, "put", breaks)
    assert run("submit", folder, live_server.url, token) == 1
    assert SealedBid.objects.get().delivered_at is None
    assert run("submit", folder, live_server.url, token) == 0
    assert len(sent) == len(set(sent)) == 3
    assert SealedBid.objects.get().delivered_at


def test_a_withdrawn_bid_is_withdrawn(tender: Sealed, live_server: LiveServer, tmp_path: Path) -> None:
    bob = personas().bob
    folder, token = package(tender, bob, tmp_path / "bid"), token_of(bob, tmp_path / "token")
    assert run("submit", folder, live_server.url, token) == 0
    assert run("withdraw", folder, live_server.url, token, "--yes") == 0
    assert not queries.current_bids(tender.process)
    assert run("withdraw", folder, live_server.url, token, "--yes") == 1


def test_a_late_bid_leaves_with_a_signed_refusal(
    tender: Sealed, live_server: LiveServer, tmp_path: Path, clock: list[datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    bob = personas().bob
    folder, token = package(tender, bob, tmp_path / "bid"), token_of(bob, tmp_path / "token")
    clock.append(tender.end + SECOND)
    assert run("submit", folder, live_server.url, token) == 1
    assert "Refused:" in capsys.readouterr().err
    refusal = parse_note((folder / "refusal.txt").read_text())
    assert len(verified(refusal, identity.verifiers())) == 1
    assert not SealedBid.objects.exists()


def test_another_firm_cannot_hand_it_in(tender: Sealed, live_server: LiveServer, tmp_path: Path) -> None:
    folder = package(tender, personas().bob, tmp_path / "bid")
    assert run("submit", folder, live_server.url, token_of(personas().dora, tmp_path / "token")) == 1
    assert not SealedBid.objects.exists()


def test_a_changed_payload_is_told_before_it_is_sent(
    tender: Sealed, live_server: LiveServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bob = personas().bob
    folder, token = package(tender, bob, tmp_path / "bid"), token_of(bob, tmp_path / "token")
    with (folder / "payload.age").open("ab") as payload:
        payload.write(b"!")
    assert run("submit", folder, live_server.url, token) == 1
    assert "is not the payload" in capsys.readouterr().err


def test_a_wrong_token_is_told(
    tender: Sealed, live_server: LiveServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = package(tender, personas().bob, tmp_path / "bid")
    (tmp_path / "token").write_text("tw_wrong\n")
    assert run("submit", folder, live_server.url, tmp_path / "token") == 1
    assert "tw_wrong" not in (told := capsys.readouterr().err)
    assert "token" in told or "bidder" in told


def test_a_token_travels_only_where_nobody_reads_it() -> None:
    with pytest.raises(ValueError, match="https"):
        Site("http://procurement.example.org", "ocds-1", "tw_secret")


class Elsewhere(BaseHTTPRequestHandler):
    """Sends everybody to another address, and writes down who came with a token."""

    tokens: list[str | None] = []

    def do_GET(self) -> None:
        self.tokens.append(self.headers["Authorization"])
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


def test_a_redirect_does_not_take_the_token_along() -> None:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with pytest.raises(NotReached, match="302"):
        Site(f"http://127.0.0.1:{server.server_port}", "ocds-1", "tw_secret").get("tender.json")
    server.shutdown()
    server.server_close()
    thread.join()
    assert Elsewhere.tokens == ["Bearer tw_secret"]


def test_a_site_that_is_down_is_told_after_the_last_try() -> None:
    waited: list[float] = []
    with pytest.raises(NotReached, match="later"):
        Site("http://127.0.0.1:9", "ocds-1", "tw_secret", wait=waited.append).get("tender.json")
    assert len(waited) == len(PAUSES)
