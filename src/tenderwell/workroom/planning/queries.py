"""What rules, forms and later stages ask about a plan."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet

from tenderwell.core import procedure
from tenderwell.core.command import Moment, provides
from tenderwell.public.playbook.steps import STEPS
from tenderwell.public.record.models import Record
from tenderwell.workroom.planning import rules
from tenderwell.workroom.planning.models import Comparable, Outcome
from tenderwell.workroom.process.models import Process

Choices = list[tuple[str, str]]


def outcomes_of(process: Process) -> QuerySet[Outcome]:
    return process.outcomes.order_by("pk")


def need_choices(process: Process, actor: object) -> Choices:
    return [(need.code, f"{need.who}: {need.need[:80]}") for need in process.user_needs.order_by("pk")]


def outcome_choices(process: Process, actor: object) -> Choices:
    return [(each.code, each.title) for each in outcomes_of(process)]


def line_choices(process: Process, actor: object) -> Choices:
    return [(line.code, line.description) for line in process.cost_lines.order_by("pk")]


def step_choices(process: Process, actor: object) -> Choices:
    return [(step.id, f"{step.id} {step.title}") for step in STEPS if step.id not in rules.CANNOT_LEAVE_OUT]


def next_code(stem: str, rows: QuerySet[Any]) -> str:
    """A public id that none of the rows has, also after some were removed."""
    taken = {int(code.rpartition("-")[2]) for code in rows.values_list("code", flat=True)}
    return f"{stem}-{max(taken, default=0) + 1}"


def whole_life_cost(process: Process) -> Decimal:
    return rules.whole_life_cost(process.cost_lines.values_list("amount", "years"))


def route_is_approved(process: Process) -> bool:
    route = getattr(process, "route", None)
    return bool(route and route.approved_at)


def left_out(process: Process) -> dict[str, str]:
    """Guideline steps marked not applicable, with their reasons."""
    return dict(process.not_applicable.values_list("step", "reason"))


def similar_lessons(process: Process, *, limit: int = 5) -> list[dict[str, Any]]:
    """Lessons that closed processes of the same category left in the record, newest first. One query."""
    found = Record.objects.filter(category=process.category, stage="implementation").exclude(ocid=process.ocid)
    lessons = [
        {"ocid": record.ocid, "title": record.title, **lesson}
        for record in found.order_by("-updated")[: limit * 4]
        for lesson in record.compiled.get("lessons", [])
    ]
    return lessons[:limit]


@provides(rules.NEEDS)
def needs(moment: Moment) -> int:
    return int(moment.subject.user_needs.count())


@provides(rules.OUTCOMES)
def outcomes(moment: Moment) -> int:
    return int(moment.subject.outcomes.count())


@provides(rules.COST_LINES)
def cost_lines(moment: Moment) -> int:
    return int(moment.subject.cost_lines.count())


@provides(rules.COMPARABLES)
def comparables(moment: Moment) -> int:
    return Comparable.objects.filter(line__process=moment.subject).count()


@provides(rules.OLDEST_ESTIMATE)
def oldest_estimate(moment: Moment) -> date | None:
    oldest: date | None = moment.subject.cost_lines.aggregate(oldest=Min("estimated_on"))["oldest"]
    return oldest


@provides(rules.FUNDS)
def funds(moment: Moment) -> Decimal:
    held = getattr(moment.subject, "funds", None)
    return held.amount if held else Decimal(0)


@provides(rules.WHOLE_LIFE)
def whole_life(moment: Moment) -> Decimal:
    return whole_life_cost(moment.subject)


@provides(rules.ROUTE)
def route(moment: Moment) -> str:
    held = getattr(moment.subject, "route", None)
    return "" if held is None else "approved" if held.approved_at else "decided"


@provides(rules.DECIDED_ROUTE)
def decided_route(moment: Moment) -> bool:
    held = getattr(moment.subject, "route", None)
    return held is not None and held.decided_by == moment.actor.id


@provides(rules.IS_OPEN)
def is_open(moment: Moment) -> bool:
    return procedure.get(moment.subject.procedure_key).ocds_method == "open"


@provides(rules.LEFT_OUT)
def steps_left_out(moment: Moment) -> frozenset[str]:
    return frozenset(left_out(moment.subject))
