"""Close a contract: acceptance, final account, the three questions, lessons for the next."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.workroom.delivery import notices, rules
from tenderwell.workroom.delivery.events import ContractClosed
from tenderwell.workroom.delivery.models import Closing
from tenderwell.workroom.delivery.queries import (
    contract_choices,
    contract_named,
    is_complete,
    paid_for,
    undecided_changes,
)
from tenderwell.workroom.process.models import Process


class CloseContract(BaseModel):
    contract: Annotated[str, ChoicesFrom(contract_choices)] = Field(title="Contract", max_length=120)
    accepted: bool = Field(title="What was agreed has come, and we accept it")
    final_amount: Decimal = Field(
        title="Final account", description="All that was paid, without tax", ge=0, max_digits=24, decimal_places=6
    )
    account_reason: Text = Field(
        "", title="Why it is not what was paid", description="Published; empty when it is the same", max_length=2000
    )
    as_asked: Text = Field(title="Did we get what we asked for?", min_length=5, max_length=4000)
    as_needed: Text = Field(title="Did we get what we needed?", min_length=5, max_length=4000)
    difference: Text = Field(title="Can we see and explain the difference?", min_length=5, max_length=4000)
    lessons: list[str] = Field(title="Lessons for the next purchase", description="One a line", min_length=1)


@command(on=Process, input=CloseContract)
def close_contract(act: Act, process: Process, data: CloseContract) -> Closing:
    """Close the contract"""
    contract = contract_named(process, data.contract, signed=True)
    refuse_any(
        rules.is_accepted(accepted=data.accepted),
        *rules.nothing_open(
            invoices=contract.invoices.filter(paid_at=None, disputed_reason="").count(),
            milestones=contract.milestones.filter(met_at=None).count(),
            changes=undecided_changes(contract).count(),
        ),
        rules.account_explained(data.final_amount, paid_for(contract), data.account_reason),
    )
    closing = Closing.objects.create(
        contract=contract,
        final_amount=data.final_amount,
        as_asked=data.as_asked,
        as_needed=data.as_needed,
        difference=data.difference,
        lessons=data.lessons,
        closed_at=act.now,
    )
    contract.status, contract.closed_at = "terminated", act.now
    contract.save(update_fields=["status", "closed_at"])
    role = "contract_manager" if "contract_manager" in process.roles_of(act.actor) else "lead"
    implementation = notices.closing(closing, role=role, details=data.account_reason)
    part = notices.part_of(contract, status="terminated", implementation=implementation)
    act.record(ContractClosed(contract=part, contract_title=contract.title, lessons=notices.lessons(closing)))
    if is_complete(process):
        act.move("complete")
    return closing
