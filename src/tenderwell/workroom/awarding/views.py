"""The letters about a decision: who may read which."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tenderwell.core.command import Actor
from tenderwell.core.web import actor_of
from tenderwell.workroom.awarding import letters
from tenderwell.workroom.awarding.queries import Letter, bids_to_tell, letter_of, without_award
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.process.models import Process

READERS = frozenset({"lead", "approver", "auditor", "reviewer"})  # of every letter


@require_safe
@login_required
def all_letters(request: HttpRequest, ocid: str) -> HttpResponse:
    """Every letter for those who answer for them; a bidder's own for the bidder."""
    process, actor = found_process(ocid), actor_of(request)
    bids = bids_to_tell(process)
    if not process.roles_of(actor) & READERS:
        own = own_bids(process, actor)
        bids = [bid for bid in bids if bid in own]
    is_decided = process.awards.exists() or without_award(process)
    if not is_decided or not (bids or process.roles_of(actor) & READERS):
        raise Http404(ocid)
    return private(render(request, "awarding/letters.html", {"process": process, "bids": bids, "section": "desk"}))


@require_safe
@login_required
def letter(request: HttpRequest, ocid: str, code: str) -> HttpResponse:
    """One letter as a page."""
    process = found_process(ocid)
    found = readable_letter(process, actor_of(request), code)
    shown = {
        "process": process,
        "letter": found,
        "sections": letters.sections(process, found),
        "title": letters.subject_line(process),
        "section": "desk",
    }
    return private(render(request, "awarding/letter.html", shown))


@require_safe
@login_required
def letter_pdf(request: HttpRequest, ocid: str, code: str) -> HttpResponse:
    """One letter as tagged PDF."""
    process = found_process(ocid)
    found = readable_letter(process, actor_of(request), code)
    response = HttpResponse(letters.letter_file(process, found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{ocid}-{code}.pdf"'
    return private(response)


def found_process(ocid: str) -> Process:
    return get_object_or_404(Process.objects.select_related("buyer"), ocid=ocid)


def own_bids(process: Process, actor: Actor) -> QuerySet[Bid]:
    """The bids of the organisation that the person acts for as a bidder."""
    if "tenderer" not in process.roles_of(actor):
        return process.bids.none()
    return process.bids.select_related("bidder").filter(bidder__identifier=actor.organisation).order_by("code")


def readable_letter(process: Process, actor: Actor, code: str) -> Letter:
    """The letter about one bid, for its bidder and those who answer for it; 404 for everybody else."""
    bid = get_object_or_404(process.bids.select_related("bidder"), code=code)
    may_read = own_bids(process, actor).filter(pk=bid.pk).exists() or process.roles_of(actor) & READERS
    found = letter_of(process, bid.bidder.identifier) if may_read else None
    if found is None or found.bid != bid:
        raise Http404(code)
    return found


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
