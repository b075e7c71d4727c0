"""A bid from the price list to the opened folder, by the commands alone."""

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from tenderwell import sealing_cli
from tenderwell.ledger.sealing import sheet
from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ledger.sealing.keys import recipient_of
from tenderwell.ledger.sealing.tender_file import (
    Declaration,
    Item,
    Lot,
    Question,
    TenderFile,
    encode_tender_file,
    parse_tender_file,
)
from tenderwell.ledger.sealing.tests.people import NAMES, TENDER, committee_of, identity
from tenderwell.ledger.sealing.tests.spreadsheets import office

PLAN = b"%PDF-canary-" * 20_000


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bob's folder: the tender file, a filled price list, a document, and the members' keys."""
    monkeypatch.chdir(tmp_path)
    item = Item(id="item-1", lot_id="lot-1", description="LED lamp", unit="piece", quantity="100")
    tender = TenderFile(
        tender=TENDER, title="Street lamps", stage="bid", closes=datetime(2020, 1, 1, tzinfo=UTC), currency="EUR",
        committee=committee_of(2, 3), lots=(Lot(id="lot-1", title="North"),), items=(item,),
    )  # fmt: skip
    Path("tender.json").write_bytes(encode_tender_file(tender))
    Path("prices.csv").write_text("lot,item,unit_amount,quantity\nlot-1,item-1,12.50,100\n")
    Path("plan.pdf").write_bytes(PLAN)
    for name in NAMES[:3]:
        Path(f"{name}.key").write_text(identity(name) + "\n")
    return tmp_path


def run(line: str) -> int:
    parser = ArgumentParser()
    sealing_cli.register(parser.add_subparsers())
    args = parser.parse_args(line.split())
    status: int = args.run(args)
    return status


def seal(out: str = "mine", more: str = "") -> None:
    assert run(f"seal --tender tender.json --bidder BOB-7 --prices prices.csv --out {out} --yes {more} plan.pdf") == 0


def share(name: str, bids: str = "mine") -> int:
    return run(f"open-share {bids} --tender tender.json --member {name} --identity {name}.key --out {name}.json "
               f"--passphrase-file prices.csv --yes --unproved")  # fmt: skip


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_a_bid_is_sealed_and_opened(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    assert "1,250.00 EUR" in said(capsys)
    assert run("inspect mine --tender tender.json") == 0
    assert share("audit-office") == share("city-clerk") == 0
    assert run("open-package mine --tender tender.json --shares audit-office.json city-clerk.json --out open") == 0
    assert (desk / "open/plan.pdf").read_bytes() == PLAN
    assert json.loads((desk / "open/bid.json").read_bytes())["lots"][0]["amount"] == "1250.00"


def test_one_share_opens_nothing_and_leaves_no_folder(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    share("audit-office")
    with pytest.raises(SystemExit):
        run("open-package mine --tender tender.json --shares audit-office.json --out open")
    assert "shares-too-few" in said(capsys)
    assert not (desk / "open").exists()


def test_a_changed_payload_is_reported(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    payload = desk / "mine/payload.age"
    whole = payload.read_bytes()
    payload.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert run("inspect mine") == 1
    assert "the payload was changed" in said(capsys)


def test_a_replaced_bid_stays_shut(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal("bids/first")
    seal("bids/second", "--replaces bids/first/header.json")
    assert share("audit-office", "bids") == 0
    assert "Bids to open: 1. Replaced, so shut: 1." in said(capsys)
    assert len(json.loads(Path("audit-office.json").read_bytes())) == 1


def test_no_share_leaves_before_the_deadline(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    tender = json.loads(Path("tender.json").read_bytes()) | {"closes": "2999-01-01T00:00:00Z"}
    Path("tender.json").write_bytes(encode(tender))
    assert share("audit-office") == 1
    assert not Path("audit-office.json").exists()


def test_a_member_whose_key_is_not_in_the_record_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    Path("audit-office.key").write_text(identity("stranger") + "\n")
    with pytest.raises(SystemExit):
        share("audit-office")
    assert "does not name this key" in said(capsys)


def test_a_lists_of_headers_serves_as_well_as_folders(desk: Path) -> None:
    seal()
    Path("bids.json").write_text(json.dumps([json.loads(Path("mine/header.json").read_bytes())], indent=2))
    assert share("audit-office", "bids.json") == 0


def test_without_proofs_nothing_is_released(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    with pytest.raises(SystemExit):
        run("open-share mine --tender tender.json --member audit-office --identity audit-office.key --out s.json --yes")
    assert "headers without proofs" in said(capsys)
    assert not Path("s.json").exists()


def test_flaws_in_the_price_list_are_all_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("prices.csv").write_text('lot,item,unit_amount,quantity\nlot-1,item-1,"12,50",99\nlot-9,item-2,1,1\n')
    with pytest.raises(SystemExit):
        seal()
    text = said(capsys)
    assert "Write numbers as 1234.50" in text
    assert "no lot 'lot-9'" in text
    assert "100 piece of item item-1" in text
    assert not Path("mine").exists()


def test_an_empty_price_list_is_offered(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("price-list --tender tender.json") == 0
    assert said(capsys).splitlines()[1] == "lot-1,item-1,,100,piece,LED lamp"


def test_a_price_list_may_be_a_spreadsheet(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("price-list --tender tender.json --xlsx empty.xlsx") == 0
    rows: list[list[str | float]] = [list(row) for row in sheet.read(Path("empty.xlsx").read_bytes())]
    rows[1][2] = 12.5
    Path("prices.csv").write_bytes(office(rows))
    seal()
    assert "1,250.00 EUR" in said(capsys)


def asks() -> None:
    """The tender asks one question and for one declaration."""
    tender = parse_tender_file(Path("tender.json").read_bytes())
    question = Question(title="Warranty", text="How many years?", words=3, is_essential=True)
    declared = Declaration(id="not-insolvent", text="The firm is not insolvent.")
    asking = replace(tender, questions=(question,), declarations=(declared,))
    Path("tender.json").write_bytes(encode_tender_file(asking))


def test_what_is_not_answered_as_asked_is_told_before_sealing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks()
    assert run("answers --tender tender.json") == 0
    given = capsys.readouterr()
    assert json.loads(given.out)["answers"] == {"Warranty": ""}
    assert "To declare: not-insolvent: The firm is not insolvent." in given.err
    for answers, flaw in (({}, "it is essential"), ({"Warranty": "for years and years"}, "4 of at most 3 words")):
        Path("answers.json").write_text(json.dumps({"answers": answers}))
        with pytest.raises(SystemExit):
            seal(more="--answers answers.json")
        assert flaw in (told := said(capsys))
        assert "Declare 'not-insolvent'" in told
    assert not Path("mine").exists()


def test_the_bidders_copy_is_read_back_and_used_again(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asks()
    partner = {"id": "GUT-1", "name": "Gutter Works", "part": "Gutters"}
    said_once = {"answers": {"Warranty": "Five years"}, "declarations": ["not-insolvent"], "subcontractors": [partner]}
    Path("answers.json").write_text(json.dumps(said_once))
    seal(more="--answers answers.json")
    assert Path("mine/bid.json").stat().st_mode & 0o077 == 0
    said(capsys)
    assert run("inspect mine --tender tender.json") == 0
    assert "Warranty: Five years" in said(capsys)
    Path("answers.json").write_text(json.dumps({"declarations": ["not-insolvent"]}))
    seal("again", more="--answers answers.json --from mine/bid.json --replaces mine/header.json")
    assert "Subcontractor: Gutter Works (GUT-1), Gutters" in said(capsys)


def test_a_package_is_never_written_over(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seal()
    before = Path("mine/header.json").read_bytes()
    with pytest.raises(SystemExit):
        seal()
    assert Path("mine/header.json").read_bytes() == before


def test_a_key_is_made_for_its_owner_only(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("words").write_text("five plain words are good\n")
    assert run("keygen --out my.key --passphrase-file words") == 0
    assert said(capsys).splitlines()[-1].startswith("age1pq1")
    assert Path("my.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(SystemExit):
        run("keygen --out my.key --passphrase-file words")


def test_the_recovery_sheet_alone_gives_the_key_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("words").write_text("five plain words are good\n")
    run("keygen --out my.key --suite x25519 --passphrase-file words")
    made = said(capsys).splitlines()
    assert run("recovery-sheet --identity my.key --passphrase-file words") == 0
    sheet = said(capsys)
    secret = next(line.strip() for line in sheet.splitlines() if "AGE-SECRET-KEY-" in line)
    assert recipient_of(secret) == made[-1]
    assert made[-2].partition(": ")[2] in sheet
    Path("from-paper.key").write_text(secret + "\n")
    assert run("recovery-sheet --identity from-paper.key") == 0


@pytest.mark.parametrize(
    "name", ["keygen", "recovery-sheet", "price-list", "seal", "inspect", "open-share", "open-package"]
)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(f"{name} --help")
    assert f"tenderwell {name}" in said(capsys)
