"""A bid from the tender file to the opening, as people do it: the page for the files, the program for the secrets."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, HttpResponse
from django.test import Client

from tenderwell.cli import main
from tenderwell.core.command import Actor
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.tests.journey import MINUTE, Sealed, announced, open_for_bids
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fetch(client: Client, url: str, path: Path) -> None:
    answer = client.get(url)
    assert isinstance(answer, HttpResponse | FileResponse)
    assert answer.status_code == 200
    path.write_bytes(answer.content)


def file_of(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def seals(tender: Sealed, bidder: Client, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Bob downloads the tender file, fills in the price list, declares what is true, and seals."""
    fetch(bidder, address("tender-file", tender), folder / "tender.json")
    capsys.readouterr()
    assert main(["price-list", "--tender", "tender.json"]) == 0
    (folder / "prices.csv").write_text(capsys.readouterr().out.replace(",,", ",4200.50,"))
    (folder / "plan.pdf").write_bytes(b"How we will do it")
    assert main(["answers", "--tender", "tender.json"]) == 0
    told = capsys.readouterr()
    declared = [line.split(": ")[1] for line in told.err.splitlines() if line.startswith("To declare: ")]
    answers = json.loads(told.out) | {"declarations": declared}
    (folder / "answers.json").write_text(json.dumps(answers))
    files = "--prices prices.csv --answers answers.json"
    assert main(f"seal --tender tender.json --bidder {BOB_ROOFS} {files} --out my-bid --yes plan.pdf".split()) == 0
    return folder / "my-bid"


def releases(tender: Sealed, member: Actor, identity: str, folder: Path) -> HttpResponse:
    """A member takes the shares out at home and sends them."""
    client, out = signed_in(member), folder / f"{member.id}.json"
    fetch(client, address("bids", tender), folder / "bids.json")
    (folder / f"{member.id}.key").write_text(identity + "\n")
    found = queries.member_of(tender.process, member.id)
    assert found
    (folder / "words").write_text("none\n")
    line = f"open-share bids.json --tender tender.json --member {found.code} --identity {member.id}.key --out {out}"
    assert main([*line.split(), "--yes", "--passphrase-file", "words"]) == 0
    shares = {"shares": SimpleUploadedFile("shares.json", out.read_bytes())}
    answer = client.post(address("release", tender), shares)
    assert isinstance(answer, HttpResponse)
    return answer


def test_bob_seals_at_home_and_the_committee_opens_at_home(
    clock: list[datetime], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tender = open_for_bids()
    clock.append(tender.end - MINUTE)
    bob = signed_in(personas().bob)
    package = seals(tender, bob, folder, capsys)
    both = {"header": file_of(package / "header.json"), "payload": file_of(package / "payload.age")}
    assert bob.post(address("submit", tender), both).status_code == 302
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[1:]:
        assert releases(tender, ring.actor, ring.identity, folder).status_code == 302
    bid = tender.process.bids.get()
    assert (bid.bidder.identifier, str(bid.amount)) == (BOB_ROOFS, "50406.000000")
    assert [file.name for file in bid.files.order_by("position")] == ["bid.json", "plan.pdf"]
