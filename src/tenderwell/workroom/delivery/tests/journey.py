"""From a decision to a closed contract, by commands only."""

from datetime import datetime, timedelta
from typing import Any

from tenderwell.core.command import Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.awarding.tests.journey import again, decided, standstill_end
from tenderwell.workroom.delivery.commands import changing, closing, contracting, paying, progress
from tenderwell.workroom.delivery.models import Contract
from tenderwell.workroom.delivery.queries import paid_for
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas

DAY = timedelta(days=1)
CONTRACT = "contract-1"
WRONG = "The draft names the wrong year for the second school."
REASON = "The first school has a second roof that nobody knew of."


def begins(process: Process) -> datetime:
    """When the contract can be signed."""
    return standstill_end(process) if "standstillPeriod" in process.periods else process.begun_at + 2 * DAY


@remembered
def contracted(process: Process | None = None, *, now: datetime | None = None, **given: Any) -> Process:
    """Gus draws the contract up, once it can be signed unless told otherwise."""
    process = process or decided()
    data = contracting.DraftContract(**{"award": "award-1", **given})
    perform(contracting.draft_contract, personas().gus, process.ocid, data, now=now or begins(process))
    return again(process)


def withdrawn(
    process: Process, *, by: Actor | None = None, contract: str = CONTRACT, reason: str = WRONG, **given: Any
) -> Any:
    """Gus withdraws the draft, unless told otherwise."""
    data = contracting.WithdrawContract(contract=contract, reason=reason, **given)
    return perform(contracting.withdraw_contract, by or personas().gus, process.ocid, data, now=begins(process))


def sign(process: Process, *, now: datetime | None = None, contract: str = CONTRACT) -> None:
    """Abe signs for the city, Bob for his firm."""
    data, moment = contracting.SignContract(contract=contract, agreed=True), now or begins(process)
    perform(contracting.sign_for_buyer, personas().abe, process.ocid, data, now=moment)
    perform(contracting.sign_for_supplier, personas().bob, process.ocid, data, now=moment)


@remembered
def signed(process: Process | None = None) -> Process:
    """A contract in force."""
    process = contracted(process)
    sign(process)
    return again(process)


def contract_of(process: Process) -> Contract:
    found: Contract = process.contracts.get(code=CONTRACT)
    return found


def invoiced(process: Process, amount: str = "300.00", *, number: str = "R-1", now: datetime | None = None) -> Any:
    data = paying.SubmitInvoice(contract=CONTRACT, number=number, amount=amount)
    return perform(paying.submit_invoice, personas().bob, process.ocid, data, now=now or begins(process) + DAY)


def accepted(process: Process, code: str = "invoice-1", *, now: datetime | None = None, dispute: str = "") -> Any:
    data = paying.AcceptInvoice(contract=CONTRACT, invoice=code, dispute=dispute)
    return perform(paying.accept_invoice, personas().gus, process.ocid, data, now=now or begins(process) + 2 * DAY)


def paid(process: Process, code: str = "invoice-1", *, now: datetime | None = None) -> Any:
    data = paying.PayInvoice(contract=CONTRACT, invoice=code)
    return perform(paying.pay_invoice, personas().ben, process.ocid, data, now=now or begins(process) + 21 * DAY)


def proposed(
    process: Process, amount: str, *, by: Actor | None = None, now: datetime | None = None, **given: Any
) -> Any:
    data = changing.ProposeChange(
        contract=CONTRACT,
        description="The annexe gets a new roof as well.",
        reason=REASON,
        user_impact="Two more classrooms stay dry.",
        amount_change=amount,
        **given,
    )
    moment = now or begins(process) + 3 * DAY
    return perform(changing.propose_change, by or personas().gus, process.ocid, data, now=moment)


def approved(process: Process, code: str = "change-1", *, by: Actor | None = None, now: datetime | None = None) -> Any:
    data = changing.ApproveChange(contract=CONTRACT, change=code)
    moment = now or begins(process) + 4 * DAY
    return perform(changing.approve_change, by or personas().abe, process.ocid, data, now=moment)


def rejected(process: Process, code: str = "change-1", *, by: Actor | None = None, now: datetime | None = None) -> Any:
    data = changing.RejectChange(contract=CONTRACT, change=code, reason="The annexe is bought by itself next year.")
    moment = now or begins(process) + 4 * DAY
    return perform(changing.reject_change, by or personas().abe, process.ocid, data, now=moment)


def milestone(process: Process, *, now: datetime | None = None) -> Any:
    moment = now or begins(process) + DAY
    data = progress.AddMilestone(contract=CONTRACT, title="First school covered", due_at=moment + 30 * DAY)
    return perform(progress.add_milestone, personas().gus, process.ocid, data, now=moment)


def met(process: Process, code: str = "milestone-1", *, now: datetime | None = None) -> Any:
    data = progress.MeetMilestone(contract=CONTRACT, milestone=code, evidence="Report of the site visit")
    return perform(progress.meet_milestone, personas().gus, process.ocid, data, now=now or begins(process) + 20 * DAY)


def measured(process: Process, value: str = "4", *, now: datetime | None = None) -> Any:
    moment = now or begins(process) + 60 * DAY
    data = progress.ReportResult(contract=CONTRACT, outcome="outcome-1", measured=value, measured_at=moment)
    return perform(progress.report_result, personas().gus, process.ocid, data, now=moment)


def reviewed(process: Process, by: Actor, *, now: datetime | None = None) -> Any:
    data = progress.ReviewPartner(contract=CONTRACT, rating=4, text="Clear words and quick answers.")
    return perform(progress.review_partner, by, process.ocid, data, now=now or begins(process) + 61 * DAY)


def closed(process: Process, *, now: datetime | None = None, contract: str = CONTRACT, **given: Any) -> Any:
    """The final account is what was paid, unless told otherwise."""
    account = {"accepted": True, "final_amount": paid_for(process.contracts.get(code=contract)), **given}
    data = closing.CloseContract(
        contract=contract,
        **account,
        as_asked="Yes, all twelve roofs are tight.",
        as_needed="Yes; no lesson was lost this winter.",
        difference="One school needed a second visit.",
        lessons=["Survey the annexes as well.", "Ask for tiles in the early notice."],
    )
    return perform(closing.close_contract, personas().gus, process.ocid, data, now=now or begins(process) + 90 * DAY)


@remembered
def delivered(process: Process | None = None) -> Process:
    """The whole way: milestone, invoice, payment, change, result, reviews, close."""
    process = signed(process)
    milestone(process)
    invoiced(process)
    accepted(process)
    proposed(process, "50.00")
    approved(process)
    paid(process)
    met(process)
    measured(process)
    reviewed(process, personas().gus)
    reviewed(process, personas().bob)
    closed(process)
    return again(process)
