"""Milestones, measured results, and what both sides say of each other."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.public.ocds import Implementation
from tenderwell.workroom.delivery import notices, rules
from tenderwell.workroom.delivery.events import MilestoneMet, MilestoneSet, PartnerReviewed, ResultReported
from tenderwell.workroom.delivery.models import Milestone, Result, Review
from tenderwell.workroom.delivery.queries import (
    acts_for_buyer,
    contract_choices,
    contract_named,
    is_suppliers,
    open_milestones,
    outcome_choices,
)
from tenderwell.workroom.process.models import Process

ContractCode = Annotated[str, ChoicesFrom(contract_choices)]


class AddMilestone(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    title: str = Field(title="What shall be reached", min_length=3, max_length=250)
    due_at: datetime = Field(title="Until when")


class MeetMilestone(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    milestone: Annotated[str, ChoicesFrom(open_milestones)] = Field(title="Milestone", max_length=30)
    evidence: Text = Field(
        title="What shows that it was reached", description="Published", min_length=5, max_length=4000
    )


class ReportResult(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    outcome: Annotated[str, ChoicesFrom(outcome_choices)] = Field(title="Outcome", max_length=60)
    measured: str = Field(title="Measured value", description="As planned, with its unit", min_length=1, max_length=100)
    measured_at: datetime = Field(title="Measured on")
    notes: Text = Field("", title="Notes", max_length=2000)


class ReviewPartner(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    rating: int = Field(title="From 1 (poor) to 5 (very good)", ge=1, le=5)
    text: Text = Field(
        title="What went well, what could be better", description="Published", min_length=10, max_length=4000
    )


@command(on=Process, input=AddMilestone)
def add_milestone(act: Act, process: Process, data: AddMilestone) -> Milestone:
    """Set a milestone"""
    contract = contract_named(process, data.contract, signed=True)
    milestone = Milestone.objects.create(
        contract=contract,
        code=f"milestone-{contract.milestones.count() + 1}",
        title=data.title,
        due_at=data.due_at,
    )
    part = notices.part_of(contract, milestones=(notices.milestone(milestone),))
    act.record(MilestoneSet(contract=part, what=milestone.title))
    return milestone


@command(on=Process, input=MeetMilestone)
def meet_milestone(act: Act, process: Process, data: MeetMilestone) -> Milestone:
    """Record that a milestone was met"""
    contract = contract_named(process, data.contract, signed=True)
    milestone = contract.milestones.filter(code=data.milestone, met_at=None).first()
    text = "There is no open milestone with this number."
    refuse_any(None if milestone else Reason("no_such_milestone", text, field="milestone"))
    assert milestone
    milestone.met_at, milestone.evidence = act.now, data.evidence
    milestone.save(update_fields=["met_at", "evidence"])
    part = notices.part_of(contract, milestones=(notices.milestone(milestone),))
    act.record(MilestoneMet(contract=part, what=milestone.title))
    return milestone


@command(on=Process, input=ReportResult)
def report_result(act: Act, process: Process, data: ReportResult) -> Result:
    """Report a measured result"""
    contract = contract_named(process, data.contract, signed=True)
    title = dict(outcome_choices(process, act.actor)).get(data.outcome)
    text = "There is no such outcome in the plan. Results are measured against the outcomes planned."
    future = "A result cannot be measured in the future."
    refuse_any(
        None if title else Reason("no_such_outcome", text, "U4SSC 4.4.2", "outcome"),
        Reason("in_future", future, field="measured_at") if data.measured_at > act.now else None,
    )
    result = Result.objects.create(
        contract=contract,
        code=f"result-{contract.results.count() + 1}",
        outcome=data.outcome,
        title=title or "",
        measured=data.measured,
        measured_at=data.measured_at,
        notes=data.notes,
    )
    observed = tuple(notices.metric(each) for each in contract.results.filter(outcome=data.outcome).order_by("pk"))
    part = notices.part_of(contract, implementation=Implementation(metrics=observed[-1:]))
    act.record(ResultReported(contract=part, what=f"{title}: {data.measured}"))
    return result


@command(on=Process, input=ReviewPartner)
def review_partner(act: Act, process: Process, data: ReviewPartner) -> Review:
    """Review the other side"""
    contract = contract_named(process, data.contract)
    side = "buyer" if acts_for_buyer(act) else "supplier"
    is_own = side == "buyer" or is_suppliers(contract, act.actor.organisation)
    refuse_any(rules.own_contract(is_own=is_own))
    review = Review.objects.create(contract=contract, by=side, rating=data.rating, text=data.text, made_at=act.now)
    shown = (notices.review(review, contract.reviews.count()),)
    part = notices.part_of(contract, implementation=Implementation(reviews=shown))
    act.record(PartnerReviewed(contract=part, what=f"{side}, {data.rating} of 5"))
    return review
