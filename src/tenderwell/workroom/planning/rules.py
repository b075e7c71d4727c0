"""What makes a plan good enough to publish, and what a part of it must say. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.process.rules import ESTIMATE

NEEDS = Fact[int]("planning.needs", 0)
OUTCOMES = Fact[int]("planning.outcomes", 0)
COST_LINES = Fact[int]("planning.cost_lines", 0)
COMPARABLES = Fact[int]("planning.comparables", 0)
OLDEST_ESTIMATE = Fact[date | None]("planning.oldest_estimate", None)
FUNDS = Fact[Decimal]("planning.funds", Decimal(0))
COMMITTED = Fact[Decimal]("planning.committed", Decimal(0))  # what the contracts come to that the buyer has signed
WHOLE_LIFE = Fact[Decimal]("planning.whole_life", Decimal(0))
ROUTE = Fact[str]("planning.route", "")  # "", decided, approved
OPTION = Fact[str]("planning.option", "buy")  # buy, make, reuse, join
IS_OPEN = Fact[bool]("planning.is_open", True)
LEFT_OUT = Fact[frozenset[str]]("planning.left_out", frozenset())  # guideline steps marked not applicable
DECIDED_ROUTE = Fact[bool]("planning.decided_route", False)  # the acting person decided the route

LONGEST_ESTIMATE = timedelta(days=365)
SOON = timedelta(days=60)
MOST_APART = Decimal("0.2")  # of the estimate; the guideline names no number, this one is ours
# Words that are also plain words (windows, apples, 20 hp, sap) count only where they are written as names.
BRANDS = re.compile(
    r"\b(?:(?i:microsoft|office 365|iphone|ipad|macbook|google|samsung|dell|lenovo|cisco|adobe|autocad|toyota|volvo"
    r"|mercedes|bosch|siemens|philips|xerox|huawei)s?"
    r"|Windows (?:\d+|XP|Server|Pro)|Apple (?:Mac|Watch|TV|(?:computer|laptop|tablet|telephone|phone|device)s?)"
    r"|(?:HP|Canon) (?:[A-Z][a-z]+[A-Z]\w*|(?:printer|copier|laptop|computer|server|camera)s?)"
    r"|SAP|Oracle|Caterpillar)\b"
)
EQUIVALENT = re.compile(r"or (an )?equivalent|or equal|o equivalente|ou équivalent", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(reduc\w+ poverty|better world|world[- ]class|state of the art|improve (the )?(life|lives)"
    r"|excellence|synerg\w+)\b",
    re.IGNORECASE,
)
GOAL = re.compile(r"(1[0-7]|[1-9])(\.([1-9]|1[0-9]|[a-d]))?")
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


def known_goals(given: Iterable[str], *, field: str) -> Reason | None:
    """Numbers of goals or targets as the United Nations count them: 12, 12.7, 4.a."""
    unknown = [goal for goal in given if not GOAL.fullmatch(goal)]
    if not unknown:
        return None
    text = "“{goal}” is no sustainable development goal. Write the number of a goal or target, for example 12 or 12.7."
    return Reason("no_such_goal", text, "U4SSC 4.1.4", field, {"goal": unknown[0]})


def not_in_future(day: date, *, today: date, field: str) -> Reason | None:
    if day <= today:
        return None
    return Reason("in_future", "An estimate cannot be from the future.", field=field)


def ground_named(method: str, ground: str, *, estimate: Decimal, direct_below: Decimal | None) -> Reason | None:
    """Whatever is not open names its legal ground; a direct award below the law's limit needs none further."""
    is_small = method == "direct" and direct_below is not None and estimate < direct_below
    if method == "open" or ground.strip() or is_small:
        return None
    return Reason("no_legal_ground", "Name the legal ground.", "U4SSC 4.1.8", "legal_ground")


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
    return Reason("estimate_stale", text, "U4SSC 4.1.5", values={"day": oldest})


def funds_confirmed(facts: Facts) -> Reason | None:
    """A plan needs some money; all of it is needed before anybody is invited to bid: `funds_cover_estimate`."""
    if facts[FUNDS] > 0:
        return None
    return Reason("no_funds", "The budget holder has not confirmed the funds yet.", "U4SSC 4.1.5")


def funds_cover_estimate(facts: Facts) -> Reason | None:
    """Nobody is invited to bid for what cannot be paid, nor is it awarded without competition."""
    if facts[FUNDS] >= facts[ESTIMATE]:
        return None
    text = "The funds confirmed, {funds}, are less than the estimate, {estimate}. Have more confirmed first."
    values = {"funds": f"{facts[FUNDS]:f}", "estimate": f"{facts[ESTIMATE]:f}"}
    return Reason("funds_short", text, "U4SSC 4.1.5", values=values)


def funds_cover_contracts(contracts: Decimal, funds: Decimal, *, field: str) -> Reason | None:
    """The buyer binds itself only to what it has. contracts: all that it has signed, with what it would sign now."""
    if contracts <= funds:
        return None
    text = "With this the contracts come to {contracts}; {funds} are confirmed. Have more confirmed first."
    values = {"contracts": f"{contracts:f}", "funds": f"{funds:f}"}
    return Reason("above_funds", text, "U4SSC 4.1.5", field, values)


def keeps_what_is_signed(amount: Decimal, committed: Decimal) -> Reason | None:
    """Money for signed contracts is not taken away again."""
    if amount >= committed:
        return None
    text = "Contracts over {committed} are signed already. Confirm at least that."
    return Reason("funds_committed", text, "U4SSC 4.1.5", "amount", {"committed": f"{committed:f}"})


def buys(facts: Facts) -> Reason | None:
    """A plan leads to a purchase, alone or with others; else the process ends with "buy nothing"."""
    if facts[OPTION] in ("buy", "join"):
        return None
    text = "The route is not to buy. Decide to buy, or end the process with “Buy nothing”."
    return Reason("nothing_to_buy", text, "U4SSC 4.1.8")


def need_is_met_otherwise(facts: Facts) -> Reason | None:
    if facts[ROUTE] and facts[OPTION] != "buy":
        return None
    text = "Decide the route first: make it ourselves, reuse what there is, or join others."
    return Reason("route_is_buy", text, "U4SSC 4.1.2 and 4.1.8")


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


@dataclass(frozen=True)
class Draft:
    """What a plan says so far. needs, assumptions: text by code, only untested ones; money: without VAT.

    served: codes of the needs that an outcome serves; buying: the cost lines of the phase "acquisition".
    """

    needs: Mapping[str, str] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    untested: Mapping[str, str] = field(default_factory=dict)
    estimate: Decimal = Decimal(0)
    buying: Decimal = Decimal(0)
    whole_life: Decimal = Decimal(0)
    funds: Decimal | None = None
    oldest: date | None = None
    has_users_voice: bool = False


def warnings(draft: Draft, *, today: date) -> list[Reason]:
    """What to look at again before publishing; nobody is stopped."""
    found = (*need_doubts(draft), *cost_doubts(draft), soon_stale(draft.oldest, today=today))
    return [reason for reason in found if reason]


def need_doubts(draft: Draft) -> Iterable[Reason | None]:
    for text in draft.untested.values():
        words = "“{assumption}” is taken for true and not tested yet. Test it, or write down why that has to wait."
        yield Reason("assumption_untested", words, "U4SSC 4.1.2", values={"assumption": text})
    for code, text in draft.needs.items():
        yield brand_named(text, field=code)
        if code not in draft.served:
            words = "No outcome serves the need “{need}”. Add one, or remove the need."
            yield Reason("need_unserved", words, "U4SSC 4.1.4", values={"need": text})
    if not draft.has_users_voice:
        words = "Nobody in the team speaks for the people who will use it. Ask one of them to join."
        yield Reason("no_users_voice", words, "U4SSC 4.1.1")


def cost_doubts(draft: Draft) -> Iterable[Reason | None]:
    if draft.buying and abs(draft.buying - draft.estimate) > draft.estimate * MOST_APART:
        words = "The costs of buying come to {buying}, the estimate says {estimate}. Explain or correct one of them."
        amounts = {"buying": str(draft.buying), "estimate": str(draft.estimate)}
        yield Reason("estimate_differs", words, "U4SSC 4.1.5", values=amounts)
    if draft.buying and draft.buying == draft.whole_life:
        words = "Only the costs of buying are written down. Add what running, switching and ending will cost."
        yield Reason("only_buying", words, "U4SSC 4.1.5")
    if draft.funds is not None and draft.funds < draft.estimate:
        words = (
            "The funds confirmed, {funds}, are less than the estimate, {estimate}. "
            "The plan can be published; bids are invited only when the rest is confirmed."
        )
        amounts = {"funds": str(draft.funds), "estimate": str(draft.estimate)}
        yield Reason("funds_short", words, "U4SSC 4.1.5", values=amounts)


def soon_stale(oldest: date | None, *, today: date) -> Reason | None:
    if oldest is None or not LONGEST_ESTIMATE - SOON <= today - oldest <= LONGEST_ESTIMATE:
        return None
    text = "An estimate is from {day} and will soon be a year old; prices may have moved."
    return Reason("estimate_ages", text, "U4SSC 4.1.5", values={"day": oldest})
