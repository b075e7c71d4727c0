"""The evaluators' workspace: bids to read once interests are declared, forms filled with what is to be judged."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tenderwell.core import files
from tenderwell.core.command import NOBODY, Actor, Command, Moment
from tenderwell.core.errors import Reason
from tenderwell.core.forms import told
from tenderwell.core.web import actor_of, command_page, prefills
from tenderwell.ui import parts
from tenderwell.workroom.bidding.queries import opening_of, valid_bids
from tenderwell.workroom.evaluation import commands, pages, queries
from tenderwell.workroom.evaluation.choices import bid_name
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.process.models import Process

Rows = Callable[[Process, Actor, str], list[dict[str, str]]]
SEALED = "sandbox; default-src 'none'"  # nothing in a bidder's file may run, load or send


def readable(request: HttpRequest, ocid: str) -> tuple[Process, tuple[Reason, ...]]:
    """The process with opened bids, and why this person may not read them; 404 for those outside it."""
    process = get_object_or_404(Process.objects.select_related("buyer"), ocid=ocid)
    actor = actor_of(request)
    inside = process.roles_of(actor) - {"person", "tenderer", "supplier"}
    if actor == NOBODY or not inside or opening_of(process) is None:
        raise Http404(ocid)
    return process, queries.reading_reasons(process, actor, now=timezone.now())


def refused(request: HttpRequest, process: Process, reasons: Iterable[Reason]) -> HttpResponse:
    """Why the bids may not be read, and where to declare interests."""
    shown = [parts.Reason(told(reason), reason.source) for reason in reasons]
    may_declare = any(reason.code == "declare_first" for reason in reasons)
    context = {"process": process, "why_not": shown, "may_declare": may_declare, "section": "desk"}
    return render(request, "evaluation/refused.html", context, status=403)


@require_safe
def bids(request: HttpRequest, ocid: str) -> HttpResponse:
    """The opened bids side by side: prices of each item, answers, files."""
    process, reasons = readable(request, ocid)
    if reasons:
        return refused(request, process, reasons)
    found = list(valid_bids(process).prefetch_related("lots__items", "files"))
    shown = {
        "process": process,
        "prices": pages.price_tables(process),
        "answers": pages.answer_table(found),
        "firms": pages.firm_table(process, found),
        "files": pages.file_lists(process, found),
        "criteria": [pages.criteria_table(process, lot=lot) for lot in schemes_of(process)],
        "left_out": [bid_name(code) for code in sorted(queries.excluded(process))],
        "section": "desk",
    }
    return render(request, "evaluation/bids.html", shown)


@require_safe
def bid_file(request: HttpRequest, ocid: str, code: str, position: int) -> HttpResponseBase:
    """A file of an opened bid, always as a download that no browser runs."""
    process, reasons = readable(request, ocid)
    if reasons:
        return refused(request, process, reasons)
    bid = get_object_or_404(valid_bids(process), code=code)
    found = get_object_or_404(bid.files, position=position)
    stored = files.open_stored(found.sha256)
    response = FileResponse(stored, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED
    return response


@require_safe
def comparison(request: HttpRequest, ocid: str) -> HttpResponse:
    """Prices and scores side by side: others' scores only once everybody has committed."""
    process, reasons = readable(request, ocid)
    if reasons:
        return refused(request, process, reasons)
    shown = {
        "process": process,
        "tables": pages.comparison_tables(process, actor_of(request)),
        "awaited": sum(queries.awaited_sheets(process).values()),
        "section": "desk",
    }
    return render(request, "evaluation/comparison.html", shown)


@require_safe
def comparison_csv(request: HttpRequest, ocid: str) -> HttpResponse:
    process, reasons = readable(request, ocid)
    if reasons:
        return refused(request, process, reasons)
    response = HttpResponse(pages.comparison_csv(process, actor_of(request)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{ocid}-comparison.csv"'
    return response


def shortlist(request: HttpRequest, ocid: str) -> HttpResponse:
    return judging_page(request, ocid, commands.shortlist_bids, lot="", start={})


def scores(request: HttpRequest, ocid: str) -> HttpResponse:
    return lot_page(request, ocid, commands.submit_scores, own_rows)


def agreement(request: HttpRequest, ocid: str) -> HttpResponse:
    return lot_page(request, ocid, commands.agree_scores, agreed_rows)


def judging_page(request: HttpRequest, ocid: str, cmd: Command, *, lot: str, start: Mapping[str, Any]) -> HttpResponse:
    """The form of a command with one row for all that is to be judged in a lot."""
    process = get_object_or_404(Process, ocid=ocid)
    actor = actor_of(request)
    may_read = actor != NOBODY and not queries.reading_reasons(process, actor, now=timezone.now())
    is_judged = may_read and lot in schemes_of(process) and cmd is not commands.shortlist_bids
    context = {
        "lots": [each for each in queries.lots_to_score(process) if each],
        "lot": lot,
        "has_sheet": queries.own_sheet(process, lot=lot, person=actor.id) is not None,
        "criteria": pages.criteria_table(process, lot=lot) if is_judged else None,
        "firms": pages.firm_table(process, list(valid_bids(process))) if may_read else None,
        "given": pages.given_table(process, actor, lot=lot) if is_judged and cmd is commands.agree_scores else None,
    }
    return command_page(request, cmd, ocid, template="evaluation/judge.html", context=context, start=start)


def lot_page(request: HttpRequest, ocid: str, cmd: Command, rows: Rows) -> HttpResponse:
    """As `judging_page`, for the lot that the address names, else the first; nothing is shown to others."""
    process, actor = get_object_or_404(Process, ocid=ocid), actor_of(request)
    lots = queries.lots_to_score(process)
    lot = request.POST.get("lot") or request.GET.get("lot") or next(iter(lots), "")
    may = actor != NOBODY and not queries.reading_reasons(process, actor, now=timezone.now())
    start = {"lot": lot, "scores": rows(process, actor, lot)} if may and lot in lots else {}
    return judging_page(request, ocid, cmd, lot=lot, start=start)


@prefills("evaluation.shortlist_bids")
def shortlist_rows(moment: Moment) -> Mapping[str, Any]:
    """Every bid with every minimum requirement, with what an earlier shortlist said."""
    found = queries.current_shortlist(moment.subject)
    said = {(row["bid"], row["requirement"]): row for row in found.rows} if found else {}
    rows = [
        {**said.get((bid, each), {}), "bid": bid, "requirement": each}
        for bid, each in sorted(queries.checks_wanted(moment.subject))
    ]
    return {"rows": rows, "few_reason": found.few_reason if found else ""}


def own_rows(process: Process, actor: Actor, lot: str) -> list[dict[str, str]]:
    """Every bid on every criterion of the lot, with one's own earlier scores."""
    sheet = queries.own_sheet(process, lot=lot, person=actor.id)
    return queries.rows_to_fill(process, lot, sheet.scores if sheet else ())


def agreed_rows(process: Process, actor: Actor, lot: str) -> list[dict[str, str]]:
    """What was agreed before; else the points that all evaluators gave alike, once everybody may see them."""
    found = queries.current_consensus(process, lot=lot)
    sheets = queries.shown_sheets(process, lot=lot, person="") if found is None else []
    return queries.rows_to_fill(process, lot, found.scores if found else queries.unanimous(sheets))


def starting(moment: Moment, rows: Rows) -> Mapping[str, Any]:
    """For the general page of the command: the first lot."""
    lot = next(iter(queries.lots_to_score(moment.subject)), "")
    return {"lot": lot, "scores": rows(moment.subject, moment.actor, lot)}


@prefills("evaluation.submit_scores")
def score_rows(moment: Moment) -> Mapping[str, Any]:
    return starting(moment, own_rows)


@prefills("evaluation.agree_scores")
def agreement_rows(moment: Moment) -> Mapping[str, Any]:
    return starting(moment, agreed_rows)
