"""`tenderwell open-share` with the files that a member downloads: it releases what the ledger proves, and no more."""

from argparse import ArgumentParser
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from tenderwell import sealing_cli, sealing_files
from tenderwell.ledger.policy import Party, Policy
from tenderwell.ledger.sealing.shares import parse_shares
from tenderwell.ledger.tests.logs import log_keys
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.tests.journey import Sealed, announced, bid_of, open_for_bids
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    """Bob's bid replaced once, and the end announced."""
    made = open_for_bids()
    bid_of(made, personas().bob, "1000")
    bid_of(made, personas().bob, "900")
    announced(made)
    return made


def run_open_share(tender: Sealed, *, policy: str = "") -> int:
    """In the current folder, with the files that a member downloads."""
    ring = tender.rings[0]
    member = queries.member_of(tender.process, ring.actor.id)
    assert member
    Path("bids.json").write_bytes(bids_file(tender.process))
    Path("tender.json").write_bytes(tender_file(tender.process))
    Path("my.key").write_text(ring.identity + "\n")
    parser = ArgumentParser()
    sealing_cli.register(parser.add_subparsers())
    line = f"open-share bids.json --tender tender.json --member {member.code} --identity my.key --out s.json --yes"
    args = parser.parse_args([*line.split(), "--passphrase-file", "my.key", *policy.split()])
    status: int = args.run(args)
    return status


def test_the_members_program_takes_the_shares_out_of_proved_bids(
    tender: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sealing_files, "datetime", After)
    assert run_open_share(tender) == 0
    assert len(parse_shares(Path("s.json").read_bytes())) == 1
    assert "Bids to open, each proved: 1. Replaced or withdrawn, so shut: 1." in (said := capsys.readouterr().out)
    assert "the ledger's policy asks for no witness" in said


def test_the_members_program_believes_only_its_own_log(
    tender: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sealing_files, "datetime", After)
    Path("policy").write_text(str(Policy([Party(key.verifier) for key in log_keys()], quorum="none")))
    with pytest.raises(SystemExit):
        run_open_share(tender, policy="--policy policy")
    assert not Path("s.json").exists()


class After(datetime):
    """A member's clock, years after the deadline."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "After":
        return cls(2999, 1, 1, tzinfo=tz)
