"""What tenderers must be and offer, and how bids are judged. Pure.

Extensions: requirements, selectionCriteria, awardCriteria, exclusionGrounds; ours: evaluation.
"""

from typing import Any

from tenderwell.public.ocds.codelists import (
    AppliesTo,
    CriterionFixed,
    CriterionThreshold,
    CriterionWeight,
    DataType,
    Importance,
    SelectionCriterionType,
)
from tenderwell.public.ocds.common import Document, Period
from tenderwell.public.ocds.part import Instant, Number, Part, Sha256


class Requirement(Part, frozen=True):
    """Ours: importance, rationale, related_outcome, most_words of an answer. Source: guidelines 4.2.1."""

    id: str
    title: str | None = None
    description: str | None = None
    data_type: DataType | None = None
    pattern: str | None = None
    expected_value: str | bool | float | None = None
    min_value: Number | None = None
    max_value: Number | None = None
    period: Period | None = None
    importance: Importance | None = None
    rationale: str | None = None
    related_outcome: str | None = None
    most_words: int | None = None


class RequirementGroup(Part, frozen=True):
    id: str
    description: str | None = None
    requirements: tuple[Requirement, ...] = ()


class Criterion(Part, frozen=True):
    id: str
    title: str | None = None
    description: str | None = None
    relates_to_tenderer: bool | None = None
    related_item: str | None = None
    related_lots: tuple[str, ...] = ()
    requirement_groups: tuple[RequirementGroup, ...] = ()


class RequirementReference(Part, frozen=True):
    id: str
    title: str | None = None


class RequirementResponse(Part, frozen=True):
    id: str
    requirement: RequirementReference
    title: str | None = None
    description: str | None = None
    value: str | bool | float | None = None
    period: Period | None = None


class CriterionNumber(Part, frozen=True):
    number: Number | None = None
    weight: CriterionWeight | None = None
    fixed: CriterionFixed | None = None
    threshold: CriterionThreshold | None = None


class AwardCriterion(Part, frozen=True):
    """type: price, cost or quality."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    numbers: tuple[CriterionNumber, ...] = ()


class AwardCriteria(Part, frozen=True):
    """Of a lot."""

    weighting_description: str | None = None
    order_rationale: str | None = None
    criteria: tuple[AwardCriterion, ...] = ()


class SelectionCriterion(Part, frozen=True):
    type: SelectionCriterionType | None = None
    sub_type: str | None = None
    description: str | None = None
    minimum: str | None = None
    applies_to: tuple[AppliesTo, ...] = ()
    for_reduction: bool | None = None
    numbers: tuple[CriterionNumber, ...] = ()
    verification_method: str | None = None


class SelectionCriteria(Part, frozen=True):
    description: str | None = None
    criteria: tuple[SelectionCriterion, ...] = ()


class ExclusionCriterion(Part, frozen=True):
    type: str | None = None
    description: str | None = None


class ExclusionGrounds(Part, frozen=True):
    criteria: tuple[ExclusionCriterion, ...] = ()


class Shortlisting(Part, frozen=True):
    """0 not met, 1 partly, 2 met. Source: guidelines 4.3.1."""

    id: str
    score: int
    reason: str | None = None


class Score(Part, frozen=True):
    """The agreed score of a bid on the criterion with this id. points, weighted: exact fractions as "7/2" or "3.5"."""

    id: str
    points: str | None = None
    weighted: str | None = None
    reason: str | None = None
    difference: str | None = None


class Result(Part, frozen=True):
    """How one bid came out; id is that of the bid, with the lot where there are lots."""

    id: str
    bid: str | None = None
    related_lot: str | None = None
    rank: int | None = None
    total: str | None = None
    shortlisting: tuple[Shortlisting, ...] = ()
    scores: tuple[Score, ...] = ()
    is_excluded: bool | None = None
    reason: str | None = None


class Evaluation(Part, frozen=True):
    """How bids are judged and how they were. Source: guidelines 4.2.2, 4.3.1, 4.3.2.

    criteria: the trees exactly as frozen at publication, one for all or one a lot; sha256: of the canonical form
    of this list, see `canonical.frozen()`.
    package: the file from which a second program computes the ranking again; its Document carries the digest.
    """

    criteria: tuple[dict[str, Any], ...] = ()  # a tree's form belongs to tendering; here its bytes count
    sha256: Sha256 | None = None
    date_frozen: Instant | None = None
    price_weight_rationale: str | None = None
    date_completed: Instant | None = None
    results: tuple[Result, ...] = ()
    package: Document | None = None
    report: str | None = None
