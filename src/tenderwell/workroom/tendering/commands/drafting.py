"""Write the requirements, lots, items, criteria and dates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from tenderwell.core import procedure
from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Number, Text
from tenderwell.workroom.planning.queries import next_code, outcome_choices
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering import criteria, queries, rules
from tenderwell.workroom.tendering.events import TenderDrafted
from tenderwell.workroom.tendering.models import Brief, CriteriaSet, Dates, Item, Lot, Requirement

LotCode = Annotated[str, ChoicesFrom(queries.lot_choices)]


class SetRequirements(BaseModel):
    problem: Text = Field(title="What is the problem?", min_length=10, max_length=5000)
    users: Text = Field(title="Who will use it, and what must they be able to do?", min_length=5, max_length=5000)
    skills: Text = Field(title="Skills and experience that are really needed", min_length=2, max_length=5000)
    standards: Text = Field(title="Technical or quality standards", min_length=2, max_length=5000)
    work_stage: Text = Field(title="How far is the work now?", min_length=2, max_length=2000)
    latest_start: date = Field(title="Latest start")
    budget: Decimal = Field(title="Largest budget", description="Without tax", gt=0, max_digits=16, decimal_places=2)
    payment_approach: Text = Field(
        title="How it is paid", description="Fixed price, by time, by outcome", max_length=2000
    )
    incentives: Text = Field(title="Incentives", description="Or: none", min_length=2, max_length=2000)
    expected_length: Text = Field(title="Expected length", min_length=2, max_length=500)
    questions: Text = Field(title="How to ask questions, and when answers come", min_length=2, max_length=1000)
    engagement_results: Text = Field("", title="What the early notice changed", max_length=5000)
    working_arrangements: Text = Field("", title="Where and how people work", max_length=2000)
    handover: Text = Field("", title="Handover from the present supplier", max_length=2000)
    security_clearance: Text = Field("", title="Security checks", max_length=1000)
    invoicing: Text = Field("", title="How to send invoices, and when they are paid", max_length=1000)


class AddRequirement(BaseModel):
    title: str = Field(title="Requirement", min_length=3, max_length=250)
    text: Text = Field(title="What exactly is required", min_length=5, max_length=5000)
    importance: Literal["essential", "desirable"] = Field(title="How important")
    reason: Text = Field(title="Why it is needed", min_length=5, max_length=2000)
    outcome: Annotated[str, ChoicesFrom(outcome_choices)] = Field("", title="Outcome it serves", max_length=30)
    words: int | None = Field(
        None,
        title="Most words of an answer",
        description="Leave it empty for the usual limit. Bidders see it, and their programs count",
        ge=10,
        le=5000,
    )


class RemoveRequirement(BaseModel):
    requirement: Annotated[str, ChoicesFrom(queries.requirement_choices)] = Field(title="Requirement", max_length=30)


class AddLot(BaseModel):
    title: str = Field(title="Title", min_length=3, max_length=250)
    description: Text = Field("", title="Description", max_length=5000)
    amount: Decimal = Field(title="Estimated value", description="Without tax", gt=0, max_digits=16, decimal_places=2)
    reserved: list[Literal["sme", "womenOwned", "socialEnterprise", "shelteredWorkshop"]] = Field(
        [], title="Reserved for"
    )
    sustainability: Text = Field("", title="Environmental and social conditions", max_length=2000)


class RemoveLot(BaseModel):
    lot: LotCode = Field(title="Lot", max_length=30)


class AddItem(BaseModel):
    description: str = Field("", title="What", max_length=4000)
    scheme: Literal["UNSPSC", "CPV", ""] = Field("CPV", title="Classification")
    classification: str = Field("", title="Code", max_length=40)
    classification_text: str = Field("", title="What the code means", max_length=500)
    quantity: Number = Field(title="Quantity", gt=0, max_digits=24, decimal_places=6)
    unit: str = Field("", title="Unit", max_length=120)
    lot: LotCode = Field("", title="Lot", max_length=30)


class RemoveItem(BaseModel):
    item: Annotated[str, ChoicesFrom(queries.item_choices)] = Field(title="Item", max_length=60)


class CriterionRow(BaseModel):
    model_config = ConfigDict(title=_("Criterion"))
    title: str = Field(title="Criterion", min_length=2, max_length=250)
    group: str = Field("", title="Heading", description="Criteria under one heading stand together", max_length=120)
    kind: Literal["quality", "price", "pass_fail"] = Field(title="Kind")
    weight: Number = Field(Decimal(0), title="Weight in %", ge=0, le=100, decimal_places=2)
    floor: Number | None = Field(None, title="Lowest points allowed", ge=0, max_digits=16, decimal_places=2)
    formula: Literal["price_relative", "linear"] = Field("price_relative", title="Formula of the price")
    scale: Text = Field("", title="Scale", description="One line each, like “2: Meets it in part”; empty: 0 to 4")


class SetCriteria(BaseModel):
    criteria: list[CriterionRow] = Field(title="Criteria", min_length=1, max_length=40)
    lot: LotCode = Field("", title="Only for this lot", max_length=30)
    price_reason: Text = Field("", title="Why the price counts more than quality", max_length=2000)
    tie_break: list[Literal["lowest_price", "highest_quality"]] = Field(["lowest_price"], title="When bids are equal")
    low_share: Number | None = Field(
        None, title="Mark prices below this share of the mean", description="0.7 is 70 %", gt=0, lt=1, decimal_places=2
    )
    places: int = Field(2, title="Decimals of a score", ge=0, le=6)


class SetDates(BaseModel):
    closes_at: datetime = Field(title="Bids close")
    questions_until: datetime | None = Field(
        None, title="Questions end", description="Empty: as many days before the closing as the law wants for answers"
    )
    contract_start: datetime | None = Field(None, title="Contract begins")
    contract_end: datetime | None = Field(None, title="Contract ends")


def drafted(act: Act, part: str, what: dict[str, Any]) -> None:
    """Record a change of the draft; texts only."""
    act.record(TenderDrafted(part=part, what={name: str(value) for name, value in what.items()}))


@command(on=Process, input=SetRequirements)
def set_requirements(act: Act, process: Process, data: SetRequirements) -> Brief:
    """Write the requirements"""
    texts = {name: value for name, value in data.model_dump().items() if isinstance(value, str)}
    refuse_any(*(rules.text_flaw(text, field=name) for name, text in texts.items()))
    brief, _ = Brief.objects.update_or_create(process=process, defaults=data.model_dump())
    drafted(act, "requirements", data.model_dump())
    return brief


@command(on=Process, input=AddRequirement)
def add_requirement(act: Act, process: Process, data: AddRequirement) -> Requirement:
    """Add a requirement"""
    refuse_any(rules.text_flaw(data.title, field="title"), rules.text_flaw(data.text, field="text"))
    code = next_code("requirement", process.requirements.all())
    requirement = Requirement.objects.create(process=process, code=code, **data.model_dump())
    drafted(act, "requirement", {"code": code, **data.model_dump()})
    return requirement


@command(on=Process, input=RemoveRequirement)
def remove_requirement(act: Act, process: Process, data: RemoveRequirement) -> None:
    """Remove a requirement"""
    remove(act, process.requirements.filter(code=data.requirement), part="requirement")


def remove(act: Act, rows: Any, *, part: str) -> None:
    row = rows.first()
    refuse_any(None if row else Reason("not_there", "It is not in the draft any more.", field=part))
    drafted(act, part, {"removed": row.code})
    row.delete()


@command(on=Process, input=AddLot)
def add_lot(act: Act, process: Process, data: AddLot) -> Lot:
    """Add a lot"""
    code = next_code("lot", process.lots.all())
    lot = Lot.objects.create(process=process, code=code, **data.model_dump())
    drafted(act, "lot", {"code": code, **data.model_dump()})
    return lot


@command(on=Process, input=RemoveLot)
def remove_lot(act: Act, process: Process, data: RemoveLot) -> None:
    """Remove a lot"""
    process.items.filter(lot=data.lot).update(lot="")
    forget_criteria(process, data.lot)
    remove(act, process.lots.filter(code=data.lot), part="lot")


def forget_criteria(process: Process, lot: str) -> None:
    """Criteria of a lot that is gone are never published."""
    held = CriteriaSet.objects.filter(process=process).first()
    if held:
        held.trees = [tree for tree in held.trees if tree["lot"] != lot]
        held.save(update_fields=["trees"])


@command(on=Process, input=AddItem)
def add_item(act: Act, process: Process, data: AddItem) -> Item:
    """Add an item"""
    refuse_any(
        rules.code_fits(data.scheme, data.classification.strip()),
        rules.lots_known(data.lot, queries.lot_ids(process)),
    )
    code = next_code("item", process.items.all())
    item = Item.objects.create(process=process, code=code, **data.model_dump())
    drafted(act, "item", {"code": code, **data.model_dump()})
    return item


@command(on=Process, input=RemoveItem)
def remove_item(act: Act, process: Process, data: RemoveItem) -> None:
    """Remove an item"""
    remove(act, process.items.filter(code=data.item), part="item")


@command(on=Process, input=SetCriteria)
def set_criteria(act: Act, process: Process, data: SetCriteria) -> CriteriaSet:
    """Set the criteria by which bids are compared"""
    rows = read_rows(data)
    refuse_any(
        *criteria.flaws(rows, price_reason=data.price_reason),
        rules.lots_known(data.lot, queries.lot_ids(process)),
        *(rules.text_flaw(row.title, field=f"criteria.{place}.title") for place, row in enumerate(rows)),
    )
    tree = criteria.tree(rows, lot=data.lot, places=data.places, tie_break=data.tie_break, low_share=data.low_share)
    others = [each for each in queries.frozen_criteria(process) if data.lot and each["lot"] not in ("", data.lot)]
    trees = sorted([*others, tree], key=lambda each: each["lot"])
    held, _ = CriteriaSet.objects.update_or_create(
        process=process, defaults={"trees": trees, "price_reason": data.price_reason}
    )
    drafted(act, "criteria", {"trees": trees})
    return held


def read_rows(data: SetCriteria) -> list[criteria.Row]:
    """The criteria as typed; refuses scales that cannot be read, all of them at once."""
    rows, reasons = [], []
    text = "Write one line for each step of the scale, like “2: Meets it in part”, from the lowest to the highest."
    for place, row in enumerate(data.criteria):
        try:
            scale = criteria.read_scale(row.scale)
        except criteria.NoScale:
            scale = ()
            reasons.append(Reason("no_scale", text, field=f"criteria.{place}.scale"))
        rows.append(criteria.Row(row.title, row.kind, row.weight, row.floor, row.formula, scale, row.group))
    refuse_any(*reasons)
    return rows


@command(on=Process, input=SetDates)
def set_dates(act: Act, process: Process, data: SetDates) -> Dates:
    """Set the dates"""
    law = procedure.get(process.procedure_key)
    questions = data.questions_until or max(act.now, rules.questions_end(data.closes_at, act.jurisdiction))
    start, end = data.contract_start, data.contract_end
    backwards = start is not None and end is not None and start > end
    text = "The contract cannot end before it begins."
    refuse_any(
        rules.date_flaw(act.now, data.closes_at, questions, act.jurisdiction, procedure=law.id, method=law.ocds_method),
        Reason("period_backwards", text, field="contract_end") if backwards else None,
    )
    dates, _ = Dates.objects.update_or_create(
        process=process,
        defaults={
            "closes_at": data.closes_at,
            "questions_until": questions,
            "contract_start": start,
            "contract_end": end,
        },
    )
    drafted(act, "dates", {"closes": data.closes_at.isoformat(), "questions": questions.isoformat()})
    return dates
