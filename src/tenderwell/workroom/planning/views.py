"""Pages of the buyer: the whole plan on one page, and forms that know what was written before."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from tenderwell.core import procedure
from tenderwell.core.command import Moment, facts_of
from tenderwell.core.errors import Reason
from tenderwell.core.forms import told
from tenderwell.core.web import actor_of, prefills
from tenderwell.ui import parts
from tenderwell.workroom.planning import commands, overview, queries
from tenderwell.workroom.process.models import Process, TeamMember

READERS = frozenset(role for role, _ in TeamMember.ROLES) | {"auditor"}


def read_plan(request: HttpRequest, ocid: str) -> HttpResponse:
    """The plan as it stands, what speaks against publishing it, and what others learned and paid."""
    process = get_object_or_404(Process.objects.select_related("buyer", "route", "funds"), ocid=ocid)
    actor, now = actor_of(request), timezone.now()
    if not process.roles_of(actor) & READERS:
        raise Http404(ocid)
    facts, law = facts_of(process, actor, now), procedure.get(process.procedure_key)
    is_draft = facts.state == "planning"
    why_not = law.refusals(commands.publish_plan.name, facts) if is_draft else ()
    own = [step.command for step in law.steps if step.command.startswith("planning.")]
    with timezone.override(process.jurisdiction.calendar.zone):
        shown = {
            **overview.page(process),
            "process": process,
            "is_draft": is_draft,
            "why_not": [shown_reason(reason) for reason in why_not],
            "warnings": [shown_reason(reason) for reason in queries.warnings(process, now=now)] if is_draft else [],
            "may": {name.partition(".")[2]: True for name in own if not law.refusals(name, facts)},
            "section": "desk",
        }
        return render(request, "planning/overview.html", shown)


def shown_reason(reason: Reason) -> parts.Reason:
    return parts.Reason(told(reason), reason.source)


@prefills("planning.set_basics")
def written_basics(moment: Moment) -> Mapping[str, Any]:
    process = moment.subject
    return {
        "title": process.title,
        "description": process.description,
        "category": process.category,
        "estimate": process.value_amount,
    }


@prefills("planning.confirm_funds")
def written_funds(moment: Moment) -> Mapping[str, Any]:
    held = getattr(moment.subject, "funds", None)
    if held is None:
        return {"amount": moment.subject.value_amount}
    return {name: getattr(held, name) for name in commands.ConfirmFunds.model_fields}


@prefills("planning.decide_route")
def written_route(moment: Moment) -> Mapping[str, Any]:
    """The decision as it stands; before the first one, the open procedure."""
    route = getattr(moment.subject, "route", None)
    if route is None:
        return {"procedure": moment.subject.procedure_key}
    names = commands.DecideRoute.model_fields.keys() - {"procedure"}
    return {"procedure": moment.subject.procedure_key, **{name: getattr(route, name) for name in names}}
