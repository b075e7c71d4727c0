"""The whole way of a bid and of its opening by programs alone, with tokens."""

import json
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tenderwell.core.command import Actor, perform, timestamp
from tenderwell.ledger import identity
from tenderwell.ledger.models import Entry
from tenderwell.ledger.note import parse_note, verified
from tenderwell.ledger.proof import check_proof, parse_proof
from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ledger.sealing.package import SealedPackage
from tenderwell.workroom.bidding import possession, queries, sealer
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    SECOND,
    Sealed,
    announced,
    bid_of,
    open_for_bids,
    sealed_by,
)
from tenderwell.workroom.bidding.tests.test_pages import address, dearmoured, signed_in
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import NOW, assign, personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the API takes for now: the last of the list."""
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


JUNK = "ab" * 40
NO_BID = "0" * 64
WRONG: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "no number": [{"share": JUNK}],
    "no hexadecimal": [{"commitment": "x", "share": "no"}],
    "another bid": [{"commitment": NO_BID, "share": JUNK}],
    "nothing given": [{"commitment": NO_BID}, {"commitment": "BID"}],
    "a wrong share": [{"commitment": "BID", "share": JUNK}],
    "two in one": [{"commitment": "BID", "share": JUNK, "is_unreadable": True}],
    "a wrong key": [{"commitment": "BID", "file_key": "00" * 16}],
    "neither yes nor no": [{"commitment": "BID", "is_unreadable": "perhaps"}],
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_of_shares_is_refused_for_the_reasons_that_a_program_gets(
    tender: Sealed, clock: list[datetime], wrong: str
) -> None:
    bid = bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    gus = tender.rings[0].actor
    rows = json.loads(json.dumps(WRONG[wrong]).replace("BID", bid.commitment))
    told = Program(gus, tender.process.ocid).post("release_shares", shares=rows).json()["reasons"]
    sent = {"shares": SimpleUploadedFile("shares.json", encode(rows))}
    page = signed_in(gus).post(address("release", tender), sent)
    assert page.status_code == 422
    assert [str(each.text) for each in page.context["why_not"]] == [each["text"] for each in told]
    assert told


class Program:
    """A program with a token of the actor."""

    def __init__(self, actor: Actor, ocid: str) -> None:
        token = perform(issue_token, actor, actor.organisation, IssueToken(label="Bidding program"), now=NOW)
        self.client = Client(headers={"Authorization": f"Bearer {token.secret}"})
        self.place = f"/api/v1/processes/{ocid}/bidding/"

    def post(self, command: str, **data: Any) -> Any:
        return self.client.post(self.place + command, data, content_type="application/json")

    def upload(self, content: bytes) -> str:
        answer = self.client.post("/api/v1/files", content, content_type="application/octet-stream")
        assert answer.status_code == 201
        return str(answer.json()["sha256"])

    def submit(self, package: SealedPackage) -> Any:
        return self.post("submit_bid", header=self.upload(package.header.raw), payload=self.upload(package.payload))


def test_a_program_submits_and_its_receipt_proves_it_without_us(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - MINUTE)
    package, program = sealed_by(tender, personas().bob), Program(personas().bob, tender.process.ocid)
    answer = program.submit(package)
    assert answer.status_code == 201
    shown = json.loads(answer.content)["result"]
    assert (shown["commitment"], shown["state"]) == (package.commitment, "submitted")
    receipt = program.client.get(f"{program.place}receipts/{package.commitment}.tlog-proof").content.decode()
    check_receipt(receipt, package)


def check_receipt(text: str, package: SealedPackage) -> None:
    """What an outsider does: hash the preimage in the receipt, and check that this leaf is in the signed log."""
    proof = parse_proof(text)
    hidden = json.loads(proof.extra)
    leaf = json.dumps({"c": sha256(proof.extra).hexdigest(), "type": "sealed/v1"}, separators=(",", ":")).encode()
    assert hidden["commitment"] == sha256(package.header.raw).hexdigest()
    assert leaf == bytes(Entry.objects.get(idx=proof.index).body)
    check_proof(proof, sha256(b"\0" + leaf).digest(), policy=identity.policy())


def test_the_same_bid_again_gives_the_same_receipt_also_after_the_end(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end - SECOND)
    package, program = sealed_by(tender, personas().bob), Program(personas().bob, tender.process.ocid)
    first = json.loads(program.submit(package).content)["result"]
    clock.append(tender.end + DAY)
    again = program.submit(package)
    assert (again.status_code, json.loads(again.content)["result"]) == (201, first)


def test_a_late_bid_gets_a_signed_refusal_and_leaves_a_blind_leaf(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end)
    package, program = sealed_by(tender, personas().bob), Program(personas().bob, tender.process.ocid)
    answer = program.submit(package)
    said = json.loads(answer.content)
    assert (answer.status_code, said["reasons"][0]["code"]) == (409, "period_over")
    note = parse_note(said["note"])
    assert len(verified(note, identity.verifiers())) == 1
    assert package.commitment in note.text.split("\n")
    assert f"closed {timestamp(tender.end)}" in note.text.split("\n")
    assert Entry.objects.filter(kind="sealed/v1").count() == 1
    assert json.loads(program.submit(package).content)["note"] == said["note"]
    assert not tender.process.sealed_bids.exists()


def test_an_announced_bid_is_completed_within_the_grace_by_sending_all_of_it(
    tender: Sealed, clock: list[datetime]
) -> None:
    clock.append(tender.end - SECOND)
    package, program = sealed_by(tender, personas().bob), Program(personas().bob, tender.process.ocid)
    header = program.upload(package.header.raw)
    assert json.loads(program.post("declare_bid", header=header).content)["result"]["state"] == "declared"
    clock.append(tender.end + MINUTE)
    answer = program.submit(package)
    assert json.loads(answer.content)["result"]["state"] == "submitted"
    assert not tender.process.late_bids.exists()


def test_a_member_proves_a_key_by_program(clock: list[datetime]) -> None:
    process = planned()
    assign(process, "gus", "committee")
    ring, program = KeyRing.new(personas().gus), Program(personas().gus, process.ocid)
    given = program.client.get(f"{program.place}challenge", {"recipient": ring.recipient}).json()["challenge"]
    proof = possession.answer(dearmoured(given), identity=ring.identity)
    assert program.post("register_member_key", recipient=ring.recipient, proof=proof).status_code == 201
    assert queries.current_keys(process).get().recipient == ring.recipient


def test_members_open_by_program(tender: Sealed, clock: list[datetime]) -> None:
    bid_of(tender, personas().bob)
    clock.append(tender.end + MINUTE)
    announced(tender)
    for ring in tender.rings[:2]:
        program = Program(ring.actor, tender.process.ocid)
        answer = program.post("release_shares", **sealer.shares_of(ring, tender.process).model_dump())
        assert json.loads(answer.content)["result"] == {"released": 1}
    assert json.loads(answer.content)["state"] == "evaluation"


def test_the_proof_that_the_period_ended_is_there_for_every_member(tender: Sealed) -> None:
    program = Program(tender.rings[0].actor, tender.process.ocid)
    fetch = partial(program.client.get, f"{program.place}closing.tlog-proof")
    assert fetch().status_code == 404
    announced(tender)
    proof = parse_proof(fetch().content.decode())
    assert Entry.objects.get(idx=proof.index).kind == "tender.closed/v1"
