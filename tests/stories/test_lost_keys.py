"""Members lose their keys, by page: before the end bids are sealed again, after it nobody can open them."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tenderwell.core.fields import Place
from tenderwell.core.forms import CommandForm
from tenderwell.ledger.sealing.shares import encode_shares, release
from tenderwell.ledger.verifying import command
from tenderwell.workroom.awarding.commands import CancelProcess
from tenderwell.workroom.bidding import possession, queries
from tenderwell.workroom.bidding.inputs import ReplaceCommittee, WithdrawBid
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.receipts import receipt_of
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.bidding.tests.journey import DAY, MINUTE, Sealed, open_for_bids, sealed_by
from tenderwell.workroom.bidding.tests.test_pages import address, dearmoured, shares_file, signed_in, two_files
from tenderwell.workroom.messages import telling
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, NOW, personas
from tests.stories.doors import typed_into
from tests.stories.test_outsider import bundle_of

pytestmark = pytest.mark.django_db
LOST = "Two of the three members lost their keys on the same day, so a new committee opens the bids."
TOO_LATE = "Two of the three members lost their keys after the deadline, so the bids cannot be opened by anybody."


@pytest.fixture
def tender(clock: list[datetime]) -> Sealed:
    made = open_for_bids(NOW)
    telling.tell(NOW)
    clock.append(made.end - DAY)
    return made


def post(client: Client, tender: Sealed, stage: str, verb: str, data: Any) -> None:
    """Fill in the page's own form."""
    person = client.get("/en/desk/").context["request"].actor
    form = CommandForm(type(data), Place(tender.process, person))
    answer = client.post(f"/en/desk/{tender.process.ocid}/{stage}/{verb}/", typed_into(form, data))
    assert answer.status_code == 302, answer.content.decode()


def handed_in(tender: Sealed, name: str, amount: str) -> SealedBid:
    package = sealed_by(tender, getattr(personas(), name), amount)
    answer = signed_in(getattr(personas(), name)).post(address("submit", tender), two_files(package))
    assert answer.status_code == 302, answer.content.decode()
    return SealedBid.objects.get(commitment=package.commitment)


def new_key(tender: Sealed, ring: KeyRing) -> KeyRing:
    """The member makes another key and proves it on the page."""
    new, client = KeyRing.new(ring.actor), signed_in(ring.actor)
    page = client.get(address("register-key", tender), {"recipient": new.recipient})
    proof = possession.answer(dearmoured(page.context["challenge"]), identity=new.identity)
    answer = client.post(address("register-key", tender), {"recipient": new.recipient, "proof": proof})
    assert answer.status_code == 302
    return new


def closed(tender: Sealed, clock: list[datetime]) -> None:
    clock.append(tender.end + MINUTE)
    answer = signed_in(personas().ada).post(f"/en/desk/{tender.process.ocid}/bidding/announce_closing/")
    assert answer.status_code == 302


def old_share_too(tender: Sealed, ring: KeyRing, bid: SealedBid) -> SimpleUploadedFile:
    """The file of a member who gives the share of a bid that is not to be opened."""
    record = tender.process.committees.earliest("number").committee
    member = next(each.id for each in record.members if each.recipient == ring.recipient)
    return SimpleUploadedFile(
        "shares.json", encode_shares([release(bid.parsed, member=member, identity=ring.identity)])
    )


def opening_page(tender: Sealed) -> str:
    return Client().get(f"/en/processes/{tender.process.ocid}/opening/").content.decode()


def test_before_the_end_a_new_committee_is_named_everybody_is_told_and_seals_again(
    tender: Sealed, clock: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bob, ocid = signed_in(personas().bob), tender.process.ocid
    old, stale = handed_in(tender, "bob", "1000"), sealed_by(tender, personas().cleo)
    rings = (*(new_key(tender, ring) for ring in tender.rings[:2]), tender.rings[2])
    keys = [str(key.pk) for key in queries.current_keys(tender.process)]
    data = ReplaceCommittee(k=2, members=keys, reason=LOST)
    post(signed_in(personas().ada), tender, "bidding", "replace_committee", data)
    telling.tell(clock[-1])
    assert (
        "The opening committee was replaced, so bids must be sealed again"
        in bob.get("/en/desk/messages/").content.decode()
    )
    assert "Sealed to a committee that was replaced: seal it again" in bob.get(address("home", tender)).content.decode()
    assert LOST in Client().get(f"/en/processes/{ocid}/history/").content.decode()
    refused = signed_in(personas().cleo).post(address("submit", tender), two_files(stale))
    assert refused.status_code == 422
    assert "The bid was not sealed for this tender’s committee" in refused.content.decode()
    new = handed_in(tender, "bob", "900")
    receipts = [receipt_of(each).proof for each in (old, new)]
    closed(tender, clock)
    gus, member = signed_in(rings[0].actor), signed_in(tender.rings[2].actor)
    wrong = member.post(address("release", tender), {"shares": old_share_too(tender, tender.rings[2], old)})
    assert wrong.status_code == 422
    assert "is not to be opened" in wrong.content.decode()
    for client, ring in ((gus, rings[0]), (member, rings[2])):
        assert client.post(address("release", tender), {"shares": shares_file(ring, tender)}).status_code == 302
    assert [bid.amount for bid in tender.process.bids.all()] == [900]
    assert "The committee was replaced before the end, so it had to be sealed again." in opening_page(tender)
    status, said = checked(tender, tmp_path, receipts, capsys)
    assert (status, "receipt 1: its bid is in the opening record, as void" in said) == (0, True), said


def checked(tender: Sealed, folder: Path, receipts: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What verify.py says of the process as one file, with the bidders' receipts."""
    bundle, words = bundle_of(tender.process.ocid, folder), list[str]()
    for number, proof in enumerate(receipts):
        path = folder / f"{number}.tlog-proof"
        path.write_text(proof)
        words += ["--receipt", str(path)]
    status = command.main(["record", str(bundle), *words, "--policy", str(folder / "policy")])
    return status, capsys.readouterr().out


def test_a_withdrawn_and_a_replaced_bid_stay_shut_for_ever(
    tender: Sealed, clock: list[datetime], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, taken_back = handed_in(tender, "bob", "1000"), handed_in(tender, "cleo", "800")
    second = handed_in(tender, "bob", "990")
    withdrawal = WithdrawBid(commitment=taken_back.commitment)
    post(signed_in(personas().cleo), tender, "bidding", "withdraw_bid", withdrawal)
    receipts = [receipt_of(each).proof for each in (first, taken_back, second)]
    closed(tender, clock)
    ring = tender.rings[0]
    for bid in (first, taken_back):
        sent = {"shares": old_share_too(tender, ring, bid)}
        assert "is not to be opened" in signed_in(ring.actor).post(address("release", tender), sent).content.decode()
    for ring in tender.rings[:2]:
        sent = {"shares": shares_file(ring, tender)}
        assert signed_in(ring.actor).post(address("release", tender), sent).status_code == 302
    assert {bid.bidder.identifier: bid.amount for bid in tender.process.bids.all()} == {BOB_ROOFS: Decimal(990)}
    page = opening_page(tender)
    assert "Its bidder sent a later one. It stays shut for ever." in page
    assert "Its bidder took it back. It stays shut for ever." in page
    status, said = checked(tender, tmp_path, receipts, capsys)
    ends = ("replaced", "withdrawn", "valid")
    told = [f"receipt {number}: its bid is in the opening record, as {end}" for number, end in enumerate(ends, 1)]
    assert (status, [each for each in told if each not in said]) == (0, []), said


def test_after_the_end_the_process_is_ended_as_the_notice_said_and_the_reason_is_public(
    tender: Sealed, clock: list[datetime]
) -> None:
    notice = Client().get(f"/en/processes/{tender.process.ocid}/").content.decode()
    assert "If more than 1 of 3 keys are lost after bids close, nobody can open the bids" in notice
    handed_in(tender, "bob", "1000")
    closed(tender, clock)
    ring, ada = tender.rings[0], signed_in(personas().ada)
    assert (
        signed_in(ring.actor).post(address("release", tender), {"shares": shares_file(ring, tender)}).status_code == 302
    )
    empty = ada.post(f"/en/desk/{tender.process.ocid}/bidding/record_no_bids/").content.decode()
    assert "Bids were received; the committee has to open them." in empty
    post(ada, tender, "awarding", "cancel_process", CancelProcess(reason=TOO_LATE))
    telling.tell(clock[-1])
    assert tender.again().state == "cancelled"
    shown = Client().get(f"/en/processes/{tender.process.ocid}/").content.decode()
    assert TOO_LATE in shown
    assert "Bob Roofs" not in shown
    assert TOO_LATE in signed_in(personas().bob).get("/en/desk/messages/").content.decode()
    assert not tender.process.bids.exists()
