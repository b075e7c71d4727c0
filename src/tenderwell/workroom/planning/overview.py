"""The plan as its team reads it on one page: needs, outcomes, costs with their chart, what others paid, the route."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenderwell.core import procedure
from tenderwell.ui import parts
from tenderwell.ui.formats import day, money
from tenderwell.ui.templatetags.ui import moment
from tenderwell.workroom.planning import queries, rules
from tenderwell.workroom.planning.models import Comparable, CostLine, RouteDecision
from tenderwell.workroom.process.models import Process, TeamMember

PHASES = {
    "acquisition": gettext_lazy("Buying"),
    "operation": gettext_lazy("Running"),
    "switching": gettext_lazy("Switching"),
    "end_of_life": gettext_lazy("End of life"),
}
METHODS = {
    "interviews": gettext_lazy("Interviews"),
    "survey": gettext_lazy("Survey"),
    "observation": gettext_lazy("Observation"),
    "workshop": gettext_lazy("Workshop"),
    "data": gettext_lazy("Data"),
    "statutory_duty": gettext_lazy("Statutory duty"),
}
OPTIONS = {
    "buy": gettext_lazy("Buy"),
    "make": gettext_lazy("Make it ourselves"),
    "reuse": gettext_lazy("Reuse what there is"),
    "join": gettext_lazy("Buy together with others"),
}


def page(process: Process) -> dict[str, Any]:
    """Everything the page shows of a plan, whether it is published or still a draft."""
    lines = list(process.cost_lines.order_by("pk"))
    route = getattr(process, "route", None)
    return {
        "needs": needs(process),
        "outcomes": outcomes(process),
        "assumptions": assumptions(process),
        "money": amounts(process, lines),
        "costs": costs(process, lines),
        "chart": chart(process, lines) if lines else None,
        "comparables": comparables(process),
        "paid": paid(process),
        "route": route_facts(process, route) if route else [],
        "left_out": [parts.Fact(step, reason) for step, reason in sorted(queries.left_out(process).items())],
        "lessons": queries.similar_lessons(process),
    }


def columns(*labels: str, numbers: Sequence[int] = ()) -> list[parts.Column]:
    return [parts.Column(label, is_number=at in numbers) for at, label in enumerate(labels)]


def needs(process: Process) -> parts.Table:
    """Each need with how it is known and the outcomes that serve it."""
    served = [(code, each.title) for each in queries.outcomes_of(process) for code in each.needs]
    rows = [
        (
            each.who,
            each.need,
            " · ".join(
                filter(None, (each.source, str(METHODS.get(each.method, each.method)), asked(each.participants)))
            ),
            "; ".join(title for code, title in served if code == each.code) or "–",
        )
        for each in process.user_needs.order_by("pk")
    ]
    empty = _("Nobody's need is written down yet.")
    heads = columns(_("Who"), _("What they need"), _("How we know"), _("Outcome that serves it"))
    return parts.Table(_("Needs"), heads, rows, empty=empty)


def asked(participants: int | None) -> str:
    return _("People: {count}").format(count=participants) if participants else ""


def outcomes(process: Process) -> parts.Table:
    roles = dict(TeamMember.ROLES)
    rows = [
        (
            each.title,
            each.measure,
            each.baseline,
            each.target,
            each.source,
            roles.get(each.owner, each.owner.replace("_", " ")),
            day(each.due_on, style="medium") if each.due_on else "–",
        )
        for each in queries.outcomes_of(process)
    ]
    heads = columns(
        _("What shall be better"), _("Measure"), _("Today"), _("Target"), _("Source"), _("Answers for it"), _("By")
    )
    return parts.Table(_("Outcomes"), heads, rows, empty=_("There is no outcome yet."))


def assumptions(process: Process) -> parts.Table:
    rows = [
        (each.description, each.test or "–", each.result or _("Not tested yet"))
        for each in process.assumptions.order_by("pk")
    ]
    heads = columns(_("Taken for true"), _("Test"), _("What came out"))
    return parts.Table(_("Assumptions"), heads, rows, empty=_("No assumption is written down."))


def amounts(process: Process, lines: Sequence[CostLine]) -> list[parts.Fact]:
    """Estimate, cost over the whole life and the funds behind them."""
    currency = process.value_currency
    facts = [
        parts.Fact(_("Estimate, without tax"), money(process.value_amount or 0, currency=currency)),
        parts.Fact(_("Cost over the whole life"), money(together(lines), currency=currency)),
    ]
    held = getattr(process, "funds", None)
    if held is None:
        return [*facts, parts.Fact(_("Funds"), _("Not confirmed yet"))]
    note = f"{held.budget_line}, {held.source}"
    when = format_html("{} · {}", money(held.amount, currency=currency), moment(held.confirmed_at))
    return [*facts, parts.Fact(_("Funds confirmed"), when, note)]


def together(lines: Sequence[CostLine]) -> Decimal:
    return rules.whole_life_cost((each.amount, each.years) for each in lines)


def costs(process: Process, lines: Sequence[CostLine]) -> parts.Table:
    currency = process.value_currency
    rows = [
        (
            each.description,
            PHASES.get(each.phase, each.phase),
            money(each.amount, currency=currency),
            each.years,
            money(each.amount * each.years, currency=currency),
            each.source,
            day(each.estimated_on, style="medium"),
        )
        for each in lines
    ]
    heads = columns(
        _("Cost"), _("When in its life"), _("A year"), _("Years"), _("Together"), _("Source"), _("Estimated"),
        numbers=(2, 3, 4),
    )  # fmt: skip
    total = (_("Over the whole life"), "", "", "", money(together(lines), currency=currency), "", "")
    return parts.Table(_("Costs, line by line"), heads, rows, total=total, empty=_("No cost is written down yet."))


def chart(process: Process, lines: Sequence[CostLine]) -> parts.Chart:
    """One bar for each line, over its whole life; floats only for drawing."""
    labels = [f"{each.description} ({PHASES.get(each.phase, each.phase)})" for each in lines]
    sums = [float(each.amount * each.years) for each in lines]
    most = labels[sums.index(max(sums))]
    return parts.Chart(
        kind="bars",
        title=_("Where the money goes over the whole life"),
        description=_("Cost lines: {count}. The largest is {largest}.").format(count=len(lines), largest=most),
        unit=_("{currency} without tax, all years together").format(currency=process.value_currency),
        labels=labels,
        series=[parts.Series(_("Over the whole life"), sums)],
        axis=_("Cost"),
    )


def comparables(process: Process) -> parts.Table:
    found = Comparable.objects.filter(line__process=process).select_related("line").order_by("line_id", "pk")
    rows = [
        (each.description, each.line.description, money(each.amount, currency=process.value_currency), source_of(each))
        for each in found
    ]
    heads = columns(
        _("What was bought"), _("Compared with our cost"), _("Paid"), _("Where it can be read"), numbers=(2,)
    )
    return parts.Table(_("What others paid"), heads, rows, empty=_("No price that others paid is written down yet."))


def source_of(found: Comparable) -> object:
    if not found.ocid:
        return found.source
    url = reverse("portal:process", args=(found.ocid,))
    return format_html('{} <a class="govuk-link" href="{}"><bdi>{}</bdi></a>', found.source, url, found.ocid)


def paid(process: Process) -> list[parts.Link]:
    """Prices of the public record; each link opens the form for a comparable, filled."""
    form = reverse("desk:command", args=(process.ocid, "planning", "add_comparable"))
    here = reverse("planning:overview", args=(process.ocid,))
    return [
        parts.Link(
            format_html("{}: {}", each.title, money(each.amount, currency=process.value_currency)),
            f"{form}?{urlencode({**given(each), 'next': here})}",
            " · ".join(filter(None, (each.buyer, each.day, each.ocid))),
        )
        for each in queries.prices_paid(process)
    ]


def given(found: queries.Paid) -> dict[str, str]:
    source = _("Award of {day} by {buyer}").format(day=found.day, buyer=found.buyer)
    return {
        "description": found.title[:250],
        "amount": f"{found.amount:.2f}",
        "ocid": found.ocid[:120],
        "source": source[:500],
    }


def route_facts(process: Process, route: RouteDecision) -> list[parts.Fact]:
    """The three questions, the answer, the procedure and who has agreed, by role."""
    law = procedure.get(process.procedure_key)
    approved = moment(route.approved_at) if route.approved_at else _("Not yet")
    return [
        parts.Fact(_("Could we make it ourselves?"), route.make),
        parts.Fact(_("Does something we have do it?"), route.reuse),
        parts.Fact(_("Could we buy it together with others?"), route.join),
        parts.Fact(_("So we"), OPTIONS.get(route.option, route.option)),
        parts.Fact(_("Procedure"), _(law.title), route.legal_ground),
        parts.Fact(_("Reason"), route.reason),
        parts.Fact(_("Decided"), moment(route.decided_at)),
        *([] if law.ocds_method == "open" else [parts.Fact(_("Approved by a second person"), approved)]),
    ]
