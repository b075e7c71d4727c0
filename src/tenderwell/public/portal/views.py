"""The public pages: each reads the record and composes; nothing is written, nobody signs in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tenderwell.core import files
from tenderwell.ledger import store
from tenderwell.public.playbook.standing import standing_of
from tenderwell.public.portal import (
    archive,
    brief,
    bundle,
    chances,
    delivery,
    evidence,
    notice,
    opening,
    outages,
    planning,
    results,
)
from tenderwell.public.portal.history import happenings
from tenderwell.public.portal.money import money_page
from tenderwell.public.portal.reading import Node, documents, instant, is_available, node, nodes, words
from tenderwell.public.portal.searching import results as found_by
from tenderwell.public.record import reading
from tenderwell.public.record.models import Record
from tenderwell.ui import parts

LATEST = 4
Response = TypeVar("Response", bound=HttpResponseBase)


def record_or_404(ocid: str) -> Record:
    record = reading.record_of(ocid)
    if record is None:
        raise Http404(ocid)
    return record


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Every process, by words and filters; the same address works without JavaScript."""
    now = timezone.now()
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    found = found_by(request.GET, now)
    shown = {
        "results": found,
        "sorts": sorts(),
        "is_part": is_part,
        "has_problems": bool(found.errors),
        "section": "search",
    }
    template = "portal/results.html" if is_part else "portal/search.html"
    # htmx shows no answer with an error's status: a part of the page comes as 200
    response = render(request, template, shown, status=422 if found.errors and not is_part else 200)
    response["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def sorts() -> list[tuple[str, str]]:
    return [
        ("newest", _("Newest first")),
        ("closing", _("Closing soonest")),
        ("value", _("Largest value")),
        ("relevance", _("Best match")),
    ]


@require_safe
def process_page(request: HttpRequest, ocid: str) -> HttpResponse:
    """One process from need to final account."""
    record, now = record_or_404(ocid), timezone.now()
    changes = reading.timeline(ocid)
    compiled = record.compiled
    shown: dict[str, Any] = {
        "record": record,
        "compiled": compiled,
        "now": now,
        "tag": notice.status_tag(compiled, now),
        "closes": instant(compiled, "tender", "tenderPeriod", "endDate"),
        "is_open": chances.is_open(compiled),
        "buyer": notice.buyer_name(compiled),
        "day_seconds": None if record.source else notice.day_seconds(compiled),
        "source": reading.sources().get(record.source) if record.source else None,
        "history": happenings(changes)[:LATEST],
        "proof": proof_of(changes),
        "playbook": (playbook := standing_of(compiled)),
        "steps_settled": sum(each.settled for each in playbook),
        "steps": sum(len(each.steps) for each in playbook),
        "packed": archive.packed(list(documents(compiled)), now=now),
        "may_ask": not record.source and chances.may_ask(compiled, now),
        "may_complain": not record.source and chances.may_complain(compiled, now),
        "section": "search",
        **notice_parts(compiled, now),
        **plan_parts(compiled),
        **result_parts(compiled),
        **money_parts(compiled, note="" if record.source else _("without tax")),
    }
    shown["has_plan"] = any((shown["needs"], shown["outcomes"].rows, shown["costs"].rows, shown["route"]))
    shown["sections"] = sections(shown)
    return render(request, "portal/process.html", shown)


def sections(shown: Mapping[str, Any]) -> list[parts.Link]:
    """The sections that this process has, in the order of the page."""
    there = (
        ("facts", _("Key facts"), True),
        ("plan", _("Why and for whom"), shown["has_plan"]),
        ("engagement", _("Early notice"), shown["engagement"]),
        ("brief", _("What is needed"), shown["brief"] or shown["requirements"].rows),
        ("lots", _("Lots"), shown["lots"]),
        ("items", _("Items"), shown["items"].rows),
        ("documents", _("Documents"), shown["documents"]),
        ("dates", _("Dates"), shown["dates"]),
        ("questions", _("Questions and answers"), shown["enquiries"]),
        ("changes", _("Changes"), shown["amendments"]),
        ("bids", pgettext("stage", "Bids"), shown["bids"].rows),
        ("scores", _("How the bids were judged"), shown["scores"].rows),
        ("awards", _("Award"), shown["awards"]),
        ("complaints", _("Complaints"), shown["complaints"]),
        ("contracts", _("Contracts"), shown["contracts"]),
        ("guideline", _("The 19 steps"), True),
        ("history", _("History"), True),
    )
    return [parts.Link(text, f"#{name}") for name, text, is_there in there if is_there]


def notice_parts(compiled: Node, now: datetime) -> dict[str, object]:
    return {
        "stages": notice.stages(compiled, now),
        "lots": notice.lots(compiled),
        "items": notice.items(compiled),
        "documents": notice.document_rows(compiled),
        "dates": notice.date_rows(compiled),
        "amendments": notice.amendments(compiled),
        "outages": outages.outages(compiled),
        "enquiries": [each for each in nodes(compiled, "tender", "enquiries") if words(each, "answer")],
        "brief": brief.answers(compiled),
        "requirements": brief.requirements(compiled),
    }


def plan_parts(compiled: Node) -> dict[str, object]:
    return {
        "needs": planning.needs(compiled),
        "outcomes": planning.outcomes(compiled),
        "costs": planning.costs(compiled),
        "route": planning.route(compiled),
        "team": planning.team(compiled),
        "comments": planning.comments(compiled),
        "engagement": node(compiled, "planning", "engagement"),
        "comments_end": instant(compiled, "planning", "engagement", "period", "endDate"),
    }


def result_parts(compiled: Node) -> dict[str, object]:
    return {
        "bids": results.bids(compiled),
        "bid_chart": results.bid_chart(compiled),
        "opening": results.opening(compiled),
        "scores": results.scores(compiled),
        "score_chart": results.score_chart(compiled),
        "reasons": results.score_reasons(compiled),
        "awards": results.awards(compiled),
        "complaints": results.complaints(compiled),
    }


def money_parts(compiled: Node, *, note: str) -> dict[str, object]:
    """note: stands beside each amount that our own rules make sure of."""
    return {"facts": notice.key_facts(compiled, note=note), "contracts": delivery.contracts(compiled, note=note)}


def proof_of(changes: list[reading.Change]) -> parts.Proof | None:
    """The proof of the latest release; none for a process that another publisher's file brought without one."""
    if not changes:
        return None
    last = changes[-1]
    return parts.Proof(
        index=last.index,
        sha256=last.release.sha256,
        origin=settings.TENDERWELL_LOG_ORIGIN,
        proof_url=reverse("portal:proof", args=(last.release.ocid, last.index)),
        explain_url=reverse("portal:check"),
        when=last.release.date,
    )


@require_safe
def history_page(request: HttpRequest, ocid: str) -> HttpResponse:
    """Everything that was published of a process, with the proof of each."""
    record = record_or_404(ocid)
    shown = {"record": record, "history": happenings(reading.timeline(ocid)), "section": "search"}
    return render(request, "portal/history.html", shown)


@require_safe
def guideline_page(request: HttpRequest, ocid: str) -> HttpResponse:
    """How a process of any publisher stands on the 19 steps, with the place of each piece of evidence."""
    record = record_or_404(ocid)
    stages = standing_of(record.compiled)
    shown = {
        "record": record,
        "stages": [(stage, evidence.table(stage)) for stage in stages],
        "settled_count": sum(stage.settled for stage in stages),
        "total": sum(len(stage.steps) for stage in stages),
        "section": "search",
    }
    return render(request, "portal/guideline.html", shown)


@require_safe
def opening_page(request: HttpRequest, ocid: str) -> HttpResponse:
    """Who opened the bids when, what was found, and how anybody can tell that none is missing."""
    record = record_or_404(ocid)
    shown = opening.opening_of(record.compiled)
    if shown is None:
        raise Http404(ocid)
    changes = [change for change in reading.timeline(ocid) if change.release.act_name in opening.OPENED]
    context = {"record": record, "opening": shown, "proof": proof_of(changes), "section": "search"}
    return render(request, "portal/opening.html", context)


@require_safe
def proof(request: HttpRequest, ocid: str, index: int) -> HttpResponse:
    """The .tlog-proof of one public entry about the process, for any transparency-log tool."""
    if index not in {change.index for change in reading.timeline(ocid)} and index not in about(ocid):
        raise Http404(index)
    response = HttpResponse(store.proof(index), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="entry-{index}.tlog-proof"'
    return response


def about(ocid: str) -> set[int]:
    """The entries about a process that are public, beside its releases."""
    return set(bundle.entries_about(bundle.evidence_of(ocid)))


@require_safe
def bundle_file(request: HttpRequest, ocid: str) -> StreamingHttpResponse:
    """One process to keep: a ZIP that verifies offline."""
    found = bundle.evidence_of(record_or_404(ocid).ocid)
    response = StreamingHttpResponse(bundle.zipped(bundle.parts(found)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slugify(ocid)}.zip"'
    return response


@require_safe
def document(request: HttpRequest, ocid: str, sha256: str, name: str) -> FileResponse:
    """A published document, as a download that no browser runs."""
    published = {
        words(each, "sha256"): each for change in reading.timeline(ocid) for each in documents(change.release.content)
    }
    found = published.get(sha256)
    if found is None or not words(found, "url") or not is_available(found, timezone.now()):
        raise Http404(sha256)
    if not files.is_stored(sha256):
        raise Http404(sha256)
    response = FileResponse(files.open_stored(sha256), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    return as_download(response)


@require_safe
def all_documents(request: HttpRequest, ocid: str) -> StreamingHttpResponse:
    """Every document of the process as it stands now, in one ZIP with the list of their SHA-256."""
    found = archive.packed(list(documents(record_or_404(ocid).compiled)), now=timezone.now())
    if not found:
        raise Http404(ocid)
    response = StreamingHttpResponse(archive.stream(found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{archive.safe_name(ocid)}.zip"'
    return as_download(response)


def as_download(response: Response) -> Response:
    """Files come from many hands: no browser may run one in this site's name."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    shown = {"money": money_page(), "address": settings.TENDERWELL_ADDRESS, "section": "money"}
    return render(request, "portal/money.html", shown)
