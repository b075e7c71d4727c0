"""Contracts as pages, forms and rules ask for them."""

from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from tenderwell.core.command import Act, Moment, provides
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.public.portal.sentences import entry
from tenderwell.ui.formats import money_text
from tenderwell.workroom.awarding.rules import DRAFTED
from tenderwell.workroom.delivery import rules
from tenderwell.workroom.delivery.models import Change, Contract, Invoice, Milestone
from tenderwell.workroom.delivery.rules import UNSIGNED_BY_BUYER, UNSIGNED_BY_SUPPLIER
from tenderwell.workroom.planning.queries import funds_of
from tenderwell.workroom.planning.rules import COMMITTED, funds_cover_contracts
from tenderwell.workroom.process.models import Process

Choices = list[tuple[str, str]]


def contract_named(process: Process, code: str, *, signed: bool | None = None) -> Contract:
    """The contract with this public id; refuses an unknown one, and one that is not (or already) signed as asked."""
    contract = process.contracts.select_related("award", "process__buyer").filter(code=code).first()
    refuse_any(None if contract else Reason("no_such_contract", "There is no such contract.", field="contract"))
    assert contract
    refuse_any(rules.as_asked(contract.status, is_signed=contract.is_signed, signed=signed))
    return contract


def standing(process: Process) -> QuerySet[Contract]:
    """The contracts whose award was not taken back, and whose draft was not withdrawn."""
    return process.contracts.exclude(award__status="cancelled").exclude(status="cancelled")


def drafts(process: Process) -> QuerySet[Contract]:
    """The contracts that not both have signed."""
    return standing(process).filter(status="pending")


def is_complete(process: Process) -> bool:
    """Whether every contract is closed, and no award waits to be contracted anew after its draft was withdrawn."""
    held = standing(process)
    done = Q(award__in=held.values("award")) | Q(award__in=process.contracts.filter(ends_award=True).values("award"))
    waits = process.contracts.filter(award__status="active").exclude(withdrawal="").exclude(done)
    return not held.exclude(status="terminated").exists() and not waits.exists()


def contract_choices(process: Process, actor: object) -> Choices:
    return named(standing(process))


def draft_choices(process: Process, actor: object) -> Choices:
    return named(drafts(process))


def named(found: QuerySet[Contract]) -> Choices:
    return [(each.code, entry(each.code, text=each.title)) for each in found.order_by("code")]


@provides(DRAFTED)
def drafted(moment: Moment) -> tuple[tuple[str, str], ...]:
    return tuple(drafts(moment.subject).order_by("code").values_list("code", "award__code"))


@provides(UNSIGNED_BY_BUYER)
def unsigned_by_buyer(moment: Moment) -> bool:
    return drafts(moment.subject).filter(buyer_signed_at=None).exists()


@provides(UNSIGNED_BY_SUPPLIER)
def unsigned_by_supplier(moment: Moment) -> bool:
    own = drafts(moment.subject).filter(award__suppliers__identifier=moment.actor.organisation)
    return own.filter(supplier_signed_at=None).exists()


def acts_for_buyer(act: Act) -> bool:
    """Whether somebody of the buyer's team acts, not of the supplier."""
    roles: frozenset[str] = act.subject.roles_of(act.actor)
    return "supplier" not in roles


def is_suppliers(contract: Contract, organisation: str) -> bool:
    """Whether the organisation is a supplier of this very contract."""
    return bool(contract.award.suppliers.filter(identifier=organisation).exists())


def award_choices(process: Process, actor: object) -> Choices:
    held = process.awards.filter(status="active").prefetch_related("suppliers").order_by("code")
    return [(each.code, entry(each.code, text=", ".join(s.name for s in each.suppliers.all()))) for each in held]


def changes_waiting(process: Process, actor: object) -> Choices:
    """The proposed changes that nobody has decided yet."""
    found = Change.objects.filter(contract__process=process, approved_at=None, rejected_at=None)
    rows = found.select_related("contract").order_by("contract__code", "code")
    return [(each.code, entry(each.contract.code, each.code, text=each.description[:80])) for each in rows]


def invoices_to_check(process: Process, actor: object) -> Choices:
    return invoices_waiting(process, accepted=False)


def invoices_to_pay(process: Process, actor: object) -> Choices:
    return invoices_waiting(process, accepted=True)


def invoices_waiting(process: Process, *, accepted: bool) -> Choices:
    """The unpaid invoices that nobody disputed, accepted already or not yet."""
    found = Invoice.objects.filter(contract__process=process, paid_at=None, disputed_reason="")
    rows = found.filter(accepted_at__isnull=not accepted).select_related("contract").order_by("received_at", "code")
    return [(each.code, entry(each.contract.code, each.code, text=asked_for(each))) for each in rows]


def asked_for(invoice: Invoice) -> str:
    """The supplier's own number of an invoice and its amount."""
    return f"{invoice.number}, {money_text(invoice.amount, currency=invoice.contract.currency)}"


def open_milestones(process: Process, actor: object) -> Choices:
    found = Milestone.objects.filter(contract__process=process, met_at=None).select_related("contract")
    rows = found.order_by("due_at", "code")
    return [(each.code, entry(each.contract.code, each.code, text=each.title)) for each in rows]


def committed(process: Process) -> Decimal:
    """What the contracts come to that the buyer has signed, in the currency of the process."""
    found = standing(process).exclude(buyer_signed_at=None).filter(currency=process.value_currency)
    return sum(found.values_list("amount", flat=True), Decimal(0))


@provides(COMMITTED)
def committed_now(moment: Moment) -> Decimal:
    return committed(moment.subject)


def short_of_funds(contract: Contract, amount: Decimal, *, field: str) -> Reason | None:
    """Why the buyer cannot bind itself to so much more by this contract. No funds are told in another currency."""
    process = contract.process
    if contract.currency != process.value_currency:
        return None
    return funds_cover_contracts(committed(process) + amount, funds_of(process), field=field)


def undecided_changes(contract: Contract) -> QuerySet[Change]:
    return contract.changes.filter(approved_at=None, rejected_at=None)


def approved_changes(contract: Contract) -> list[Decimal]:
    """Of contracts whose changes were loaded with them, without another query."""
    return [change.amount_change for change in contract.changes.all() if change.approved_at]


def invoiced(contract: Contract) -> Decimal:
    """The sum of all invoices that are not disputed."""
    total = contract.invoices.filter(disputed_reason="").aggregate(total=Sum("amount"))["total"]
    return total or Decimal(0)


def paid_for(contract: Contract) -> Decimal:
    """The sum of all invoices that were paid."""
    total = contract.invoices.exclude(paid_at=None).aggregate(total=Sum("amount"))["total"]
    return total or Decimal(0)


def outcome_choices(process: Process, actor: object) -> Choices:
    """The outcomes planned, for a result to name the one it measures."""
    from tenderwell.workroom.planning.queries import outcomes_of

    return [(each.code, each.title) for each in outcomes_of(process)]
