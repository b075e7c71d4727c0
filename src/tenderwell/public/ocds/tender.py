"""The tender: what is bought, in which lots, by when, how to ask and who opens the bids. Pure."""

from tenderwell.public.ocds.codelists import Category, Method, Permission, TenderStatus
from tenderwell.public.ocds.common import (
    Address,
    Amendment,
    Classification,
    Document,
    Item,
    Metric,
    Milestone,
    OrganizationReference,
    Period,
    Value,
)
from tenderwell.public.ocds.criteria import AwardCriteria, Criterion, Evaluation, ExclusionGrounds, SelectionCriteria
from tenderwell.public.ocds.part import Instant, Part, Sha256


class BidOpening(Part, frozen=True):
    """When bids are opened. Extension: bidOpening."""

    date: Instant | None = None
    description: str | None = None
    address: Address | None = None


class SubmissionTerms(Part, frozen=True):
    """Extension: submissionTerms."""

    electronic_submission_policy: Permission | None = None
    variant_policy: Permission | None = None
    electronic_catalog_policy: Permission | None = None
    languages: tuple[str, ...] = ()
    bid_validity_period: Period | None = None
    deposits_guarantees: str | None = None
    multiple_bids_allowed: bool | None = None
    subcontracting_clauses: tuple[str, ...] = ()


class OtherRequirements(Part, frozen=True):
    """Extension: otherRequirements."""

    reserved_participation: tuple[str, ...] = ()
    security_clearance: str | None = None


class ContractTerms(Part, frozen=True):
    """Extension: contractTerms."""

    has_electronic_payment: bool | None = None
    electronic_invoicing_policy: Permission | None = None
    performance_terms: str | None = None
    financial_terms: str | None = None
    other_terms: str | None = None
    rewards_and_penalties: str | None = None
    social_standards: str | None = None


class Lot(Part, frozen=True):
    """Extensions: lots, awardCriteria, selectionCriteria, otherRequirements. Ours: sustainability."""

    id: str
    title: str | None = None
    description: str | None = None
    status: TenderStatus | None = None
    value: Value | None = None
    tender_period: Period | None = None
    contract_period: Period | None = None
    main_procurement_category: Category | None = None
    award_criteria: AwardCriteria | None = None
    selection_criteria: SelectionCriteria | None = None
    other_requirements: OtherRequirements | None = None
    contract_terms: ContractTerms | None = None
    bid_opening: BidOpening | None = None
    sustainability: str | None = None


class LotDetails(Part, frozen=True):
    maximum_lots_bid_per_supplier: int | None = None
    maximum_lots_awarded_per_supplier: int | None = None
    award_criteria_details: str | None = None


class LotGroup(Part, frozen=True):
    id: str
    title: str | None = None
    description: str | None = None
    related_lots: tuple[str, ...] = ()
    option_to_combine: bool | None = None
    maximum_value: Value | None = None


class Enquiry(Part, frozen=True):
    """A question and its answer to all; the asker stays hidden. Extension: enquiries."""

    id: str
    date: Instant | None = None
    title: str | None = None
    description: str | None = None
    answer: str | None = None
    date_answered: Instant | None = None
    related_item: str | None = None
    related_lot: str | None = None
    thread_id: str | None = None


class Procedure(Part, frozen=True):
    """Extension: procedure."""

    is_accelerated: bool | None = None
    accelerated_rationale: str | None = None
    features: str | None = None


class Communication(Part, frozen=True):
    """Extension: communication."""

    future_notice_date: Instant | None = None
    document_availability_period: Period | None = None
    atypical_tool_name: str | None = None
    atypical_tool_url: str | None = None


class Brief(Part, frozen=True):
    """What every requirement answers, and what it may answer besides. Ours. Source: guidelines 4.2.1, Table 17."""

    problem: str | None = None
    users: str | None = None
    skills: str | None = None
    standards: str | None = None
    work_stage: str | None = None
    latest_start_date: Instant | None = None
    maximum_budget: Value | None = None
    payment_approach: str | None = None
    incentives: str | None = None
    expected_length: str | None = None
    questions: str | None = None
    engagement_results: str | None = None
    working_arrangements: str | None = None
    handover: str | None = None
    security_clearance: str | None = None
    invoicing: str | None = None


class CommitteeMember(Part, frozen=True):
    """An office that holds a key. recipient: its public age key."""

    id: str
    recipient: str
    name: str | None = None
    role: str | None = None


class Committee(Part, frozen=True):
    """Who opens the bids, or the prices alone: any k of n. The fields of the logged record, and its hash. Ours."""

    id: str
    k: int
    n: int
    members: tuple[CommitteeMember, ...] = ()
    type: str | None = None
    tender: str | None = None
    sha256: Sha256 | None = None
    date: Instant | None = None


class OpenedBid(Part, frozen=True):
    """One sealed bid at opening: its leaf in the ledger, its commitment and what was found. Ours.

    preimage: what the blind leaf commits to (JCS of it, hashed, is the leaf's c), so that anybody can open the leaf.
    stage: which envelope of a bid it is, where a bid has several.
    """

    id: str
    index: int | None = None
    commitment: Sha256 | None = None
    stage: str | None = None
    verdict: str | None = None
    reason: str | None = None
    preimage: dict[str, str] = {}


class ReleasedShares(Part, frozen=True):
    """What one member released at one time, each bid with a leaf of its own in the ledger. bids: how many. Ours."""

    id: str
    member: str | None = None
    date: Instant | None = None
    stage: str | None = None
    bids: int | None = None


class OpeningRecord(Part, frozen=True):
    """The minutes of the opening, complete by the ledger. *_index: first and last leaf looked at. Ours."""

    date: Instant | None = None
    first_index: int | None = None
    last_index: int | None = None
    received: int | None = None
    withdrawn: int | None = None
    replaced: int | None = None
    late: int | None = None
    opened: int | None = None
    shares: int | None = None
    releases: tuple[ReleasedShares, ...] = ()
    bids: tuple[OpenedBid, ...] = ()


class Outage(Part, frozen=True):
    """The service's silence between two heartbeats, with their entries in the ledger. Ours."""

    id: str
    period: Period | None = None
    index_before: int | None = None
    index_after: int | None = None


class OutageExtension(Part, frozen=True):
    """Outages that let bids close later, with the rule's figures, so that anybody can recompute the new end. Ours.

    counted_seconds: how much of the outages fell into the last `hours` before previous_end. id: of the amendment.
    """

    id: str
    date: Instant | None = None
    previous_end: Instant | None = None
    new_end: Instant | None = None
    counted_seconds: int | None = None
    hours: int | None = None
    tolerated_seconds: int | None = None
    final_minutes: int | None = None
    step_minutes: int | None = None
    source: str | None = None
    outages: tuple[Outage, ...] = ()


class Tender(Part, frozen=True):
    """The call for bids. Ours: standstill_period, and everything from brief on."""

    id: str
    title: str | None = None
    description: str | None = None
    status: TenderStatus | None = None
    status_details: str | None = None
    procuring_entity: OrganizationReference | None = None
    items: tuple[Item, ...] = ()
    value: Value | None = None
    min_value: Value | None = None
    procurement_method: Method | None = None
    procurement_method_details: str | None = None
    procurement_method_rationale: str | None = None
    main_procurement_category: Category | None = None
    main_procurement_category_details: str | None = None
    additional_procurement_categories: tuple[str, ...] = ()
    award_criteria: str | None = None
    award_criteria_details: str | None = None
    submission_method: tuple[str, ...] = ()
    submission_method_details: str | None = None
    tender_period: Period | None = None
    enquiry_period: Period | None = None
    has_enquiries: bool | None = None
    eligibility_criteria: str | None = None
    award_period: Period | None = None
    contract_period: Period | None = None
    standstill_period: Period | None = None
    number_of_tenderers: int | None = None
    tenderers: tuple[OrganizationReference, ...] = ()
    documents: tuple[Document, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    lots: tuple[Lot, ...] = ()
    lot_details: LotDetails | None = None
    lot_groups: tuple[LotGroup, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    selection_criteria: SelectionCriteria | None = None
    exclusion_grounds: ExclusionGrounds | None = None
    other_requirements: OtherRequirements | None = None
    submission_terms: SubmissionTerms | None = None
    contract_terms: ContractTerms | None = None
    bid_opening: BidOpening | None = None
    targets: tuple[Metric, ...] = ()
    procedure: Procedure | None = None
    communication: Communication | None = None
    legal_basis: Classification | None = None
    cross_border_law: str | None = None
    brief: Brief | None = None
    evaluation: Evaluation | None = None
    committee: Committee | None = None
    price_committee: Committee | None = None
    opening_record: OpeningRecord | None = None
    outage_extensions: tuple[OutageExtension, ...] = ()
    cancellation_rationale: str | None = None
