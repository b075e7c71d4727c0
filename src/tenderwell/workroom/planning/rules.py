"""What makes a plan good enough to publish, and what a part of it must say. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts

NEEDS = Fact[int]("planning.needs", 0)
OUTCOMES = Fact[int]("planning.outcomes", 0)
COST_LINES = Fact[int]("planning.cost_lines", 0)
COMPARABLES = Fact[int]("planning.comparables", 0)
OLDEST_ESTIMATE = Fact[date | None]("planning.oldest_estimate", None)
FUNDS = Fact[Decimal]("planning.funds", Decimal(0))
WHOLE_LIFE = Fact[Decimal]("planning.whole_life", Decimal(0))
ROUTE = Fact[str]("planning.route", "")  # "", decided, approved
IS_OPEN = Fact[bool]("planning.is_open", True)
LEFT_OUT = Fact[frozenset[str]]("planning.left_out", frozenset())  # guideline steps marked not applicable
DECIDED_ROUTE = Fact[bool]("planning.decided_route", False)  # the acting person decided the route

LONGEST_ESTIMATE = timedelta(days=365)
BRANDS = re.compile(
    r"\b(microsoft|windows|office 365|apple|iphone|ipad|macbook|google|samsung|dell|hp|lenovo|cisco|oracle|sap|adobe"
    r"|autocad|caterpillar|toyota|volvo|mercedes|bosch|siemens|philips|canon|xerox|huawei)\b",
    re.IGNORECASE,
)
EQUIVALENT = re.compile(r"or (an )?equivalent|or equal|o equivalente|ou équivalent", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(reduc\w+ poverty|better world|world[- ]class|state of the art|improve (the )?(life|lives)"
    r"|excellence|synerg\w+)\b",
    re.IGNORECASE,
)
CANNOT_LEAVE_OUT = frozenset({"4.1.1", "4.1.8", "4.2.2", "4.2.3", "4.3.3", "4.4.4"})


def brand_named(text: str, *, field: str) -> Reason | None:
    """A product name shuts others out, unless "or equivalent" stands with it."""
    found = BRANDS.search(text)
    if not found or EQUIVALENT.search(text):
        return None
    words = "“{brand}” names a product. Say what it must do, or add “or equivalent”."
    return Reason("brand_named", words, "2014/24/EU Art. 42(4); U4SSC 4.1.4", field, {"brand": found[0]})


def measurable(title: str, measure: str, *, field: str) -> Reason | None:
    """An outcome that nobody can measure is none."""
    found = VAGUE.search(f"{title} {measure}")
    if not found:
        return None
    words = "“{words}” cannot be measured. Name a number or a date that shows it."
    return Reason("cannot_be_measured", words, "U4SSC 4.1.4", field, {"words": found[0]})


def target_differs(baseline: str, target: str) -> Reason | None:
    if baseline.strip() != target.strip():
        return None
    return Reason("no_change", "The target is the same as today. Say what shall change.", "U4SSC 4.1.4", "target")


def with_consent(*, consent: bool) -> Reason | None:
    if consent:
        return None
    text = "Research with people is recorded only with their consent. Ask them, or leave it out."
    return Reason("no_consent", text, "U4SSC 4.1.2", "consent")


def known_codes(given: Iterable[str], known: Collection[str], *, field: str) -> Reason | None:
    unknown = sorted(set(given) - set(known))
    if not unknown:
        return None
    return Reason("no_such_need", "There is no need “{code}”.", field=field, values={"code": unknown[0]})


def whole_life_cost(lines: Iterable[tuple[Decimal, int]]) -> Decimal:
    """The sum over the whole life of (amount a year, years). Source: guidelines 4.1.5; 2014/24/EU Art. 68."""
    return sum((amount * years for amount, years in lines), Decimal(0))


def may_be_left_out(step: str) -> Reason | None:
    if step not in CANNOT_LEAVE_OUT:
        return None
    return Reason("always_applies", "This step applies to every purchase.", "U4SSC 4.1 to 4.4", "step")


def has_needs(facts: Facts) -> Reason | None:
    if facts[NEEDS] or "4.1.2" in facts[LEFT_OUT]:
        return None
    text = "Nobody's need is written down. Add a need with its source, or say why this step does not apply."
    return Reason("no_needs", text, "U4SSC 4.1.2")


def has_outcomes(facts: Facts) -> Reason | None:
    if facts[OUTCOMES] or "4.1.4" in facts[LEFT_OUT]:
        return None
    text = "There is no outcome yet. Say what shall be better and how it is measured."
    return Reason("no_outcomes", text, "U4SSC 4.1.4")


def has_costs(facts: Facts) -> Reason | None:
    if (facts[COST_LINES] and facts[COMPARABLES]) or "4.1.5" in facts[LEFT_OUT]:
        return None
    text = "Add the costs over the whole life and at least one price that others paid, with its source."
    return Reason("no_costs", text, "U4SSC 4.1.5")


def estimate_is_fresh(facts: Facts) -> Reason | None:
    oldest = facts[OLDEST_ESTIMATE]
    if oldest is None or facts.now.date() - oldest <= LONGEST_ESTIMATE:
        return None
    text = "An estimate is from {day}, more than a year ago. Estimate again."
    return Reason("estimate_stale", text, "U4SSC 4.1.5", values={"day": oldest.isoformat()})


def funds_confirmed(facts: Facts) -> Reason | None:
    """Some money must be confirmed; whether it covers the estimate is for the budget holder, who sees both."""
    if facts[FUNDS] > 0:
        return None
    return Reason("no_funds", "The budget holder has not confirmed the funds yet.", "U4SSC 4.1.5")


def route_settled(facts: Facts) -> Reason | None:
    """Open needs a decision; anything else also the approval of a second person."""
    if facts[ROUTE] == "approved" or (facts[ROUTE] == "decided" and facts[IS_OPEN]):
        return None
    undecided = "Decide the route: make, reuse, join or buy, and by which procedure."
    unapproved = "Any route but the open one needs the approval of a second person."
    return Reason("route_open", unapproved if facts[ROUTE] else undecided, "U4SSC 4.1.8")


def not_own_route(facts: Facts) -> Reason | None:
    if not facts[DECIDED_ROUTE]:
        return None
    return Reason("own_decision", "You decided this route; somebody else must approve it.", "U4SSC 4.1.8")


def route_waits(facts: Facts) -> Reason | None:
    if facts[ROUTE] == "decided":
        return None
    return Reason("nothing_to_approve", "No route decision waits for approval.", "U4SSC 4.1.8")
