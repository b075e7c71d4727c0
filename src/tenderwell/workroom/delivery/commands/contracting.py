"""Draw up a contract from an award, withdraw the draft, and record both signatures."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.public.ocds import OrganizationReference
from tenderwell.workroom.awarding.models import Award
from tenderwell.workroom.awarding.rules import says_why
from tenderwell.workroom.delivery import notices, rules
from tenderwell.workroom.delivery.events import ContractDrafted, ContractSigned, ContractWithdrawn, SignatureRecorded
from tenderwell.workroom.delivery.models import Contract
from tenderwell.workroom.delivery.queries import (
    award_choices,
    contract_named,
    draft_choices,
    is_complete,
    short_of_funds,
)
from tenderwell.workroom.planning.notices import document
from tenderwell.workroom.process.commands import told_now
from tenderwell.workroom.process.models import Process


class DraftContract(BaseModel):
    award: Annotated[str, ChoicesFrom(award_choices)] = Field(title="Award", max_length=120)
    title: str = Field("", title="Title", description="Empty: the title of the award", max_length=250)
    value: Decimal | None = Field(
        None,
        title="Value",
        description="Without tax; empty: the value of the award",
        ge=0,
        max_digits=24,
        decimal_places=6,
    )
    value_reason: Text = Field(
        "", title="Why it is worth more than the award", description="Published; empty when it is not", max_length=2000
    )
    starts_at: datetime | None = Field(None, title="Begins")
    ends_at: datetime | None = Field(None, title="Ends")


class SignContract(BaseModel):
    contract: Annotated[str, ChoicesFrom(draft_choices)] = Field(title="Contract", max_length=120)
    agreed: bool = Field(title="We have read the contract and sign it")


class WithdrawContract(BaseModel):
    contract: Annotated[str, ChoicesFrom(draft_choices)] = Field(title="Contract", max_length=120)
    reason: Text = Field(title="Why it is withdrawn", description="Published", min_length=20, max_length=4000)
    ends_award: bool = Field(
        False,
        title="No other contract is drawn up from this award",
        description="Else the process goes on until the award is contracted anew",
    )


@command(on=Process, input=DraftContract)
def draft_contract(act: Act, process: Process, data: DraftContract) -> Contract:
    """Draw up the contract"""
    award = process.awards.filter(code=data.award, status="active").first()
    amount = data.value if data.value is not None else award.amount if award else None
    unknown = Reason("no_such_award", "There is no such award in force.", field="award")
    no_value = Reason("no_value", "The award states no value. Enter the value of the contract.", field="value")
    refuse_any(
        None if award else unknown,
        no_value if award and amount is None else None,
        above_award(award, amount, data.value_reason) if award and amount is not None else None,
        rules.period_in_order(data.starts_at, data.ends_at),
    )
    assert award and amount is not None
    contract = Contract.objects.create(
        process=process,
        award=award,
        code=f"contract-{process.contracts.count() + 1}",
        title=data.title or award.title or process.title,
        amount=amount,
        at_signing=amount,
        currency=award.currency,
        starts_at=data.starts_at,
        ends_at=data.ends_at,
    )
    reason = notices.part_of(contract, description=data.value_reason or None)
    act.record(ContractDrafted(contract={**notices.whole(contract), **reason}, contract_title=contract.title))
    return contract


def above_award(award: Award, amount: Decimal, reason: str) -> Reason | None:
    """All contracts of an award together are worth what was awarded, or say why they are worth more."""
    before = sum(award.contracts.exclude(status="cancelled").values_list("amount", flat=True), Decimal(0))
    return rules.within_award(before + amount, award.amount, reason)


@command(on=Process, input=WithdrawContract)
def withdraw_contract(act: Act, process: Process, data: WithdrawContract) -> Contract:
    """Withdraw the draft of a contract"""
    contract = contract_named(process, data.contract, signed=False)
    refuse_any(
        rules.award_in_force(contract.award.status),
        says_why(data.reason),
        rules.withdrawn_by_who_signs(process.roles_of(act.actor), signed=contract.buyer_signed_at is not None),
    )
    contract.status, contract.withdrawal, contract.ends_award = "cancelled", data.reason, data.ends_award
    contract.save(update_fields=["status", "withdrawal", "ends_award"])
    part = notices.part_of(contract, status="cancelled", status_details=data.reason)
    act.record(ContractWithdrawn(contract=part, contract_title=contract.title, reason=data.reason))
    if process.state == "delivery" and is_complete(process):
        act.move("complete")
    return contract


@command(on=Process, input=SignContract)
def sign_for_buyer(act: Act, process: Process, data: SignContract) -> Contract:
    """Sign the contract for the buyer"""
    contract = to_sign(process, data)
    twice = Reason("signed_twice", "The buyer has signed this contract already.", field="contract")
    refuse_any(twice if contract.buyer_signed_at else short_of_funds(contract, contract.amount, field="contract"))
    contract.buyer_signed_at = act.now
    contract.save(update_fields=["buyer_signed_at"])
    signed(act, contract, side=process.buyer.name, identifier=process.buyer.identifier)
    return contract


@command(on=Process, input=SignContract)
def sign_for_supplier(act: Act, process: Process, data: SignContract) -> Contract:
    """Sign the contract for the supplier"""
    contract = to_sign(process, data)
    supplier = contract.award.suppliers.filter(identifier=act.actor.organisation).first()
    twice = Reason("signed_twice", "The supplier has signed this contract already.", field="contract")
    refuse_any(rules.own_contract(is_own=supplier is not None), twice if contract.supplier_signed_at else None)
    assert supplier
    contract.supplier_signed_at = act.now
    contract.save(update_fields=["supplier_signed_at"])
    signed(act, contract, side=supplier.name, identifier=supplier.identifier)
    return contract


def to_sign(process: Process, data: SignContract) -> Contract:
    contract = contract_named(process, data.contract, signed=False)
    text = "Tick that you have read the contract and sign it."
    refuse_any(
        None if data.agreed else Reason("not_agreed", text, field="agreed"),
        rules.award_in_force(contract.award.status),
    )
    return contract


def signed(act: Act, contract: Contract, *, side: str, identifier: str) -> None:
    """Publish one signature; with the second the contract is in force and published in full."""
    if not contract.is_signed:
        signatory = (OrganizationReference(id=identifier, name=side),)
        part = notices.part_of(contract, signatories=signatory)
        act.record(SignatureRecorded(contract=part, contract_title=contract.title, side=side))
        return
    contract.status = "active"
    contract.save(update_fields=["status"])
    act.move("delivery")
    act.record(ContractSigned(contract=published(act, contract), contract_title=contract.title))


def published(act: Act, contract: Contract) -> dict[str, object]:
    """The whole contract with its documents and both signatories."""
    files = told_now(contract.process, part="contract", now=act.now)
    suppliers = list(contract.award.suppliers.order_by("identifier"))
    sides = [contract.process.buyer, *suppliers]
    references = tuple(OrganizationReference(id=each.identifier, name=each.name) for each in sides)
    documents = tuple(document(each, contract.process) for each in files)
    more = notices.part_of(contract, signatories=references, documents=documents)
    return {**notices.whole(contract), **more}
