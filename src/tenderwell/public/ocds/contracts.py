"""Awards, contracts and how they are carried out, to the final account. Pure."""

from tenderwell.public.ocds.codelists import AwardStatus, ContractStatus, InvoiceStatus
from tenderwell.public.ocds.common import (
    Amendment,
    Document,
    Item,
    Metric,
    Milestone,
    MilestoneReference,
    OrganizationReference,
    Period,
    RelatedProcess,
    Value,
)
from tenderwell.public.ocds.part import Instant, Number, Part


class Award(Part, frozen=True):
    """Extensions: lots, bids, statusDetails, metrics. Ours: rationale and what follows it."""

    id: str
    title: str | None = None
    description: str | None = None
    status: AwardStatus | None = None
    status_details: str | None = None
    date: Instant | None = None
    value: Value | None = None
    suppliers: tuple[OrganizationReference, ...] = ()
    items: tuple[Item, ...] = ()
    contract_period: Period | None = None
    documents: tuple[Document, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    related_lots: tuple[str, ...] = ()
    related_bids: tuple[str, ...] = ()
    agreed_metrics: tuple[Metric, ...] = ()
    rationale: str | None = None
    standstill_period: Period | None = None
    complaint_period: Period | None = None
    date_letters_sent: Instant | None = None


class Transaction(Part, frozen=True):
    """Extension: transaction_milestones. Ours: related_invoice, days_to_pay from the receipt of the invoice."""

    id: str
    source: str | None = None
    date: Instant | None = None
    value: Value | None = None
    payer: OrganizationReference | None = None
    payee: OrganizationReference | None = None
    uri: str | None = None
    related_invoice: str | None = None
    related_implementation_milestone: MilestoneReference | None = None
    days_to_pay: int | None = None


class Invoice(Part, frozen=True):
    """Ours. Source: guidelines 4.4.2; days to pay are public."""

    id: str
    status: InvoiceStatus | None = None
    value: Value | None = None
    date: Instant | None = None
    date_received: Instant | None = None
    date_due: Instant | None = None
    date_accepted: Instant | None = None
    date_paid: Instant | None = None
    related_milestone: str | None = None
    reason: str | None = None


class PerformanceFailure(Part, frozen=True):
    """Extension: performance_failures."""

    id: str
    period: Period | None = None
    category: str | None = None
    events: Number | None = None
    penalty_contracted: str | None = None
    penalty_imposed: str | None = None
    penalty_paid: bool | None = None


class Review(Part, frozen=True):
    """What buyer and supplier say about each other. by: buyer or supplier. Ours."""

    id: str
    by: str
    date: Instant | None = None
    rating: int | None = None
    description: str | None = None
    reply: str | None = None


class Acceptance(Part, frozen=True):
    """That what was agreed has come. accepted_by: a role. Ours."""

    date: Instant
    accepted_by: str | None = None
    description: str | None = None


class ClosingQuestions(Part, frozen=True):
    """The three questions at the end. Ours. Source: guidelines 4.4.4."""

    as_asked: str | None = None
    as_needed: str | None = None
    difference: str | None = None


class Implementation(Part, frozen=True):
    """Extensions: metrics, contract_completion, performance_failures, implementationStatus. Ours: the rest."""

    transactions: tuple[Transaction, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    documents: tuple[Document, ...] = ()
    metrics: tuple[Metric, ...] = ()
    performance_failures: tuple[PerformanceFailure, ...] = ()
    status: str | None = None
    end_date: Instant | None = None
    end_date_details: str | None = None
    final_value: Value | None = None
    final_value_details: str | None = None
    invoices: tuple[Invoice, ...] = ()
    reviews: tuple[Review, ...] = ()
    acceptance: Acceptance | None = None
    closing_questions: ClosingQuestions | None = None


class Contract(Part, frozen=True):
    """Extensions: contract_suppliers, signatories, bids, statusDetails, metrics."""

    id: str
    award_id: str
    title: str | None = None
    description: str | None = None
    status: ContractStatus | None = None
    status_details: str | None = None
    period: Period | None = None
    value: Value | None = None
    items: tuple[Item, ...] = ()
    date_signed: Instant | None = None
    suppliers: tuple[OrganizationReference, ...] = ()
    signatories: tuple[OrganizationReference, ...] = ()
    documents: tuple[Document, ...] = ()
    implementation: Implementation | None = None
    related_processes: tuple[RelatedProcess, ...] = ()
    related_bids: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    agreed_metrics: tuple[Metric, ...] = ()
