"""Two envelopes with the programs alone: sealed, inspected, sent, replaced and withdrawn as one bid; opened in turn."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from tenderwell.cli import main
from tenderwell.ledger.sealing.shares import parse_shares
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.evaluation.tests.envelopes import (
    FAILING,
    both_sent,
    called_in_two,
    called_with_two_committees,
    passing_published,
    technical_released,
)
from tenderwell.workroom.evaluation.tests.journey import when
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, NOW, personas
from tests.stories.test_bidder_program import token_of


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    """Open for bids, with the tender file, a filled price list and Bob's token in the folder."""
    monkeypatch.chdir(tmp_path)
    made = called_in_two()
    clock.append(made.end - MINUTE)
    Path("tender.json").write_bytes(tender_file(made.process))
    token_of(personas().bob, Path("token"))
    Path("words").write_text("none\n")
    return made


def sealed(folder: str, capsys: pytest.CaptureFixture[str], *more: str) -> None:
    capsys.readouterr()
    assert main(["price-list", "--tender", "tender.json"]) == 0
    Path("prices.csv").write_text(capsys.readouterr().out.replace(",,", ",4200.50,"))
    Path("plan.pdf").write_bytes(b"How we will do it")
    declared = [each["id"] for each in json.loads(Path("tender.json").read_bytes())["declarations"]]
    Path("answers.json").write_text(json.dumps({"declarations": declared}))
    line = f"seal --tender tender.json --bidder {BOB_ROOFS} --prices prices.csv --answers answers.json --out {folder}"
    assert main([*line.split(), "--yes", *more, "plan.pdf"]) == 0


def sent(command: str, folder: str, site: LiveServer, *more: str) -> int:
    return main([command, folder, "--to", site.url, "--token-file", "token", *more])


def states(tender: Sealed) -> list[tuple[str, int, str]]:
    return sorted(tender.process.sealed_bids.values_list("stage", "seq", "state"))


def shares_taken(tender: Sealed, ring: KeyRing) -> int:
    """How many shares the member's program takes out of what the site lists."""
    Path("bids.json").write_bytes(bids_file(tender.process))
    Path("my.key").write_text(ring.identity + "\n")
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    line = f"open-share bids.json --tender tender.json --member {member.code} --identity my.key --out shares.json --yes"
    assert main([*line.split(), "--passphrase-file", "words"]) == 0
    return len(parse_shares(Path("shares.json").read_bytes()))


def test_a_bid_in_two_envelopes_is_sealed_sent_replaced_and_withdrawn_as_one(
    tender: Sealed, live_server: LiveServer, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed("bid", capsys)
    assert sorted(path.name for path in Path("bid").iterdir()) == ["price", "technical"]
    assert main(["inspect", "bid", "--tender", "tender.json"]) == 0
    assert sent("submit", "bid", live_server) == 0
    assert states(tender) == [("price", 1, "submitted"), ("technical", 1, "submitted")]
    assert all(Path("bid", stage, "receipt.tlog-proof").exists() for stage in ("technical", "price"))
    sealed("second", capsys, "--replaces", "bid")
    assert sent("submit", "second", live_server) == 0
    assert sent("withdraw", "second", live_server, "--yes") == 0
    ends = {(stage, state) for stage, _, state in states(tender)}
    assert ends == {(stage, state) for stage in ("technical", "price") for state in ("replaced", "withdrawn")}


def test_a_members_program_opens_the_technical_envelope_and_not_the_price(
    tender: Sealed, live_server: LiveServer, clock: list[datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    sealed("bid", capsys)
    assert sent("submit", "bid", live_server) == 0
    clock.append(tender.end + MINUTE)
    announced(tender)
    assert shares_taken(tender, tender.rings[0]) == 1
    taken = parse_shares(Path("shares.json").read_bytes())[0].commitment
    assert tender.process.sealed_bids.get(commitment=taken).stage == "technical"


def test_a_members_program_opens_the_prices_once_the_ledger_says_who_passed(
    transactional_db: None, clock: list[datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, it opens nothing; after, it opens the one price that passed, and says under which number."""
    monkeypatch.chdir(tmp_path)
    tender, (ben, rita, _) = called_with_two_committees()
    Path("tender.json").write_bytes(tender_file(tender.process))
    Path("words").write_text("none\n")
    technical_released(both_sent(tender))
    clock.append(when(tender.process))
    with pytest.raises(SystemExit):
        share_file_of(ben, tender)
    passing_published(tender, FAILING)
    for ring in (ben, rita):
        assert share_file_of(ring, tender) == 1
        data = {"shares": SimpleUploadedFile("shares.json", Path("shares.json").read_bytes())}
        assert signed_in(ring.actor).post(address("release-prices", tender), data).status_code == 302
    amounts = {bid.bidder.identifier: bid.amount for bid in queries.opened_bids(tender.process)}
    assert amounts == {BOB_ROOFS: Decimal("1000"), CLEO_WORKS: None}


def share_file_of(ring: KeyRing, tender: Sealed) -> int:
    """Without --member: the program finds the number by the key."""
    Path("bids.json").write_bytes(bids_file(tender.process))
    Path("my.key").write_text(ring.identity + "\n")
    line = "open-share bids.json --tender tender.json --identity my.key --out shares.json --yes --passphrase-file words"
    assert main(line.split()) == 0
    return len(parse_shares(Path("shares.json").read_bytes()))
