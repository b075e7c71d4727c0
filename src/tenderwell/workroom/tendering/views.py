"""Pages of the buyer: the notice before it is published, and forms that know what was written before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tenderwell.core.command import Moment, refusals
from tenderwell.core.forms import told
from tenderwell.core.web import actor_of, command_page, prefills
from tenderwell.public.portal.sentences import heading
from tenderwell.ui import parts
from tenderwell.workroom.process.models import Process, TeamMember
from tenderwell.workroom.tendering import preview, queries
from tenderwell.workroom.tendering.commands import drafting, publishing, questions

READERS = frozenset(role for role, _ in TeamMember.ROLES) | {"auditor"}
TO_PUBLICATION = 30  # shortened days of a law for practice: a quarter of an hour


def read_notice(request: HttpRequest, ocid: str) -> HttpResponse:
    """The notice as the public would see it if it were published now, with what speaks against it."""
    process = get_object_or_404(Process.objects.select_related("buyer"), ocid=ocid)
    actor, now = actor_of(request), timezone.now()
    if not process.roles_of(actor) & READERS:
        raise Http404(ocid)
    reasons = refusals(publishing.publish_tender, actor, process, now=now)
    shown = {
        **preview.page(process, now=now),
        "why_not": [parts.Reason(told(reason), reason.source) for reason in reasons],
        "warnings": [parts.Reason(told(reason), reason.source) for reason in queries.warnings(process, now=now)],
        "process": process,
        "section": "desk",
    }
    return render(request, "tendering/preview.html", shown)


def set_dates(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of the dates, with the earliest that the law allows."""
    process = get_object_or_404(Process, ocid=ocid)
    earliest, source = queries.earliest_close(process, now=timezone.now())
    context = {"earliest": earliest, "source": source, "law": process.jurisdiction}
    return command_page(request, drafting.set_dates, ocid, template="tendering/set_dates.html", context=context)


def answer_question(request: HttpRequest, ocid: str) -> HttpResponse:
    """The form of an answer, with every question that waits in full."""
    process = get_object_or_404(Process, ocid=ocid)
    waiting = process.enquiries.filter(answered_at=None).order_by("asked_at")
    shown = [(heading(each.code), each) for each in waiting] if may_answer(request, process) else []
    context = {"waiting": shown}
    return command_page(
        request, questions.answer_question, ocid, template="tendering/answer_question.html", context=context
    )


def may_answer(request: HttpRequest, process: Process) -> bool:
    reasons = refusals(questions.answer_question, actor_of(request), process, now=timezone.now())
    return not any(reason.code == "wrong_role" for reason in reasons)


@prefills("tendering.set_requirements")
def written_brief(moment: Moment) -> Mapping[str, Any]:
    brief = queries.brief_of(moment.subject)
    if brief is None:
        return {}
    return {name: getattr(brief, name) for name in drafting.SetRequirements.model_fields}


@prefills("tendering.set_dates")
def chosen_dates(moment: Moment) -> Mapping[str, Any]:
    """The dates as they were set; else the earliest that the law allows."""
    dates = getattr(moment.subject, "dates", None)
    if dates is None:
        return {"closes_at": usual_close(moment)}
    return {name: getattr(dates, name) for name in drafting.SetDates.model_fields}


def usual_close(moment: Moment) -> datetime:
    """The earliest close that the law allows; in practice, where minutes count, with time left until publication."""
    earliest, _source = queries.earliest_close(moment.subject, now=moment.now)
    calendar = moment.subject.jurisdiction.calendar
    return earliest + calendar.length(TO_PUBLICATION) if calendar.is_shortened else earliest


@prefills("tendering.set_criteria")
def written_criteria(moment: Moment) -> Mapping[str, Any]:
    return preview.criteria_form(moment.subject)
