"""What must hold of contracts, changes, payments and the close. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.awarding.rules import DRAFTED

UNSIGNED_BY_BUYER = Fact[bool]("delivery.unsigned_by_buyer", False)  # whether such a draft waits
UNSIGNED_BY_SUPPLIER = Fact[bool]("delivery.unsigned_by_supplier", False)  # a draft of whoever asks
SIGN_FOR_BUYER = ("approver", "budget_holder")


def standstill_over(facts: Facts) -> Reason | None:
    """No contract before the time to challenge the decision is over."""
    period = facts.periods.get("standstillPeriod")
    if period is None or period.is_over(facts.now):
        return None
    text = "The standstill runs until {until}. The contract can be signed after it."
    values = {"until": period.end}
    return Reason("standstill", text, "89/665/EEC Art. 2a", values=values)


def buyer_has_to_sign(facts: Facts) -> Reason | None:
    if facts[UNSIGNED_BY_BUYER]:
        return None
    text = "No contract waits for the signature of the buyer. What both have signed is changed by proposing a change."
    return Reason("nothing_to_sign", text)


def supplier_has_to_sign(facts: Facts) -> Reason | None:
    if facts[UNSIGNED_BY_SUPPLIER]:
        return None
    text = "No contract waits for your signature. What both have signed is changed by proposing a change."
    return Reason("nothing_to_sign", text)


def draft_waits(facts: Facts) -> Reason | None:
    if facts[DRAFTED]:
        return None
    text = "There is no draft of a contract. What both have signed is changed by proposing a change."
    return Reason("no_draft", text)


def withdrawn_by_who_signs(roles: Collection[str], *, signed: bool) -> Reason | None:
    """The buyer may withdraw a draft until both have signed; its own signature is taken back by who may give it."""
    if not signed or set(roles) & set(SIGN_FOR_BUYER):
        return None
    text = "The buyer has signed this draft. An approver or the budget holder withdraws it."
    return Reason("signed_by_buyer", text, "U4SSC 4.1.1", "contract")


def as_asked(status: str, *, is_signed: bool, signed: bool | None) -> Reason | None:
    """Why a contract is not the signed, or the unsigned, one that was asked for. signed: None takes either."""
    if status == "cancelled":
        text = "The draft of this contract was withdrawn. Choose another contract, or draw up a new one."
        return Reason("contract_withdrawn", text, field="contract")
    if signed is not None and status == "terminated":
        text = "The contract is closed. Its final account is published; nothing is added to it."
        return Reason("contract_closed", text, "U4SSC 4.4.4", "contract")
    if signed is True and not is_signed:
        return Reason("not_signed", "Both sides must sign the contract first.", field="contract")
    if signed is False and is_signed:
        text = "The contract is signed already; propose a change instead."
        return Reason("already_signed", text, field="contract")
    return None


def award_in_force(status: str) -> Reason | None:
    """A contract falls with its award. status: of the award."""
    gone = Reason("award_taken_back", "The award of this contract was taken back. Draw up a new one.", field="contract")
    return None if status == "active" else gone


def change_share(at_signing: Decimal, changes: Iterable[Decimal]) -> Decimal:
    """The sum of all changes, up or down, as a fraction of the value at signing (0.125 is 12.5 %)."""
    total = sum((abs(change) for change in changes), Decimal(0))
    return total / at_signing if at_signing else Decimal(0)


def within_limit(share: Decimal, limit: Decimal, source: str) -> Reason | None:
    if share <= limit:
        return None
    text = "With this change all changes come to {share} % of the contract; the limit is {limit} %. Buy it anew."
    values = {"share": f"{share * 100:.1f}", "limit": f"{limit * 100:.1f}"}
    return Reason("change_limit", text, source, "amount_change", values)


def approved_by_other(proposer: str, approver: str) -> Reason | None:
    if proposer != approver:
        return None
    text = "Whoever proposed the change cannot approve it. Ask another approver."
    return Reason("own_change", text, "U4SSC 4.4.3")


def paid_by_second(*, accepter: str, payer: str, value: Decimal, limit: Decimal, source: str) -> Reason | None:
    """Above the limit nobody both accepts an invoice and pays it, whatever roles one person holds.

    value, limit: of the whole purchase, as for the two who must be responsible for it.
    """
    if value <= limit or accepter != payer:
        return None
    text = "You have accepted this invoice. Above {limit} somebody else must pay it."
    return Reason("own_invoice", text, f"{source}; U4SSC 4.1.1", "invoice", {"limit": f"{limit:f}"})


def own_contract(*, is_own: bool) -> Reason | None:
    """A supplier acts on its own contracts, not on those of others in the same process."""
    if is_own:
        return None
    return Reason("not_your_contract", "This contract is another supplier's.", field="contract")


def within_award(total: Decimal, awarded: Decimal | None, reason: str) -> Reason | None:
    """What was competed for is not made larger while the contract is written, but for a published reason."""
    if awarded is None or total <= awarded or reason.strip():
        return None
    text = "The contracts of this award come to {total}; {awarded} was awarded. Correct the value, or say why."
    values = {"total": f"{total:f}", "awarded": f"{awarded:f}"}
    return Reason("above_award", text, "2014/24/EU Art. 72; U4SSC 4.3.3", "value_reason", values)


def payment_due(received: datetime, days: int) -> datetime:
    """Until when an invoice must be paid. Source: 2011/7/EU Art. 4(3)."""
    return received + timedelta(days=days)


def not_above(amount: Decimal, left: Decimal, *, field: str) -> Reason | None:
    """Invoices never come to more than the contract."""
    if amount <= left:
        return None
    text = "Only {left} of the contract is left to invoice. Agree on a change first."
    return Reason("above_contract", text, "U4SSC 4.4.3", field, {"left": f"{left:f}"})


def nothing_open(*, invoices: int, milestones: int, changes: int) -> tuple[Reason | None, ...]:
    """What must be settled before a contract is closed. A disputed invoice is settled: what it asks is not owed."""
    unpaid = "Invoices not yet paid: {count}. Pay or dispute them first."
    unmet = "Milestones still open: {count}. Record that they were met, or change the contract."
    undecided = "Proposed changes without a decision: {count}. Approve or reject them first."
    return (
        Reason("unpaid", unpaid, "U4SSC 4.4.4", values={"count": str(invoices)}) if invoices else None,
        Reason("unmet", unmet, "U4SSC 4.4.4", values={"count": str(milestones)}) if milestones else None,
        Reason("change_undecided", undecided, "U4SSC 4.4.4", values={"count": str(changes)}) if changes else None,
    )


def is_accepted(*, accepted: bool) -> Reason | None:
    """Nothing is closed that nobody has accepted."""
    if accepted:
        return None
    text = "A contract is closed when what was agreed is accepted. Tick that it is, or agree on a change first."
    return Reason("not_accepted", text, "U4SSC 4.4.4", "accepted")


def period_in_order(start: datetime | None, end: datetime | None, *, field: str = "ends_at") -> Reason | None:
    """What is handed over at one time begins and ends at one instant."""
    if start is None or end is None or start <= end:
        return None
    return Reason("period_backwards", "The contract cannot end before it begins.", field=field)


def account_explained(final: Decimal, paid: Decimal, reason: str) -> Reason | None:
    """A final account that is not what was paid here takes a published reason."""
    if final == paid or reason.strip():
        return None
    text = "The paid invoices come to {paid}, not {final}. Correct the final account, or say why it differs."
    values = {"paid": f"{paid:f}", "final": f"{final:f}"}
    return Reason("account_differs", text, "U4SSC 4.4.4", "account_reason", values)
