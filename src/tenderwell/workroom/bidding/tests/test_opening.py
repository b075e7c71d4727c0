"""The opening: k members and no fewer, wrong shares named, everything published that makes the set checkable."""

import hashlib
import json
from decimal import Decimal
from typing import Any

import pytest
import rfc8785

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.ledger.sealing.package import File
from tenderwell.public.record.models import Release
from tenderwell.workroom.bidding import commands, sealer
from tenderwell.workroom.bidding.inputs import RecordNoBids, ReleaseShares, ShareOfBid, WithdrawBid
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    SECOND,
    Sealed,
    announced,
    bid_of,
    handed_in,
    open_for_bids,
    opened,
    sealed_by,
)
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.commands import questions

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def published(process: Process) -> dict[str, Any]:
    """The latest release."""
    shown: dict[str, Any] = json.loads(bytes(Release.objects.filter(ocid=process.ocid).latest("date").body))
    return shown


def test_two_of_three_members_open_all_bids(tender: Sealed) -> None:
    bid_of(tender, personas().bob, "1000.00")
    bid_of(tender, personas().cleo, "900.50")
    process = opened(tender)
    assert process.state == "evaluation"
    details = published(process)["bids"]["details"]
    assert [(bid["tenderers"][0]["id"], bid["value"]["amount"], bid["status"]) for bid in details] == [
        ("XA-REG-1001", 1000, "pending"),
        ("XA-REG-1002", 900.5, "pending"),
    ]


@pytest.mark.parametrize("amount", ["123456789012345.123456", "999999999999999.01"])
def test_a_price_that_nobody_can_publish_excludes_its_bid_and_does_not_stop_the_opening(
    tender: Sealed, amount: str
) -> None:
    bid_of(tender, personas().bob, amount)
    bid_of(tender, personas().cleo, "900.50")
    process = opened(tender)
    assert process.state == "evaluation"
    details = published(process)["bids"]["details"]
    assert [(bid["status"], "value" in bid) for bid in details] == [("disqualified", False), ("pending", True)]
    assert "15 digits" in details[0]["statusReason"]


def test_one_member_alone_opens_nothing(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    sealer.release_all(tender.rings[2], tender.process, now=tender.end + MINUTE)
    assert tender.again().state == "closed"
    assert not tender.process.bids.exists()


def test_one_member_twice_is_not_two_members(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    sealer.release_all(tender.rings[0], tender.process, now=tender.end + MINUTE)
    with pytest.raises(Refused, match="released_already"):
        sealer.release_all(tender.rings[0], tender.process, now=tender.end + MINUTE)


def test_a_member_who_released_cannot_give_something_else_instead(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    announced(tender)
    ring = tender.rings[0]
    sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    other = ReleaseShares(shares=[ShareOfBid(commitment=bid.commitment, is_unreadable=True)])
    with pytest.raises(Refused, match="released_already"):
        perform(commands.release_shares, ring.actor, tender.process.ocid, other, now=tender.end + MINUTE)
    assert bid.released_shares.get().share


def test_no_share_is_taken_before_the_end_is_announced(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    with pytest.raises(Refused, match="not_announced"):
        sealer.release_all(tender.rings[0], tender.process, now=tender.end + MINUTE)


def test_a_wrong_share_is_named(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    announced(tender)
    data = sealer.shares_of(tender.rings[0], tender.process)
    share = data.shares[0].share
    data.shares[0].share = ("00" if share[:2] != "00" else "01") + share[2:]
    with pytest.raises(Refused, match="wrong_share") as refused:
        perform(commands.release_shares, tender.rings[0].actor, tender.process.ocid, data, now=tender.end + MINUTE)
    assert bid.commitment[:12] in refused.value.reasons[0].message
    assert "member-" in refused.value.reasons[0].message


def test_anothers_share_is_refused(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    stolen = sealer.shares_of(tender.rings[1], tender.process)
    with pytest.raises(Refused, match="wrong_share"):
        perform(commands.release_shares, tender.rings[0].actor, tender.process.ocid, stolen, now=tender.end + MINUTE)


def test_a_member_opens_all_bids_or_none(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    bid_of(tender, personas().cleo)
    announced(tender)
    data = sealer.shares_of(tender.rings[0], tender.process)
    data.shares.pop()
    with pytest.raises(Refused, match="shares_missing"):
        perform(commands.release_shares, tender.rings[0].actor, tender.process.ocid, data, now=tender.end + MINUTE)


def test_shares_of_a_replaced_bid_are_refused(tender: Sealed) -> None:
    bid_of(tender, personas().bob, "1000")
    early = sealer.shares_of(tender.rings[0], tender.process)
    bid_of(tender, personas().bob, "900")
    announced(tender)
    data = sealer.shares_of(tender.rings[0], tender.process)
    data.shares += early.shares
    with pytest.raises(Refused, match="not_to_be_opened"):
        perform(commands.release_shares, tender.rings[0].actor, tender.process.ocid, data, now=tender.end + MINUTE)


def test_a_replaced_bid_stays_shut_and_is_accounted_for(tender: Sealed) -> None:
    bid_of(tender, personas().bob, "1000")
    bid_of(tender, personas().bob, "900")
    record = published(opened(tender))["tender"]["openingRecord"]
    assert [(bid["id"], bid["verdict"]) for bid in record["bids"]] == [("bid-1", "replaced"), ("bid-2", "valid")]
    assert (record["received"], record["replaced"], record["opened"]) == (2, 1, 1)


def test_every_blind_leaf_can_be_recomputed_from_the_record(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    bid_of(tender, personas().cleo)
    withdraw = WithdrawBid(commitment=bid.commitment)
    perform(commands.withdraw_bid, personas().bob, tender.process.ocid, withdraw, now=tender.end - SECOND)
    record = published(opened(tender))["tender"]["openingRecord"]
    leaves = {entry.idx: json.loads(bytes(entry.body)) for entry in Entry.objects.filter(kind="sealed/v1")}
    assert {entry["index"] for entry in record["bids"]} == set(leaves)
    for entry in record["bids"]:
        assert leaves[entry["index"]]["c"] == hashlib.sha256(rfc8785.dumps(entry["preimage"])).hexdigest()


def test_the_ledger_holds_the_hash_of_the_record(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    record = published(opened(tender))["tender"]["openingRecord"]
    leaf = json.loads(bytes(Entry.objects.get(kind="opening.done/v1").body))
    assert leaf["sha256"] == hashlib.sha256(rfc8785.dumps(record)).hexdigest()


def test_each_release_of_a_share_is_logged_and_the_end_before_them(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    opened(tender)
    kinds = list(Entry.objects.order_by("idx").values_list("kind", flat=True))[-5:]
    assert kinds == ["tender.closed/v1", "opening.share/v1", "opening.share/v1", "ocds.release/v1", "opening.done/v1"]


def test_a_damaged_payload_of_ours_is_not_held_against_the_bidder(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    files.path_of(bid.payload_sha256).write_bytes(b"rotten")
    with pytest.raises(Refused, match="payload_damaged"):
        opened(tender)
    assert tender.again().state == "closed"


def test_files_are_kept_by_their_hash_and_shown_by_their_name(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob, attachments=(File.of("plan.pdf", b"a plan"),))
    handed_in(tender, personas().bob, package)
    bid = opened(tender).bids.get()
    assert list(bid.files.values_list("name", flat=True)) == ["bid.json", "plan.pdf"]
    assert files.path_of(bid.files.get(name="plan.pdf").sha256).read_bytes() == b"a plan"


def test_without_bids_the_lead_ends_the_procedure(tender: Sealed) -> None:
    announced(tender)
    now = tender.end + MINUTE
    process = perform(commands.record_no_bids, personas().ada, tender.process.ocid, RecordNoBids(), now=now)
    assert published(process)["tender"]["status"] == "unsuccessful"
    assert tender.again().state == "unsuccessful"


def test_with_bids_nobody_can_say_there_were_none(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    with pytest.raises(Refused, match="bids_received"):
        perform(commands.record_no_bids, personas().ada, tender.process.ocid, RecordNoBids(), now=tender.end + DAY)


def test_no_bid_is_opened_while_a_question_waits_for_its_answer() -> None:
    tender = open_for_bids()
    question = questions.AskQuestion(text="May tiles be used?")
    perform(questions.ask_question, personas().bob, tender.process.ocid, question, now=NOW + DAY)
    bid_of(tender, personas().bob)
    with pytest.raises(Refused, match="questions_unanswered"):
        opened(tender)
    answer = questions.AnswerQuestion(question="enquiry-1", answer="Yes, they may.")
    perform(questions.answer_question, personas().ada, tender.process.ocid, answer, now=tender.end + MINUTE)
    for ring in tender.rings[:2]:
        sealer.release_all(ring, tender.process, now=tender.end + MINUTE)
    assert tender.again().state == "evaluation"


def test_prices_in_another_currency_are_not_compared_with_the_others(tender: Sealed) -> None:
    """1000 of a weaker currency would look like the same price as 1000 of the tender's."""
    bid_of(tender, personas().cleo)
    bob = Organisation.objects.get(identifier=personas().bob.organisation)
    foreign = sealer.offer(bob, currency="KES", amounts={"": Decimal("1000.00")})
    handed_in(tender, personas().bob, sealer.seal_for(tender.process, foreign))
    process = opened(tender)
    assert dict(process.bids.values_list("bidder__name", "status")) == {
        "Cleo Works Ltd": "valid",
        "Bob Roofs Cooperative": "invalid",
    }
    assert "USD" in process.bids.get(status="invalid").verdict_text
