"""What rules, forms and later stages ask about a plan."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, F, Min, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from tenderwell.core import procedure
from tenderwell.core.command import Moment, provides
from tenderwell.core.errors import Reason
from tenderwell.public.playbook.steps import STEPS
from tenderwell.public.record import analyser
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


def assumption_choices(process: Process, actor: object) -> Choices:
    return [(each.code, each.description[:80]) for each in process.assumptions.order_by("pk")]


def comparable_choices(process: Process, actor: object) -> Choices:
    found = Comparable.objects.filter(line__process=process).select_related("line").order_by("line_id", "pk")
    return [(f"{each.line.code}/{each.code}", f"{each.line.description}: {each.description}") for each in found]


def procedure_choices(process: Process, actor: object) -> Choices:
    """Every procedure that buys something, the open one first."""
    offered = [each for each in procedure.all_procedures() if each.ocds_method]
    return [(each.key, _(each.title)) for each in sorted(offered, key=lambda law: law.ocds_method != "open")]


def procurement_method(key: str) -> str:
    """The OCDS method of a procedure; empty when there is no such procedure that buys something."""
    return next((each.ocds_method for each in procedure.all_procedures() if each.key == key), "")


def left_out_choices(process: Process, actor: object) -> Choices:
    titles = {step.id: step.title for step in STEPS}
    return [(step, f"{step} {_(titles[step])}") for step in sorted(left_out(process))]


def step_choices(process: Process, actor: object) -> Choices:
    return [(step.id, f"{step.id} {_(step.title)}") for step in STEPS if step.id not in rules.CANNOT_LEAVE_OUT]


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


def similar(process: Process) -> QuerySet[Record]:
    """Published processes of the same category that share words of the title, the nearest first."""
    words = {word for word in analyser.tokens(process.title) if len(word) > 3 or not word.isascii()}
    asked = " | ".join(f"({analyser.query(word)})" for word in sorted(words))
    if not asked:
        return Record.objects.none()
    found = Record.objects.filter(category=process.category).exclude(ocid=process.ocid)
    near = found.filter(RawSQL("search @@ %s::tsquery", (asked,), output_field=BooleanField()))
    rank = SearchRank(F("search"), RawSQL("%s::tsquery", (asked,)))
    return near.defer("search").annotate(rank=rank).order_by("-rank", "-published", "ocid")


def similar_lessons(process: Process, *, limit: int = 5) -> list[dict[str, Any]]:
    """Lessons that closed processes left in the record: similar titles first, then the same buyer. Two queries."""
    closed = Record.objects.filter(stage="implementation").exclude(ocid=process.ocid).defer("search")
    own = closed.filter(buyer_id=process.buyer.identifier, category=process.category).order_by("-updated")
    records = {each.ocid: each for each in (*similar(process).filter(stage="implementation")[:20], *own[:20])}
    lessons = [
        {"ocid": record.ocid, "title": record.title, **lesson}
        for record in records.values()
        for lesson in record.compiled.get("lessons", [])
    ]
    return lessons[:limit]


@dataclass(frozen=True)
class Paid:
    """What one award of the record came to. amount: as published, in the currency asked for."""

    ocid: str
    title: str
    buyer: str
    amount: Decimal
    day: str


def prices_paid(process: Process, *, limit: int = 5) -> list[Paid]:
    """Awards of similar processes, this city's and others', in the same currency, the nearest first. One query."""
    records = similar(process).filter(stage__in=("award", "contract", "implementation"))[: limit * 4]
    found = [
        Paid(record.ocid, award.get("title") or record.title, record.buyer_name, amount, award.get("date", "")[:10])
        for record in records
        for award in record.compiled.get("awards", [])
        if award.get("status") == "active" and (amount := amount_in(award, process.value_currency))
    ]
    return found[:limit]


def amount_in(award: dict[str, Any], currency: str) -> Decimal | None:
    value = award.get("value") or {}
    return Decimal(str(value["amount"])) if value.get("currency") == currency and value.get("amount") else None


def warnings(process: Process, *, now: datetime) -> list[Reason]:
    """What to look at again before the plan is published; nobody is stopped."""
    today = now.astimezone(ZoneInfo(process.jurisdiction.calendar.zone)).date()
    lines = list(process.cost_lines.all())
    held = getattr(process, "funds", None)
    draft = rules.Draft(
        needs=dict(process.user_needs.order_by("pk").values_list("code", "need")),
        served=frozenset(code for each in outcomes_of(process) for code in each.needs),
        untested=dict(process.assumptions.filter(result="").order_by("pk").values_list("code", "description")),
        estimate=process.value_amount or Decimal(0),
        buying=rules.whole_life_cost((each.amount, each.years) for each in lines if each.phase == "acquisition"),
        whole_life=rules.whole_life_cost((each.amount, each.years) for each in lines),
        funds=held.amount if held else None,
        oldest=min((each.estimated_on for each in lines), default=None),
        has_users_voice=process.team.filter(role="user_representative", until=None).exists(),
    )
    return rules.warnings(draft, today=today)


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


def funds_of(process: Process) -> Decimal:
    """What the budget holder has confirmed, without tax, in the currency of the process."""
    held = getattr(process, "funds", None)
    return held.amount if held else Decimal(0)


@provides(rules.FUNDS)
def funds(moment: Moment) -> Decimal:
    return funds_of(moment.subject)


@provides(rules.WHOLE_LIFE)
def whole_life(moment: Moment) -> Decimal:
    return whole_life_cost(moment.subject)


@provides(rules.ROUTE)
def route(moment: Moment) -> str:
    held = getattr(moment.subject, "route", None)
    return "" if held is None else "approved" if held.approved_at else "decided"


@provides(rules.OPTION)
def option(moment: Moment) -> str:
    held = getattr(moment.subject, "route", None)
    return held.option if held else "buy"


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
