"""What programs may do with keys and bids, and read for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status

from tenderwell.core.web import actor_of
from tenderwell.workroom.bidding import browser, commands, deputies, downloads, extending, possession, reception
from tenderwell.workroom.bidding.models import (
    Closing,
    CommitteeRecord,
    HandedOver,
    LateBid,
    MemberKey,
    OutageExtension,
    Rehearsal,
    ReleasedShare,
    SealedBid,
)
from tenderwell.workroom.bidding.receipts import receipt_of

COMMANDS = (
    commands.register_member_key,
    commands.name_committee,
    commands.name_price_committee,
    commands.replace_committee,
    commands.replace_price_committee,
    commands.rehearse_opening,
    commands.submit_bid,
    commands.declare_bid,
    commands.deliver_payload,
    commands.withdraw_bid,
    commands.refuse_late_bid,
    commands.announce_closing,
    extending.extend_for_outage,
    deputies.hand_over_shares,
    commands.release_shares,
    commands.release_price_shares,
    commands.record_no_bids,
)
PERFORMERS = {
    commands.submit_bid: reception.hand_in,
    commands.declare_bid: reception.hand_in,
    commands.deliver_payload: reception.follow,
    commands.withdraw_bid: reception.take_back,
}


def shown_key(key: MemberKey) -> dict[str, Any]:
    return {"key": str(key.pk), "recipient": key.recipient}


def shown_committee(named: CommitteeRecord) -> dict[str, Any]:
    return {"id": named.committee.id, "sha256": named.hash, "words": list(named.committee.words)}


def shown_rehearsal(test: Rehearsal) -> dict[str, Any]:
    return {"rehearsed": sorted(test.shares), "opened": test.opened_at is not None}


def shown_bid(bid: SealedBid) -> dict[str, Any]:
    return receipt_of(bid).shown()


def shown_refusal(late: LateBid) -> dict[str, Any]:
    return {"commitment": late.commitment, "note": late.note}


def shown_closing(closing: Closing) -> dict[str, Any]:
    return {"end": closing.period_end.isoformat()}


def shown_extension(extension: OutageExtension) -> dict[str, Any]:
    return {"before": extension.before.isoformat(), "end": extension.after.isoformat()}


def shown_handover(handed: HandedOver) -> dict[str, Any]:
    return {"member": handed.member.code, "recipient": handed.deputy.recipient}


def shown_shares(released: list[ReleasedShare]) -> dict[str, Any]:
    return {"released": len(released)}


RESULTS = {
    commands.register_member_key: shown_key,
    commands.name_committee: shown_committee,
    commands.replace_committee: shown_committee,
    commands.name_price_committee: shown_committee,
    commands.replace_price_committee: shown_committee,
    commands.rehearse_opening: shown_rehearsal,
    commands.submit_bid: shown_bid,
    commands.declare_bid: shown_bid,
    commands.deliver_payload: shown_bid,
    commands.withdraw_bid: shown_bid,
    commands.refuse_late_bid: shown_refusal,
    commands.announce_closing: shown_closing,
    extending.extend_for_outage: shown_extension,
    deputies.hand_over_shares: shown_handover,
    commands.release_shares: shown_shares,
    commands.release_price_shares: shown_shares,
}

READING = Router(tags=["bidding"])
PLACE = "/processes/{ocid}/bidding"


class Challenge(Schema):
    """An armoured age file; its content is the `proof` that register_member_key asks for."""

    challenge: str


@READING.get(f"{PLACE}/challenge", response={200: Challenge, 400: None, 404: None}, operation_id="bidding.challenge")
def challenge(request: HttpRequest, ocid: str, recipient: str) -> Any:
    """A challenge encrypted to the key that you want to register"""
    downloads.process_for(request, ocid, roles=frozenset({"committee"}))
    actor = actor_of(request)
    try:
        raw = possession.challenge(ocid=ocid, person=actor.id, recipient=recipient, now=timezone.now())
    except ValueError:
        return Status(400, None)
    return {"challenge": possession.armoured(raw)}


@READING.get(f"{PLACE}/tender.json", operation_id="bidding.tender_file")
def tender_file(request: HttpRequest, ocid: str) -> HttpResponse:
    """What `tenderwell seal` and `tenderwell open-share` need to know of the tender"""
    return downloads.tender_json(request, ocid)


@READING.get(f"{PLACE}/rehearsal.json", operation_id="bidding.rehearsal")
def rehearsal(request: HttpRequest, ocid: str) -> HttpResponse:
    """The committee's test envelope, for its members"""
    return downloads.rehearsal_json(request, ocid)


@READING.get(f"{PLACE}/bids.json", operation_id="bidding.bids_to_open")
def bids_to_open(request: HttpRequest, ocid: str) -> HttpResponse:
    """The headers of the bids to open, once the end of the period is announced"""
    return downloads.bids_to_open(request, ocid)


@READING.get(f"{PLACE}/handover.json", operation_id="bidding.handover")
def handover(request: HttpRequest, ocid: str) -> HttpResponse:
    """What a member handed over to you, for `tenderwell open-share --handover`"""
    return downloads.handover_json(request, ocid)


@READING.get(f"{PLACE}/closing.tlog-proof", operation_id="bidding.closing_proof")
def closing_proof(request: HttpRequest, ocid: str) -> HttpResponse:
    """The proof that the end of the period stands in the ledger"""
    return downloads.closing_proof(request, ocid)


@READING.get(f"{PLACE}/receipts/{{commitment}}.tlog-proof", operation_id="bidding.receipt")
def receipt(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    """The receipt of your bid, to be kept; it can be checked without us"""
    return downloads.receipt_file(request, ocid, commitment)


@READING.put(f"{PLACE}/parts/{{sha256}}", operation_id="bidding.part")
def part(request: HttpRequest, ocid: str, sha256: str) -> HttpResponse:
    """A part of a sealed payload, as the raw body"""
    return browser.part(request, ocid, sha256)


@READING.post(f"{PLACE}/hand_in", operation_id="bidding.hand_in")
def hand_in(request: HttpRequest, ocid: str) -> HttpResponse:
    """header.json as the raw body; with `?announce=1` before its parts, and the answer names those that are missing"""
    return browser.hand_in(request, ocid)
