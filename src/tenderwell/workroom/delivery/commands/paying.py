"""Invoices: submitted by the supplier, accepted or disputed, paid; how long it took is public."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.core.periods import Period
from tenderwell.public.ocds import Implementation
from tenderwell.workroom.delivery import notices, rules
from tenderwell.workroom.delivery.events import InvoiceAnswered, InvoicePaid, InvoiceReceived
from tenderwell.workroom.delivery.models import Contract, Invoice
from tenderwell.workroom.delivery.queries import (
    contract_choices,
    contract_named,
    invoiced,
    invoices_to_check,
    invoices_to_pay,
    is_suppliers,
)
from tenderwell.workroom.process.models import Process

ContractCode = Annotated[str, ChoicesFrom(contract_choices)]


class SubmitInvoice(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    number: str = Field(title="Your invoice number", min_length=1, max_length=60)
    amount: Decimal = Field(title="Amount", description="Without tax", gt=0, max_digits=16, decimal_places=2)


class AcceptInvoice(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    invoice: Annotated[str, ChoicesFrom(invoices_to_check)] = Field(title="Invoice", max_length=60)
    dispute: Text = Field("", title="What is wrong with it", description="Empty: it is accepted", max_length=2000)


class PayInvoice(BaseModel):
    contract: ContractCode = Field(title="Contract", max_length=120)
    invoice: Annotated[str, ChoicesFrom(invoices_to_pay)] = Field(title="Invoice", max_length=60)


@command(on=Process, input=SubmitInvoice)
def submit_invoice(act: Act, process: Process, data: SubmitInvoice) -> Invoice:
    """Send an invoice"""
    contract = contract_named(process, data.contract, signed=True)
    is_double = contract.invoices.filter(number=data.number, disputed_reason="").exists()
    refuse_any(
        rules.own_contract(is_own=is_suppliers(contract, act.actor.organisation)),
        Reason("double_invoice", "You have sent this invoice already.", field="number") if is_double else None,
        rules.not_above(data.amount, contract.amount - invoiced(contract), field="amount"),
    )
    invoice = Invoice.objects.create(
        contract=contract,
        code=f"invoice-{contract.invoices.count() + 1}",
        number=data.number,
        amount=data.amount,
        received_at=act.now,
        due_at=rules.payment_due(act.now, act.jurisdiction.payment_days.days),
    )
    remind(process, invoice)
    act.record(InvoiceReceived(contract=shown(contract, invoice), what=invoice.code))
    return invoice


def remind(process: Process, invoice: Invoice) -> None:
    """The desk counts down to the day when the law wants it paid."""
    process.set_period(f"payment:{invoice.contract.code}:{invoice.code}", Period(invoice.received_at, invoice.due_at))


def shown(contract: Contract, invoice: Invoice) -> dict[str, object]:
    return notices.part_of(contract, implementation=Implementation(invoices=(notices.invoice(invoice),)))


@command(on=Process, input=AcceptInvoice)
def accept_invoice(act: Act, process: Process, data: AcceptInvoice) -> Invoice:
    """Accept or dispute an invoice"""
    contract = contract_named(process, data.contract, signed=True)
    invoice = waiting(contract, data.invoice, accepted=False)
    invoice.accepted_at, invoice.disputed_reason = None if data.dispute else act.now, data.dispute
    invoice.accepted_by = "" if data.dispute else act.actor.id
    invoice.save(update_fields=["accepted_at", "accepted_by", "disputed_reason"])
    answer = "disputed" if data.dispute else "accepted"
    what = f"{invoice.code}, {answer}"
    act.record(InvoiceAnswered(contract=shown(contract, invoice), what=what))
    return invoice


@command(on=Process, input=PayInvoice)
def pay_invoice(act: Act, process: Process, data: PayInvoice) -> Invoice:
    """Record a payment"""
    contract = contract_named(process, data.contract, signed=True)
    invoice = waiting(contract, data.invoice, accepted=True)
    law, value = act.jurisdiction.two_people_above, process.value_amount or Decimal(0)
    refuse_any(
        rules.paid_by_second(
            accepter=invoice.accepted_by, payer=act.actor.id, value=value, limit=law.value, source=law.source
        )
    )
    invoice.paid_at = act.now
    invoice.save(update_fields=["paid_at"])
    process.periods.pop(f"payment:{contract.code}:{invoice.code}", None)
    process.save(update_fields=["periods"])
    done = Implementation(invoices=(notices.invoice(invoice),), transactions=(notices.payment(invoice),))
    part = notices.part_of(contract, implementation=done)
    what = f"{invoice.code} after {invoice.days_to_pay} days"
    act.record(InvoicePaid(contract=part, what=what))
    return invoice


def waiting(contract: Contract, code: str, *, accepted: bool) -> Invoice:
    """The unpaid invoice, accepted already or not yet."""
    found = contract.invoices.filter(code=code, paid_at=None, disputed_reason="", accepted_at__isnull=not accepted)
    invoice = found.first()
    text = "No such invoice waits for payment." if accepted else "No such invoice waits to be checked."
    refuse_any(None if invoice else Reason("no_such_invoice", text, field="invoice"))
    assert invoice
    return invoice
