"""The pages on which a browser seals and opens, and the addresses to which it sends what it sealed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tenderwell.core import files
from tenderwell.core.command import Actor, refusals
from tenderwell.core.errors import Reason, Refused
from tenderwell.core.forms import told
from tenderwell.core.web import actor_of
from tenderwell.ledger.sealing.header import Header
from tenderwell.ui import parts
from tenderwell.ui.sealing_texts import translated
from tenderwell.workroom.bidding import commands, queries, reception, rules, upload_parts
from tenderwell.workroom.bidding.client_files import url_and_integrity
from tenderwell.workroom.bidding.downloads import bidder_page
from tenderwell.workroom.bidding.inputs import LARGEST_PAYLOAD, DeclareBid, SubmitBid
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process

HASH_LENGTH = 64


def seal(request: HttpRequest, ocid: str) -> HttpResponse:
    """Fill in, check, seal and send a bid in the browser; without JavaScript, what to do instead."""
    process, actor, now = bidder_page(request, ocid), actor_of(request), timezone.now()
    may = refusals(commands.submit_bid, actor, process, now=now)
    shown = {
        "process": process,
        "now": now,
        "end": process.periods_held().get("tenderPeriod"),
        "why_not": [parts.Reason(told(reason), reason.source) for reason in may],
        "config": config_of(process, actor),
        "script": url_and_integrity("sealing/bid.js"),
        "section": "desk",
    }
    return render(request, "bidding/seal.html", shown)


def config_of(process: Process, actor: Actor) -> dict[str, Any]:
    """What the page's script has to know: who bids, which number the bid has, where things are sent."""
    ocid = process.ocid
    bidder = Organisation.objects.get(identifier=actor.organisation)
    any_part = reverse("bidding:part", args=(ocid, "0" * HASH_LENGTH))
    return {
        "bidder": {"id": bidder.identifier, "name": bidder.name},
        "envelopes": {stage: turn_of(process, bidder, stage=stage) for stage in queries.envelopes_of(process)},
        "language": get_language(),
        "limit": LARGEST_PAYLOAD * 7 // 8,
        "urls": {
            "tender": reverse("bidding:tender-file", args=(ocid,)),
            "parts": any_part.removesuffix("0" * HASH_LENGTH + "/"),
            "handIn": reverse("bidding:hand-in", args=(ocid,)),
        },
        "worker": url_and_integrity("sealing/worker.js"),
        "texts": translated(),
    }


def turn_of(process: Process, bidder: Organisation, *, stage: str) -> dict[str, Any]:
    """Number of the next envelope of this stage, what it replaces, and whether one stands now."""
    last = queries.latest_bid(process, bidder=bidder.identifier, stage=stage)
    return {
        "seq": last.seq + 1 if last else 1,
        "replaces": last.commitment if last else None,
        "standing": bool(last and last.state == "submitted"),
    }


@require_http_methods(["PUT"])
def part(request: HttpRequest, ocid: str, sha256: str) -> HttpResponse:
    """Take one part of a payload; sending it again does no harm."""
    process, actor = bidder_page(request, ocid), actor_of(request)
    if len(sha256) != HASH_LENGTH or not set(sha256) <= files.HEX:
        raise Http404(sha256)
    if queries.are_bids_opened(ocid):
        return refused(Refused(*refusals(commands.submit_bid, actor, process, now=timezone.now())))
    try:
        upload_parts.keep(request, sha256=sha256, bidder=actor.organisation)
    except upload_parts.OtherPart:
        text = "A part of the bid changed on its way. Send it again."
        return refused(Refused(Reason("part_changed", text)))
    return HttpResponse(status=204)


@require_http_methods(["POST"])
def hand_in(request: HttpRequest, ocid: str) -> HttpResponse:
    """Take the header, which is the request's body, with the parts that arrived before; ?announce=1: alone.

    The answer to an announcement says which parts are still to be sent.
    """
    raw = request.read(rules.MOST_RECEIVED + 1)
    now = timezone.now()  # before anything is looked up: a busy server costs a bidder no time
    process, actor = bidder_page(request, ocid), actor_of(request)
    answer: dict[str, Any] = {}
    try:
        header = header_in(raw)
        stored = files.store([raw], limit=rules.MOST_RECEIVED).sha256
        if request.GET.get("announce"):
            bid = reception.hand_in(commands.declare_bid, actor, ocid, DeclareBid(header=stored), now=now)
            answer["missing"] = upload_parts.missing(header, bidder=actor.organisation)
        else:
            data = SubmitBid(header=stored, payload=header.payload.sha256)
            if not reception.is_past_grace(actor, process, stored, now=now):
                gather(header, actor)
            bid = reception.hand_in(commands.submit_bid, actor, ocid, data, now=now)
    except reception.TooLate as late:
        return refused(late, url=reverse("bidding:refusal", args=(ocid, header.commitment)), note=late.note)
    except Refused as reasons:
        return refused(reasons)
    receipt = reverse("bidding:receipt", args=(ocid, bid.commitment))
    return JsonResponse({"url": receipt, "commitment": bid.commitment, **answer})


def header_in(raw: bytes) -> Header:
    """The parsed header; raises Refused."""
    found = rules.read_header(raw)
    if isinstance(found, Reason):
        raise Refused(found)
    return found


def gather(header: Header, actor: Actor) -> None:
    """Put the payload together; raises Refused when parts are missing."""
    bidder = actor.organisation
    if header.core.bidder != bidder:
        return
    if upload_parts.missing(header, bidder=bidder):
        raise Refused(Reason("parts_missing", "Parts of the bid have not arrived. Send it again."))
    upload_parts.put_together(header, bidder=bidder)


def refused(refusal: Refused, *, url: str = "", note: str = "") -> JsonResponse:
    """409 with every reason; url: where the signed refusal of a late bid, the note, is."""
    reasons = refusal.reasons
    answer: dict[str, Any] = {"codes": [each.code for each in reasons], "reasons": [told(each) for each in reasons]}
    return JsonResponse(answer | ({"url": url, "note": note} if url else {}), status=409)
