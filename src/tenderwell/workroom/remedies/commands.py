"""Complain, withdraw, decide."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.public.ocds import Complaint as OcdsComplaint
from tenderwell.public.ocds import plain
from tenderwell.workroom.awarding.commands import taken_back
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.remedies import queries, rules
from tenderwell.workroom.remedies.events import ComplaintDecided, ComplaintMade, ComplaintWithdrawn
from tenderwell.workroom.remedies.models import Complaint


class Complain(BaseModel):
    grounds: str = Field(title="Which rule was broken?", description="Published", min_length=10, max_length=250)
    text: Text = Field(
        title="What happened?",
        description="Published; leave out business secrets and names of persons",
        min_length=30,
        max_length=10_000,
    )
    remedy_asked: Text = Field(title="What should be done?", description="Published", min_length=5, max_length=2000)


class DecideComplaint(BaseModel):
    complaint: Annotated[str, ChoicesFrom(queries.open_choices)] = Field(title="Complaint", max_length=30)
    outcome: Literal["upheld", "dismissed"] = Field(title="Decision")
    remedy: Literal["none", "annul_award", "evaluate_again"] = Field(
        "none", title="What follows", description="Both take the awards back; a new decision is then needed"
    )
    decision: Text = Field(title="Reasons", description="Published", min_length=30, max_length=20_000)


class WithdrawComplaint(BaseModel):
    complaint: Annotated[str, ChoicesFrom(queries.own_choices)] = Field(title="Complaint", max_length=30)


@command(on=Process, input=Complain)
def complain(act: Act, process: Process, data: Complain) -> Complaint:
    """Complain about this process"""
    complaint = Complaint.objects.create(
        process=process,
        code=f"complaint-{process.complaints.count() + 1}",
        complainant=Organisation.objects.get(identifier=act.actor.organisation),
        against="tender" if state_at(process, act.now) == "tendering" else "award",
        grounds=data.grounds,
        text=data.text,
        remedy_asked=data.remedy_asked,
        made_at=act.now,
    )
    act.record(ComplaintMade(complaint=shown(complaint), grounds=data.grounds))
    return complaint


@command(on=Process, input=WithdrawComplaint)
def withdraw_complaint(act: Act, process: Process, data: WithdrawComplaint) -> Complaint:
    """Withdraw your complaint"""
    own = process.complaints.filter(code=data.complaint, complainant__identifier=act.actor.organisation)
    complaint = pending(own.first())
    complaint.status, complaint.decided_at = "withdrawn", act.now
    complaint.save(update_fields=["status", "decided_at"])
    act.record(ComplaintWithdrawn(complaint=shown(complaint), grounds=complaint.grounds))
    return complaint


@command(on=Process, input=DecideComplaint)
def decide_complaint(act: Act, process: Process, data: DecideComplaint) -> Complaint:
    """Decide a complaint"""
    complaint = pending(process.complaints.filter(code=data.complaint).first())
    takes_back = data.remedy != "none"
    own = complaint.complainant.memberships.filter(person_id=act.actor.id, until=None)
    refuse_any(
        rules.not_own_complaint(is_own=own.exists()),
        rules.remedy_fits(data.remedy, is_upheld=data.outcome == "upheld", is_about_award=complaint.against == "award"),
        rules.can_be_judged_again(data.remedy, act.step.to),
        rules.still_to_take_back(data.remedy, state=state_at(process, act.now)),
    )
    complaint.status, complaint.decision = data.outcome, data.decision
    complaint.remedy, complaint.decided_at = data.remedy, act.now
    complaint.save(update_fields=["status", "decision", "remedy", "decided_at"])
    taken = taken_back(act, process) if takes_back else {}
    if takes_back:
        process.supplier_ids = []
        process.save(update_fields=["supplier_ids"])
        act.move(rules.state_after(data.remedy, act.step.to))
    act.record(ComplaintDecided(complaint=shown(complaint), outcome=data.outcome, taken_back=taken))
    return complaint


def pending(complaint: Complaint | None) -> Complaint:
    """The complaint, if it still waits for a decision."""
    waits = complaint is not None and complaint.status == "pending"
    refuse_any(None if waits else Reason("no_such_complaint", "No such complaint waits here.", field="complaint"))
    assert complaint
    return complaint


def shown(complaint: Complaint) -> dict[str, Any]:
    """The complaint as it is published; its author is not."""
    found = plain(
        OcdsComplaint(
            id=complaint.code,
            status=complaint.status,  # type: ignore[arg-type]
            date=complaint.made_at,
            title=complaint.grounds,
            description=complaint.text,
            grounds=complaint.grounds,
            date_decided=complaint.decided_at,
            decision=complaint.status if complaint.decision else None,
            rationale=complaint.decision or None,
            remedy=complaint.remedy or complaint.remedy_asked,
        )
    )
    assert isinstance(found, dict)
    return dict(found)
