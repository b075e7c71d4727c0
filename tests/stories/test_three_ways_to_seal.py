"""One bid, three tools: the page, offline.html and the program each take what the other two made."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tenderwell.cli import main
from tenderwell.core import files
from tenderwell.ledger.sealing.header import parse_header
from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.package import SealedPackage
from tenderwell.ui.build import STATIC
from tenderwell.workroom.bidding.models import Bid, SealedBid
from tenderwell.workroom.bidding.tests.conftest import visit as visit
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, handed_in, open_for_bids, opened
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.bidding.tests.visits import Visit, fill_in
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas

NAMES = ("header.json", "payload.age", "bid.json")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def tender(transactional_db: None, clock: list[datetime]) -> Sealed:
    made = open_for_bids(suite=Suite.PQ)
    clock.append(made.end - MINUTE)
    return made


@pytest.fixture
def folder(tender: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Bob's folder with the tender file and answers.json."""
    monkeypatch.chdir(tmp_path)
    raw = signed_in(personas().bob).get(address("tender-file", tender)).content
    Path("tender.json").write_bytes(raw)
    declared = [each["id"] for each in json.loads(raw)["declarations"]]
    Path("answers.json").write_text(json.dumps({"declarations": declared}))
    return tmp_path


@pytest.fixture
def offline(browser: Browser, built_assets: None, folder: Path) -> Any:
    """offline.html, opened from the disk without any network, with the tender file; it may reach for nothing."""
    context = browser.new_context(offline=True, accept_downloads=True)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: complaints.extend([] if beginning(request.url) else [request.url]))
    page.goto((STATIC / "sealing" / "offline.html").as_uri())
    page.get_by_label("The tender file").set_input_files(folder / "tender.json")
    yield page
    context.close()
    assert complaints == []


def beginning(url: str) -> bool:
    return url.startswith(("file:", "blob:", "data:"))


def by_program(prices: str, out: str, more: str = "") -> Path:
    Path("prices.csv").write_text(f"lot,item,unit_amount,quantity\n,item-1,{prices},12\n")
    line = f"seal --tender tender.json --bidder {BOB_ROOFS} --prices prices.csv --answers answers.json {more}"
    assert main([*line.split(), "--out", out, "--yes"]) == 0
    return Path(out)


def by_offline_page(page: Page, amount: str, out: Path, *, replaces: Path | None = None) -> Path:
    fill_in(page, amount, last="Seal")
    page.get_by_label("Your organisation’s number").fill(BOB_ROOFS)
    page.get_by_label("Your organisation’s name").fill("Bob Roofs Cooperative")
    if replaces:
        page.get_by_label("header.json of the bid you replace").set_input_files(replaces / "header.json")
    page.get_by_role("button", name="Seal").click()
    out.mkdir()
    for name in NAMES:
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=f"Download {name}").click()
        (out / name).write_bytes(Path(download.value.path()).read_bytes())
    return out


def by_page(tender: Sealed, visit: Visit, amount: str, out: Path) -> Path:
    """Sealed and sent by the page; the package as the server holds it."""
    page = visit(personas().bob, address("seal", tender))
    fill_in(page, amount)
    page.get_by_role("button", name="Seal and submit").click()
    expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible(timeout=60_000)
    bid = SealedBid.objects.get(process=tender.process)
    out.mkdir()
    (out / "header.json").write_bytes(bytes(bid.header))
    with files.open_stored(bid.payload_sha256) as payload:
        (out / "payload.age").write_bytes(payload.read())
    return out


def submitted(tender: Sealed, package: Path) -> SealedBid:
    header, payload = ((package / name).read_bytes() for name in NAMES[:2])
    return handed_in(tender, personas().bob, SealedPackage(parse_header(header), payload), now=tender.end - MINUTE)


def test_what_the_page_sealed_the_program_inspects_and_replaces(tender: Sealed, visit: Visit, folder: Path) -> None:
    first = by_page(tender, visit, "100", folder / "first")
    assert main(["inspect", str(first), "--tender", "tender.json"]) == 0
    second = by_program("90", "second", f"--replaces {first}/header.json")
    assert submitted(tender, second).seq == 2
    opened(tender)
    assert [bid.amount for bid in Bid.objects.filter(process=tender.process)] == [1080]


def test_what_the_page_sealed_the_offline_page_replaces(
    tender: Sealed, visit: Visit, folder: Path, offline: Page
) -> None:
    first = by_page(tender, visit, "100", folder / "first")
    second = by_offline_page(offline, "80", folder / "second", replaces=first)
    assert submitted(tender, second).seq == 2
    opened(tender)
    assert [bid.amount for bid in Bid.objects.filter(process=tender.process)] == [960]


def test_what_the_offline_page_sealed_the_program_inspects_copies_and_replaces(
    tender: Sealed, folder: Path, offline: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    first = by_offline_page(offline, "1000", folder / "first")
    capsys.readouterr()
    assert main(["inspect", str(first), "--tender", "tender.json"]) == 0
    assert "12,000.00 USD" in capsys.readouterr().out
    assert submitted(tender, first).seq == 1
    second = by_program("70", "second", f"--from {first}/bid.json --replaces {first}/header.json")
    assert submitted(tender, second).seq == 2
    opened(tender)
    response = Bid.objects.get(process=tender.process).response
    assert response and response["tenderers"][0]["name"] == "Bob Roofs Cooperative"


def test_what_the_program_sealed_the_offline_page_replaces(tender: Sealed, folder: Path, offline: Page) -> None:
    first = by_program("90", "first")
    assert submitted(tender, first).seq == 1
    assert submitted(tender, by_offline_page(offline, "60", folder / "second", replaces=first)).seq == 2
    opened(tender)
    assert [bid.amount for bid in Bid.objects.filter(process=tender.process)] == [720]


def test_what_the_program_and_the_offline_page_sealed_the_page_takes(
    tender: Sealed, visit: Visit, folder: Path, offline: Page
) -> None:
    first = by_program("90", "first")
    for package in (first, by_offline_page(offline, "60", folder / "second", replaces=first)):
        page = visit(personas().bob, address("submit", tender))
        for name in NAMES[:2]:
            page.get_by_label(name).set_input_files(package / name)
        page.get_by_role("button", name="Submit").click()
        expect(page.get_by_role("heading", name="Receipt of your bid")).to_be_visible()
    assert list(SealedBid.objects.order_by("seq").values_list("state", flat=True)) == ["replaced", "submitted"]
