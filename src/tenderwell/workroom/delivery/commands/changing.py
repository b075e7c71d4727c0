"""Changes of a contract: proposed with reason and impact, approved by somebody else or rejected, within the limit."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.public.ocds import Amendment, Period, Value
from tenderwell.workroom.delivery import notices, rules
from tenderwell.workroom.delivery.events import ChangeApproved, ChangeProposed, ChangeRejected
from tenderwell.workroom.delivery.models import Change, Contract
from tenderwell.workroom.delivery.queries import (
    acts_for_buyer,
    approved_changes,
    changes_waiting,
    contract_choices,
    contract_named,
    is_suppliers,
    short_of_funds,
    undecided_changes,
)
from tenderwell.workroom.planning.notices import document
from tenderwell.workroom.process.commands import told_now
from tenderwell.workroom.process.models import Process

ContractCode = Annotated[str, ChoicesFrom(contract_choices)]
ChangeCode = Annotated[str, ChoicesFrom(changes_waiting)]


class ProposeChange(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    description: Text = Field(title="What changes", description="Published", min_length=10, max_length=4000)
    reason: Text = Field(title="Why", description="Published", min_length=20, max_length=4000)
    user_impact: Text = Field(
        title="What it means for the people who use it", description="Published", min_length=10, max_length=4000
    )
    amount_change: Decimal = Field(
        Decimal(0),
        title="Change of the value",
        description="Negative when it gets cheaper",
        max_digits=16,
        decimal_places=2,
    )
    new_end: datetime | None = Field(None, title="New end of the contract")


class ApproveChange(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    change: ChangeCode = Field(title="Change", max_length=30)


class RejectChange(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    change: ChangeCode = Field(title="Change", max_length=30)
    reason: Text = Field(title="Why it is rejected", description="Published", min_length=10, max_length=4000)


@command(on=Process, input=ProposeChange)
def propose_change(act: Act, process: Process, data: ProposeChange) -> Change:
    """Propose a change of the contract"""
    contract = contract_named(process, data.contract, signed=True)
    refuse_any(
        rules.own_contract(is_own=acts_for_buyer(act) or is_suppliers(contract, act.actor.organisation)),
        rules.period_in_order(contract.starts_at, data.new_end, field="new_end"),
        limit_reason(act, contract, data.amount_change),
    )
    change = Change.objects.create(
        contract=contract,
        code=f"change-{contract.changes.count() + 1}",
        reason=data.reason,
        user_impact=data.user_impact,
        description=data.description,
        amount_change=data.amount_change,
        new_end=data.new_end,
        proposed_by=act.actor.id,
        proposed_at=act.now,
    )
    part = notices.part_of(contract, amendments=(shown(act, change),))
    act.record(ChangeProposed(contract=part, what=change.description))
    return change


def share_with(contract: Contract, amount: Decimal) -> Decimal:
    return rules.change_share(contract.at_signing, [*approved_changes(contract), amount])


def limit_reason(act: Act, contract: Contract, amount: Decimal) -> Reason | None:
    """The limit is worked out at the moment of the change."""
    limit = act.jurisdiction.change_limit(contract.process.category)
    return rules.within_limit(share_with(contract, amount), limit.value, limit.source) if amount else None


def shown(act: Act, change: Change) -> Amendment:
    """The change as it is published, with its share of the value if it were in force."""
    contract = change.contract
    waits = change.approved_at is None and change.rejected_at is None
    own = change.amount_change if waits else Decimal(0)
    limit = act.jurisdiction.change_limit(contract.process.category).value
    before = contract.amount if change.approved_at is None else contract.amount - change.amount_change
    role = "approver" if "approver" in contract.process.roles_of(act.actor) else "budget_holder"
    by = None if waits else role
    return notices.amendment(change, share=share_with(contract, own), limit=limit, before=before, by=by)


@command(on=Process, input=ApproveChange)
def approve_change(act: Act, process: Process, data: ApproveChange) -> Change:
    """Approve a change of the contract"""
    contract = contract_named(process, data.contract, signed=True)
    change = undecided(contract, data.change)
    refuse_any(
        rules.approved_by_other(change.proposed_by, act.actor.id),
        limit_reason(act, contract, change.amount_change),
        short_of_funds(contract, change.amount_change, field="change") if change.amount_change > 0 else None,
    )
    change.approved_at = act.now
    change.save(update_fields=["approved_at"])
    contract.amount += change.amount_change
    change.contract = contract
    amendment = shown(act, change)
    contract.ends_at = change.new_end or contract.ends_at
    contract.save(update_fields=["amount", "ends_at"])
    files = told_now(process, part="contract", now=act.now)
    documents = tuple(document(each, process) for each in files)
    value = Value(amount=contract.amount, currency=contract.currency)
    period = Period(start_date=contract.starts_at, end_date=contract.ends_at) if contract.ends_at else None
    part = notices.part_of(contract, amendments=(amendment,), value=value, period=period, documents=documents)
    act.record(ChangeApproved(contract=part, what=change.description))
    return change


@command(on=Process, input=RejectChange)
def reject_change(act: Act, process: Process, data: RejectChange) -> Change:
    """Reject a change of the contract"""
    contract = contract_named(process, data.contract, signed=True)
    change = undecided(contract, data.change)
    change.rejected_at, change.rejection = act.now, data.reason
    change.save(update_fields=["rejected_at", "rejection"])
    part = notices.part_of(contract, amendments=(shown(act, change),))
    act.record(ChangeRejected(contract=part, what=change.description))
    return change


def undecided(contract: Contract, code: str) -> Change:
    """The change, if nobody has approved or rejected it yet."""
    change = undecided_changes(contract).filter(code=code).first()
    refuse_any(None if change else Reason("no_such_change", "No such change waits for a decision.", field="change"))
    assert change
    return change
