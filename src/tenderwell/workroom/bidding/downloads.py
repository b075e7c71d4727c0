"""Files that bidders and members of the committee take home, and who may have them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from tenderwell.core import files
from tenderwell.core.command import Actor, facts_of
from tenderwell.core.web import actor_of
from tenderwell.workroom.bidding import queries, rehearsal
from tenderwell.workroom.bidding.models import LateBid, SealedBid
from tenderwell.workroom.bidding.receipts import closing_proof_of, receipt_of
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.rules import HAS_DECLARED, without_conflict

ACCOUNTABLE = frozenset({"lead", "approver", "committee", "evaluator", "auditor", "reviewer"})


def process_for(request: HttpRequest, ocid: str, *, roles: frozenset[str]) -> Process:
    """The process, for somebody who holds one of the roles in it; 404 for everybody else.

    Every firm may be a tenderer and the review body reviews everywhere, but a draft is not there for them.
    """
    process = get_object_or_404(Process.objects.select_related("buyer"), ocid=ocid)
    held = process.roles_of(actor_of(request))
    if not held & roles or not process.is_visible_to(held):
        raise Http404(ocid)
    return process


def bidder_page(request: HttpRequest, ocid: str) -> Process:
    """The process, for somebody who acts for a firm; 404 for everybody else.

    Asks for no team, since nobody stands on both sides: in the last minutes every part of every bid comes by here.
    """
    process = get_object_or_404(Process.objects.select_related("buyer"), ocid=ocid)
    held = process.outside_roles(actor_of(request))
    if "tenderer" not in held or not process.is_visible_to(held):
        raise Http404(ocid)
    return process


def own_bid(request: HttpRequest, ocid: str, commitment: str) -> SealedBid:
    process = bidder_page(request, ocid)
    held = queries.my_bids(process, bidder=actor_of(request).organisation).select_related("process", "bidder")
    return get_object_or_404(held, commitment=commitment)


def receipt_file(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    found = receipt_of(own_bid(request, ocid, commitment))
    return download(found.proof, name=found.file_name)


def receipt_json(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    return JsonResponse(receipt_of(own_bid(request, ocid, commitment)).shown())


def own_refusal(request: HttpRequest, ocid: str, commitment: str) -> LateBid:
    process = bidder_page(request, ocid)
    held = queries.my_late_bids(process, bidder=actor_of(request).organisation)
    return get_object_or_404(held, commitment=commitment)


def refusal_file(request: HttpRequest, ocid: str, commitment: str) -> HttpResponse:
    late = own_refusal(request, ocid, commitment)
    return download(late.note, name=f"{ocid}-refusal.txt")


def bids_to_open(request: HttpRequest, ocid: str) -> HttpResponse:
    """The bids to be opened with their proofs, for a member's own program; nothing before the end is announced."""
    process = process_for(request, ocid, roles=frozenset({"committee", "auditor"}))
    if queries.closing_of(process) is None:
        raise Http404(ocid)
    return download(bids_file(process), name=f"{ocid}-bids.json", kind="application/json")


def closing_proof(request: HttpRequest, ocid: str) -> HttpResponse:
    process = process_for(request, ocid, roles=ACCOUNTABLE | {"tenderer"})
    if queries.closing_of(process) is None:
        raise Http404(ocid)
    return download(closing_proof_of(process), name=f"{ocid}-closing.tlog-proof")


def tender_json(request: HttpRequest, ocid: str) -> HttpResponse:
    """What a bidder's or member's own program needs to know of the tender."""
    process = process_for(request, ocid, roles=ACCOUNTABLE | {"tenderer"})
    if queries.current_committee(process) is None or "tenderPeriod" not in process.periods_held():
        raise Http404(ocid)
    return download(tender_file(process), name=f"{ocid}-tender.json", kind="application/json")


def rehearsal_json(request: HttpRequest, ocid: str) -> HttpResponse:
    """The test envelope of the reader's committee; of two, the one that is still to be opened."""
    process = process_for(request, ocid, roles=frozenset({"committee"}))
    place = queries.to_rehearse(process, actor_of(request).id)
    if place is None:
        raise Http404(ocid)
    return download(rehearsal.file_of(place.committee), name=f"{ocid}-rehearsal.json", kind="application/json")


def handover_json(request: HttpRequest, ocid: str) -> HttpResponse:
    """For the deputy alone."""
    process = process_for(request, ocid, roles=frozenset({"committee"}))
    found = queries.handed_to(process, actor_of(request).id)
    if found is None:
        raise Http404(ocid)
    return download(found.body, name=f"{ocid}-handover.json", kind="application/json")


def bid_file(request: HttpRequest, ocid: str, code: str, position: int) -> HttpResponseBase:
    """A file of an opened bid, always as a download, for those who evaluate and for the bidder itself."""
    process = process_for(request, ocid, roles=ACCOUNTABLE | {"tenderer"})
    bid = get_object_or_404(queries.opened_bids(process), code=code)
    actor = actor_of(request)
    if actor.organisation != bid.bidder.identifier and not may_read_all(process, actor):
        raise Http404(code)
    found = get_object_or_404(bid.files, position=position)
    stored = files.open_stored(found.sha256)
    return FileResponse(stored, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def may_read_all(process: Process, actor: Actor) -> bool:
    """Whoever judges or decides reads bids after declaring that there is no interest. Source: 2014/24/EU Art. 24."""
    facts = facts_of(process, actor, timezone.now())
    roles = facts.roles & ACCOUNTABLE
    if without_conflict(facts) or not roles:
        return False
    return bool(roles & {"auditor", "reviewer"}) or facts[HAS_DECLARED]


def download(content: str | bytes, *, name: str, kind: str = "text/plain; charset=utf-8") -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
