"""Parts used all over a release: values, periods, items, documents, milestones, amendments, references. Pure."""

from typing import Annotated

from msgspec import Meta

from tenderwell.public.ocds.codelists import MilestoneStatus
from tenderwell.public.ocds.part import Currency, Instant, Number, Part


class Value(Part, frozen=True):
    """amount: exact, without VAT unless the field says otherwise; at most 15 significant digits."""

    amount: Number | None = None
    currency: Currency | None = None


class Period(Part, frozen=True):
    """end_date: at that instant the period is over."""

    start_date: Instant | None = None
    end_date: Instant | None = None
    max_extent_date: Instant | None = None
    duration_in_days: int | None = None


class Classification(Part, frozen=True):
    scheme: str | None = None
    id: str | None = None
    description: str | None = None
    uri: str | None = None


class Unit(Part, frozen=True):
    scheme: str | None = None
    id: str | None = None
    name: str | None = None
    value: Value | None = None
    uri: str | None = None


class Item(Part, frozen=True):
    """Goods, works or services, by lot. Extension: lots."""

    id: str
    description: str | None = None
    classification: Classification | None = None
    additional_classifications: tuple[Classification, ...] = ()
    quantity: Number | None = None
    unit: Unit | None = None
    related_lot: str | None = None


class Identifier(Part, frozen=True):
    scheme: str | None = None
    id: str | None = None
    legal_name: str | None = None
    uri: str | None = None


class Address(Part, frozen=True):
    street_address: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country_name: str | None = None


class OrganizationReference(Part, frozen=True):
    """Points to a party by its id."""

    id: str
    name: str | None = None


class Document(Part, frozen=True):
    """Extensions: lots, documentation details. sha256: of the file as served; published at once.

    Ours: sha256, size, version, available_date: until then the address of a withheld document gives nothing.
    """

    id: str
    document_type: str | None = None
    title: str | None = None
    description: str | None = None
    url: str | None = None
    date_published: Instant | None = None
    date_modified: Instant | None = None
    format: str | None = None
    language: str | None = None
    page_start: str | None = None
    page_end: str | None = None
    access_details: str | None = None
    related_lots: tuple[str, ...] = ()
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")] | None = None
    size: int | None = None
    version: int | None = None
    available_date: Instant | None = None


class Milestone(Part, frozen=True):
    """Ours: evidence, what shows that it was met; owner, a role."""

    id: str
    title: str | None = None
    type: str | None = None
    description: str | None = None
    code: str | None = None
    due_date: Instant | None = None
    date_met: Instant | None = None
    date_modified: Instant | None = None
    status: MilestoneStatus | None = None
    related_lots: tuple[str, ...] = ()
    evidence: str | None = None
    owner: str | None = None


class Difference(Part, frozen=True):
    """One readable change: the field, and what was and is there. Ours."""

    id: str
    field: str
    before: str | None = None
    after: str | None = None


class Amendment(Part, frozen=True):
    """A change of a tender, award or contract.

    Ours: differences, user_impact, approved_by or rejected_by (a role), rejection (the reason), value_change, and
    cumulative_share: all changes so far as a fraction of the value at signing (0.125 is 12.5 %), against limit_share
    of the jurisdiction.
    """

    id: str
    date: Instant | None = None
    rationale: str | None = None
    description: str | None = None
    amends_release_id: str | None = None
    release_id: str | None = None
    related_lots: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    user_impact: str | None = None
    approved_by: str | None = None
    rejected_by: str | None = None
    rejection: str | None = None
    value_change: Value | None = None
    cumulative_share: Number | None = None
    limit_share: Number | None = None


class RelatedProcess(Part, frozen=True):
    id: str
    relationship: tuple[str, ...] = ()
    title: str | None = None
    scheme: str | None = None
    identifier: str | None = None
    uri: str | None = None
    related_lots: tuple[str, ...] = ()


class MilestoneReference(Part, frozen=True):
    id: str
    title: str | None = None


class ObservationUnit(Part, frozen=True):
    name: str | None = None
    scheme: str | None = None
    id: str | None = None
    uri: str | None = None


class Observation(Part, frozen=True):
    """One measured, forecast or agreed value. Extension: metrics."""

    id: str
    period: Period | None = None
    value: Value | None = None
    measure: str | None = None
    unit: ObservationUnit | None = None
    notes: str | None = None
    related_implementation_milestone: MilestoneReference | None = None


class Metric(Part, frozen=True):
    """What is measured. Extension: metrics. Ours: related_outcome, the planned outcome it answers."""

    id: str
    title: str | None = None
    description: str | None = None
    observations: tuple[Observation, ...] = ()
    related_outcome: str | None = None


class Statistic(Part, frozen=True):
    """A number about bids or complaints. Extensions: bids, statistics."""

    id: str
    measure: str
    value: Number
    scope: str | None = None
    date: Instant | None = None
    currency: Currency | None = None
    notes: str | None = None
    related_lot: str | None = None
