"""Planning: budget, needs, outcomes, costs and the chosen route. Pure.

User needs, assumptions, outcomes, cost lines, route decision, team and engagement are our own extension.
"""

from tenderwell.public.ocds.codelists import Method
from tenderwell.public.ocds.common import (
    Classification,
    Document,
    Metric,
    Milestone,
    OrganizationReference,
    Period,
    Value,
)
from tenderwell.public.ocds.part import Instant, Number, Part


class BudgetBreakdown(Part, frozen=True):
    """Extension: budget."""

    id: str
    description: str | None = None
    amount: Value | None = None
    uri: str | None = None
    period: Period | None = None
    source_party: OrganizationReference | None = None


class FundsConfirmation(Part, frozen=True):
    """That the money is there. confirmed_by: a role."""

    date: Instant
    confirmed_by: str | None = None
    reference: str | None = None


class Budget(Part, frozen=True):
    id: str | None = None
    description: str | None = None
    amount: Value | None = None
    project: str | None = None
    project_id: str | None = None
    uri: str | None = None
    budget_breakdown: tuple[BudgetBreakdown, ...] = ()
    confirmation: FundsConfirmation | None = None


class TeamRole(Part, frozen=True):
    """A role of the team and how many people hold it; never who. declared: how many declared their interests."""

    id: str
    role: str
    count: int | None = None
    declared: int | None = None


class UserNeed(Part, frozen=True):
    """What somebody needs, how we know, and that they agreed to be asked. Source: guidelines 4.1.2."""

    id: str
    who: str
    need: str
    source: str | None = None
    method: str | None = None
    has_consent: bool | None = None
    participants: int | None = None


class Assumption(Part, frozen=True):
    """What was taken for true, how it was tested and what came out."""

    id: str
    description: str
    test: str | None = None
    result: str | None = None
    is_tested: bool | None = None


class Outcome(Part, frozen=True):
    """A result that can be measured. owner: a role. sdgs: "12.7". Source: guidelines 4.1.4."""

    id: str
    title: str
    description: str | None = None
    measure: str | None = None
    unit: str | None = None
    baseline: str | None = None
    target: str | None = None
    source: str | None = None
    owner: str | None = None
    due_date: Instant | None = None
    sdgs: tuple[str, ...] = ()
    social_values: tuple[str, ...] = ()
    related_needs: tuple[str, ...] = ()
    is_payment_linked: bool | None = None


class Comparable(Part, frozen=True):
    """What the same thing cost elsewhere, and where that can be read."""

    id: str
    description: str | None = None
    value: Value | None = None
    source: str | None = None
    ocid: str | None = None
    uri: str | None = None
    date: Instant | None = None


class CostLine(Part, frozen=True):
    """One cost over the whole life. phase: e.g. acquisition, operation, end of life. Source: guidelines 4.1.5."""

    id: str
    description: str
    phase: str | None = None
    value: Value | None = None
    years: Number | None = None
    source: str | None = None
    comparables: tuple[Comparable, ...] = ()


class Answer(Part, frozen=True):
    """One question of a decision tree and its answer."""

    id: str
    question: str | None = None
    answer: str | None = None


class RouteDecision(Part, frozen=True):
    """Why this way of buying. option: make, buy, reuse or join; *_by: roles. Source: guidelines 4.1.8."""

    option: str | None = None
    answers: tuple[Answer, ...] = ()
    procedure: str | None = None
    procurement_method: Method | None = None
    rationale: str | None = None
    legal_basis: Classification | None = None
    decided_by: str | None = None
    date_decided: Instant | None = None
    approved_by: str | None = None
    date_approved: Instant | None = None


class Comment(Part, frozen=True):
    """A public comment on an early notice and its answer. author: a name the commenter chose, or none."""

    id: str
    date: Instant | None = None
    author: str | None = None
    description: str | None = None
    passage: str | None = None
    answer: str | None = None
    date_answered: Instant | None = None
    effect: str | None = None


class Engagement(Part, frozen=True):
    """The early notice: open to comment during `period`; what changed because of it. Source: guidelines 4.1.3."""

    title: str | None = None
    description: str | None = None
    period: Period | None = None
    comments: tuple[Comment, ...] = ()
    changes: str | None = None
    date_closed: Instant | None = None


class Planning(Part, frozen=True):
    """Extensions: budget, metrics (forecasts); ours: everything from user_needs on."""

    rationale: str | None = None
    budget: Budget | None = None
    documents: tuple[Document, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    forecasts: tuple[Metric, ...] = ()
    user_needs: tuple[UserNeed, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    cost_lines: tuple[CostLine, ...] = ()
    whole_life_cost: Value | None = None
    date_estimated: Instant | None = None
    route_decision: RouteDecision | None = None
    team: tuple[TeamRole, ...] = ()
    engagement: Engagement | None = None
