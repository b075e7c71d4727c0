"""Bids as they are published after the opening. Extensions: bids, lots, requirements, subcontracting. Pure."""

from tenderwell.public.ocds.codelists import BidStatus, SubmissionType
from tenderwell.public.ocds.common import Document, Item, OrganizationReference, Period, Statistic, Value
from tenderwell.public.ocds.criteria import RequirementResponse
from tenderwell.public.ocds.part import Instant, Part


class LotValue(Part, frozen=True):
    """What a bid offers for one lot; id is that of the lot. Ours."""

    id: str
    value: Value | None = None


class Subcontract(Part, frozen=True):
    id: str
    subcontractor: OrganizationReference | None = None


class Subcontracting(Part, frozen=True):
    """What tenderers will have done by others."""

    description: str | None = None
    subcontracts: tuple[Subcontract, ...] = ()


class Bid(Part, frozen=True):
    """Ours: status_reason, why a bid was disqualified; lot_values, for a bid on several lots."""

    id: str
    date: Instant | None = None
    status: BidStatus | None = None
    submission_type: SubmissionType | None = None
    description: str | None = None
    tenderers: tuple[OrganizationReference, ...] = ()
    value: Value | None = None
    items: tuple[Item, ...] = ()
    validity_period: Period | None = None
    documents: tuple[Document, ...] = ()
    related_lots: tuple[str, ...] = ()
    has_rank: bool | None = None
    rank: int | None = None
    variant: bool | None = None
    requirement_responses: tuple[RequirementResponse, ...] = ()
    status_reason: str | None = None
    has_subcontracting: bool | None = None
    subcontracting: Subcontracting | None = None
    lot_values: tuple[LotValue, ...] = ()


class Bids(Part, frozen=True):
    statistics: tuple[Statistic, ...] = ()
    details: tuple[Bid, ...] = ()
