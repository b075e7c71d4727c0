"""Write the plan part by part, confirm the funds, decide and approve the route, publish."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, StringConstraints

from tenderwell.core import procedure
from tenderwell.core.command import Act, command, facts_of
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.workroom.planning import notices, queries, rules
from tenderwell.workroom.planning.events import FundsConfirmed, NothingBought, PlanChanged, PlanPublished
from tenderwell.workroom.planning.models import (
    Assumption,
    Comparable,
    CostLine,
    FundsConfirmation,
    NotApplicable,
    Outcome,
    RouteDecision,
    UserNeed,
)
from tenderwell.workroom.process.models import Process

NeedCodes = Annotated[list[str], ChoicesFrom(queries.need_choices)]
LineCode = Annotated[str, ChoicesFrom(queries.line_choices)]
AssumptionCode = Annotated[str, ChoicesFrom(queries.assumption_choices)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class SetBasics(BaseModel):
    title: str = Field(title="What is it about?", description="One plain sentence", min_length=5, max_length=250)
    description: Text = Field("", title="Describe it for everybody", max_length=2000)
    category: Literal["goods", "works", "services"] = Field(title="Mainly goods, works or services?")
    estimate: Decimal = Field(title="Estimated value", description="Without tax", gt=0, max_digits=16, decimal_places=2)


class AddUserNeed(BaseModel):
    who: str = Field(title="Who needs something?", description="A group, never a name", min_length=3, max_length=250)
    need: Text = Field(title="What do they need, and why?", min_length=5, max_length=2000)
    source: str = Field(title="How do we know?", description="Study, survey, meeting", min_length=3, max_length=250)
    method: Literal["interviews", "survey", "observation", "workshop", "data", "statutory_duty"] = Field(title="Method")
    participants: int | None = Field(None, title="How many people took part", ge=1, le=10_000_000)
    consent: bool = Field(title="Everybody who was asked agreed to it, or nobody was asked")


class RemoveUserNeed(BaseModel):
    need: Annotated[str, ChoicesFrom(queries.need_choices)] = Field(title="Need", max_length=30)


class AddAssumption(BaseModel):
    description: Text = Field(title="What is taken for true?", min_length=5, max_length=2000)
    test: Text = Field("", title="How can it be tested?", max_length=2000)
    result: Text = Field("", title="What came out?", description="Empty while it is untested", max_length=2000)


class TestAssumption(BaseModel):
    assumption: AssumptionCode = Field(title="Assumption", max_length=30)
    test: Text = Field(title="How was it tested?", min_length=3, max_length=2000)
    result: Text = Field(title="What came out?", min_length=3, max_length=2000)


class RemoveAssumption(BaseModel):
    assumption: AssumptionCode = Field(title="Assumption", max_length=30)


class AddOutcome(BaseModel):
    title: str = Field(title="What shall be better?", min_length=5, max_length=250)
    measure: str = Field(title="How is it measured?", min_length=3, max_length=250)
    baseline: str = Field(title="Today", description="With its unit", min_length=1, max_length=100)
    target: str = Field(title="Target", min_length=1, max_length=100)
    source: str = Field(title="Where will the number come from?", min_length=3, max_length=250)
    owner: str = Field(title="Which role answers for it?", min_length=3, max_length=60)
    due_on: date | None = Field(None, title="By when")
    needs: NeedCodes = Field([], title="Which needs it serves", max_length=100)
    sdgs: list[Tag] = Field(
        [], title="Sustainable development goals", description="One a line, for example 12.7", max_length=17
    )
    social_values: list[Tag] = Field(
        [], title="Social value", description="One a line, for example local jobs", max_length=20
    )
    is_payment_linked: bool = Field(False, title="Part of the payment depends on it")


class RemoveOutcome(BaseModel):
    outcome: Annotated[str, ChoicesFrom(queries.outcome_choices)] = Field(title="Outcome", max_length=30)


class AddCostLine(BaseModel):
    description: str = Field(title="What costs", min_length=3, max_length=250)
    phase: Literal["acquisition", "operation", "switching", "end_of_life"] = Field(title="When in its life")
    amount: Decimal = Field(
        title="Amount", description="Without tax; for one year when it recurs", ge=0, max_digits=16, decimal_places=2
    )
    years: int = Field(1, title="For how many years", ge=1, le=100)
    source: str = Field(title="Where does the number come from?", min_length=3, max_length=250)
    estimated_on: date = Field(title="Estimated on")


class RemoveCostLine(BaseModel):
    line: LineCode = Field(title="Cost", max_length=30)


class AddComparable(BaseModel):
    line: LineCode = Field(title="For which cost", max_length=30)
    description: str = Field(title="What was bought", min_length=3, max_length=250)
    amount: Decimal = Field(title="What was paid", description="Without tax", gt=0, max_digits=16, decimal_places=2)
    source: str = Field(
        title="Where can that be read?", description="Address or document", min_length=3, max_length=500
    )
    ocid: str = Field("", title="Its ocid, if it has one", max_length=120)


class RemoveComparable(BaseModel):
    comparable: Annotated[str, ChoicesFrom(queries.comparable_choices)] = Field(title="What others paid", max_length=61)


class ConfirmFunds(BaseModel):
    budget_line: str = Field(title="Budget line", min_length=1, max_length=120)
    amount: Decimal = Field(title="Amount available", description="Without tax", gt=0, max_digits=16, decimal_places=2)
    source: str = Field(title="Where the money comes from", min_length=3, max_length=250)


class DecideRoute(BaseModel):
    make: Text = Field(title="Could we make it ourselves?", min_length=2, max_length=2000)
    reuse: Text = Field(title="Does something we already have do it?", min_length=2, max_length=2000)
    join: Text = Field(title="Could we buy it together with others?", min_length=2, max_length=2000)
    option: Literal["buy", "make", "reuse", "join"] = Field("buy", title="So we")
    procedure: Annotated[str, ChoicesFrom(queries.procedure_choices)] = Field(
        "open_1", title="Procedure", description="Open to everybody unless there is a reason", max_length=60
    )
    reason: Text = Field(title="Why", description="Published", min_length=10, max_length=4000)
    legal_ground: str = Field("", title="Legal ground, when not open", max_length=250)


class ApproveRoute(BaseModel):
    agreed: bool = Field(title="I have read the decision and its reasons and approve it")


class MarkNotApplicable(BaseModel):
    step: Annotated[str, ChoicesFrom(queries.step_choices)] = Field(
        title="Guideline step", pattern=r"^4\.[1-4]\.[1-8]$"
    )
    reason: Text = Field(title="Why it does not apply here", description="Published", min_length=20, max_length=2000)


class MarkApplicable(BaseModel):
    step: Annotated[str, ChoicesFrom(queries.left_out_choices)] = Field(title="Guideline step", max_length=6)


class BuyNothing(BaseModel):
    reason: Text = Field(
        title="How the need is met without buying, and why", description="Published", min_length=20, max_length=4000
    )


class PublishPlan(BaseModel):
    pass


def changed(act: Act, part: str, what: dict[str, Any]) -> None:
    """Record a change of the draft; texts only."""
    act.record(PlanChanged(part=part, what={name: str(value) for name, value in what.items()}))


@command(on=Process, input=SetBasics)
def set_basics(act: Act, process: Process, data: SetBasics) -> Process:
    """Describe what it is about"""
    undo_route_of_another_value(process, data.estimate)
    process.title, process.description = data.title, data.description
    process.category, process.value_amount = data.category, data.estimate
    process.save(update_fields=["title", "description", "category", "value_amount"])
    changed(act, "basics", data.model_dump())
    return process


def undo_route_of_another_value(process: Process, estimate: Decimal) -> None:
    """Why not everybody is invited was decided and approved for one value; another value asks for it again."""
    is_open = procedure.get(process.procedure_key).ocds_method == "open"
    if estimate != process.value_amount and not is_open:
        RouteDecision.objects.filter(process=process).delete()


@command(on=Process, input=AddUserNeed)
def add_user_need(act: Act, process: Process, data: AddUserNeed) -> UserNeed:
    """Add a need"""
    refuse_any(rules.with_consent(consent=data.consent))
    code = queries.next_code("need", process.user_needs.all())
    need = UserNeed.objects.create(process=process, code=code, **data.model_dump())
    changed(act, "need", {"code": code, **data.model_dump()})
    return need


@command(on=Process, input=RemoveUserNeed)
def remove_user_need(act: Act, process: Process, data: RemoveUserNeed) -> None:
    """Remove a need"""
    remove(act, process.user_needs.filter(code=data.need), part="need", field="need")


def remove(act: Act, rows: Any, *, part: str, field: str) -> None:
    """Take a row of the draft away; what was published before stays in the record."""
    row = rows.first()
    refuse_any(None if row else Reason("not_there", "It is not in the plan any more.", field=field))
    changed(act, part, {"removed": row.code})
    row.delete()


@command(on=Process, input=AddAssumption)
def add_assumption(act: Act, process: Process, data: AddAssumption) -> Assumption:
    """Add an assumption"""
    code = queries.next_code("assumption", process.assumptions.all())
    assumption = Assumption.objects.create(process=process, code=code, **data.model_dump())
    changed(act, "assumption", {"code": code, **data.model_dump()})
    return assumption


@command(on=Process, input=TestAssumption)
def test_assumption(act: Act, process: Process, data: TestAssumption) -> Assumption:
    """Say how an assumption was tested"""
    found = process.assumptions.filter(code=data.assumption).first()
    refuse_any(None if found else Reason("not_there", "It is not in the plan any more.", field="assumption"))
    assert found
    found.test, found.result = data.test, data.result
    found.save(update_fields=["test", "result"])
    changed(act, "assumption", data.model_dump())
    return found


@command(on=Process, input=RemoveAssumption)
def remove_assumption(act: Act, process: Process, data: RemoveAssumption) -> None:
    """Remove an assumption"""
    remove(act, process.assumptions.filter(code=data.assumption), part="assumption", field="assumption")


@command(on=Process, input=AddOutcome)
def add_outcome(act: Act, process: Process, data: AddOutcome) -> Outcome:
    """Add an outcome"""
    known = [code for code, _ in queries.need_choices(process, act.actor)]
    refuse_any(
        rules.brand_named(data.title, field="title"),
        rules.brand_named(data.measure, field="measure"),
        rules.brand_named(data.target, field="target"),
        rules.measurable(data.title, data.measure, field="measure"),
        rules.target_differs(data.baseline, data.target),
        rules.known_codes(data.needs, known, field="needs"),
        rules.known_goals(data.sdgs, field="sdgs"),
    )
    code = queries.next_code("outcome", process.outcomes.all())
    outcome = Outcome.objects.create(process=process, code=code, **data.model_dump())
    changed(act, "outcome", {"code": code, **data.model_dump()})
    return outcome


@command(on=Process, input=RemoveOutcome)
def remove_outcome(act: Act, process: Process, data: RemoveOutcome) -> None:
    """Remove an outcome"""
    remove(act, process.outcomes.filter(code=data.outcome), part="outcome", field="outcome")


@command(on=Process, input=AddCostLine)
def add_cost_line(act: Act, process: Process, data: AddCostLine) -> CostLine:
    """Add a cost"""
    today = local_day(act)
    refuse_any(rules.not_in_future(data.estimated_on, today=today, field="estimated_on"))
    code = queries.next_code("cost", process.cost_lines.all())
    line = CostLine.objects.create(process=process, code=code, **data.model_dump())
    changed(act, "cost", {"code": code, **data.model_dump()})
    return line


def local_day(act: Act) -> date:
    """The day it is where the buyer works."""
    return act.now.astimezone(ZoneInfo(act.jurisdiction.calendar.zone)).date()


@command(on=Process, input=RemoveCostLine)
def remove_cost_line(act: Act, process: Process, data: RemoveCostLine) -> None:
    """Remove a cost"""
    Comparable.objects.filter(line__process=process, line__code=data.line).delete()
    remove(act, process.cost_lines.filter(code=data.line), part="cost", field="line")


@command(on=Process, input=AddComparable)
def add_comparable(act: Act, process: Process, data: AddComparable) -> Comparable:
    """Add what others paid"""
    line = process.cost_lines.filter(code=data.line).first()
    refuse_any(None if line else Reason("not_there", "There is no such cost in the plan.", field="line"))
    assert line
    code = queries.next_code("comparable", line.comparables.all())
    found = Comparable.objects.create(line=line, code=code, **data.model_dump(exclude={"line"}))
    changed(act, "comparable", {"code": code, **data.model_dump()})
    return found


@command(on=Process, input=RemoveComparable)
def remove_comparable(act: Act, process: Process, data: RemoveComparable) -> None:
    """Remove what others paid"""
    line, _, code = data.comparable.partition("/")
    found = Comparable.objects.filter(line__process=process, line__code=line, code=code)
    remove(act, found, part="comparable", field="comparable")


@command(on=Process, input=ConfirmFunds)
def confirm_funds(act: Act, process: Process, data: ConfirmFunds) -> FundsConfirmation:
    """Confirm that the money is there"""
    refuse_any(rules.keeps_what_is_signed(data.amount, facts_of(process, act.actor, act.now)[rules.COMMITTED]))
    funds, _ = FundsConfirmation.objects.update_or_create(
        process=process, defaults={**data.model_dump(), "confirmed_at": act.now}
    )
    if process.state == "planning":
        changed(act, "funds", data.model_dump())
    else:
        money = f"{data.amount:f} {process.value_currency}"
        act.record(FundsConfirmed(amount=money, parts=notices.budget_notice(funds)))
    return funds


@command(on=Process, input=DecideRoute)
def decide_route(act: Act, process: Process, data: DecideRoute) -> RouteDecision:
    """Decide how to meet the need"""
    method = queries.procurement_method(data.procedure)
    below = act.jurisdiction.direct_below
    unknown = Reason("no_such_procedure", "There is no such procedure here.", field="procedure")
    estimate = process.value_amount or Decimal(0)
    refuse_any(
        None if method else unknown,
        rules.ground_named(method, data.legal_ground, estimate=estimate, direct_below=below.value if below else None),
    )
    decision = data.model_dump(exclude={"procedure"})
    route, _ = RouteDecision.objects.update_or_create(
        process=process,
        defaults={**decision, "decided_by": act.actor.id, "decided_at": act.now, "approved_at": None},
    )
    process.procedure_key = data.procedure
    process.save(update_fields=["procedure_key"])
    changed(act, "route", data.model_dump())
    return route


@command(on=Process, input=ApproveRoute)
def approve_route(act: Act, process: Process, data: ApproveRoute) -> RouteDecision:
    """Approve the route"""
    text = "Tick that you have read the decision and approve it."
    refuse_any(None if data.agreed else Reason("not_agreed", text, field="agreed"))
    route: RouteDecision = process.route
    route.approved_at = act.now
    route.save(update_fields=["approved_at"])
    changed(act, "route", {"approved": "yes"})
    return route


@command(on=Process, input=MarkNotApplicable)
def mark_not_applicable(act: Act, process: Process, data: MarkNotApplicable) -> NotApplicable:
    """Say why a guideline step does not apply"""
    refuse_any(rules.may_be_left_out(data.step))
    found, _ = NotApplicable.objects.update_or_create(
        process=process, step=data.step, defaults={"reason": data.reason, "stated_at": act.now}
    )
    changed(act, "not applicable", data.model_dump())
    return found


@command(on=Process, input=MarkApplicable)
def mark_applicable(act: Act, process: Process, data: MarkApplicable) -> None:
    """Take a guideline step up again"""
    found = process.not_applicable.filter(step=data.step).first()
    refuse_any(None if found else Reason("not_there", "This step is not left out.", field="step"))
    assert found
    found.delete()
    changed(act, "applicable", data.model_dump())


@command(on=Process, input=BuyNothing)
def buy_nothing(act: Act, process: Process, data: BuyNothing) -> Process:
    """Buy nothing"""
    publish_documents(process, now=act.now)
    parts = notices.plan_notice(process)
    parts["tender"] |= {"status": "cancelled", "cancellationRationale": data.reason}
    act.record(NothingBought(reason=data.reason, parts=parts))
    return process


@command(on=Process, input=PublishPlan)
def publish_plan(act: Act, process: Process, data: PublishPlan) -> Process:
    """Publish the plan"""
    publish_documents(process, now=act.now)
    act.record(PlanPublished(title=process.title, parts=notices.plan_notice(process)))
    return process


def publish_documents(process: Process, *, now: datetime) -> None:
    process.documents.filter(part="planning", published_at=None).update(published_at=now)
