"""A release: what one act made public about one process. Pure."""

from tenderwell.public.ocds.bids import Bids
from tenderwell.public.ocds.codelists import ComplaintStatus, InitiationType, ReleaseTag
from tenderwell.public.ocds.common import Classification, OrganizationReference, Period, RelatedProcess, Statistic
from tenderwell.public.ocds.contracts import Award, Contract
from tenderwell.public.ocds.part import Instant, Part
from tenderwell.public.ocds.parties import Organization
from tenderwell.public.ocds.planning import Planning
from tenderwell.public.ocds.tender import Tender


class Sentence(Part, frozen=True):
    """The act behind a release: its name, its sentence with {names}, and what fills them. Omitted when merged. Ours."""

    name: str
    says: str | None = None
    words: dict[str, str] = {}


class Withheld(Part, frozen=True):
    """What is left out, why and until when. Extension: withheldInformation."""

    id: str
    field: str | None = None
    name: str | None = None
    availability_date: Instant | None = None
    rationale: str | None = None
    rationale_classifications: tuple[Classification, ...] = ()


class Complaint(Part, frozen=True):
    """A complaint and its decision. The complainant is named only where it agreed. Ours. Source: feature E8."""

    id: str
    status: ComplaintStatus | None = None
    date: Instant | None = None
    title: str | None = None
    description: str | None = None
    grounds: str | None = None
    complainant: OrganizationReference | None = None
    related_award: str | None = None
    related_lot: str | None = None
    suspension_period: Period | None = None
    date_decided: Instant | None = None
    decision: str | None = None
    rationale: str | None = None
    remedy: str | None = None


class Lesson(Part, frozen=True):
    """What the next process should know. Ours. Source: guidelines 4.4.4."""

    id: str
    title: str | None = None
    description: str | None = None
    recommendation: str | None = None
    category: str | None = None
    date: Instant | None = None


class NotApplicable(Part, frozen=True):
    """A guideline step that does not apply here, and why; id is that of the step, "4.1.2". Ours."""

    id: str
    rationale: str
    date: Instant | None = None


class Rules(Part, frozen=True):
    """The law by which the process runs; id is that of the published rules. daySeconds: in practice only. Ours."""

    id: str
    name: str | None = None
    day_seconds: int | None = None


class Release(Part, frozen=True):
    """What one act made public. date: releases of one process are dated in the order they were made."""

    ocid: str
    id: str
    date: Instant
    tag: tuple[ReleaseTag, ...]
    initiation_type: InitiationType
    language: str | None = None
    act: Sentence | None = None
    parties: tuple[Organization, ...] = ()
    buyer: OrganizationReference | None = None
    rules: Rules | None = None
    planning: Planning | None = None
    tender: Tender | None = None
    bids: Bids | None = None
    awards: tuple[Award, ...] = ()
    contracts: tuple[Contract, ...] = ()
    related_processes: tuple[RelatedProcess, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    withheld_information: tuple[Withheld, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
