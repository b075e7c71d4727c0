"""Who may judge when, and what a shortlist, a sheet and an agreement must hold. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts
from tenderwell.core.words import marked as _
from tenderwell.workroom.process.rules import ESTIMATE, TWO_PEOPLE_ABOVE

HAS_GATES = Fact[bool]("evaluation.has_gates", False)  # some frozen criterion is passed or failed
HAS_MINIMUM = Fact[bool]("evaluation.has_minimum", False)  # there are gates or essential requirements to check
HAS_QUALITY = Fact[bool]("evaluation.has_quality", False)  # some frozen criterion is scored by people
IS_SHORTLISTED = Fact[bool]("evaluation.is_shortlisted", False)
EVALUATORS = Fact[int]("evaluation.evaluators", 0)  # evaluators of the team without a conflict
AWAITED = Fact[tuple[tuple[str, int], ...]]("evaluation.awaited", ())  # (lot, sheets still to come), lots to score
NOT_AGREED = Fact[tuple[str, ...]]("evaluation.not_agreed", ())  # lots whose scores are not agreed

SCORING = "U4SSC 4.3.2; 2014/24/EU Art. 67"
SHORTLISTING = "U4SSC 4.3.1"

WHOLE_TENDER = _("the whole tender")
READERS = frozenset({"lead", "approver", "budget_holder", "evaluator", "specialist", "user_representative"})
SHORTEST_REASON = 10  # characters
ENOUGH = 3  # bids that should stay for a fair comparison


class Judged(Protocol):
    """One row of a sheet: a bid, a criterion, points as text, and why."""

    bid: str
    criterion: str
    points: str
    reason: str


class Checked(Protocol):
    """One row of the shortlist: 0 not met, 1 partly, 2 met."""

    bid: str
    requirement: str
    score: int
    reason: str


@dataclass(frozen=True)
class Scale:
    """The points a criterion allows, rising, each with its published meaning."""

    steps: tuple[tuple[Fraction, str], ...]

    @property
    def points(self) -> tuple[Fraction, ...]:
        return tuple(points for points, _ in self.steps)

    @property
    def top(self) -> Fraction:
        return self.points[-1]


def may_read(facts: Facts) -> Reason | None:
    """Those who judge, decide or advise read bids."""
    if facts.roles & READERS:
        return None
    text = "Only those who evaluate, advise or decide may read bids. Ask the team lead for a role."
    return Reason("wrong_role", text, SCORING)


def quality_is_scored(facts: Facts) -> Reason | None:
    if facts[HAS_QUALITY]:
        return None
    text = "No criterion of this tender is scored by people, so no scores are needed. Publish the evaluation."
    return Reason("nothing_to_score", text, SCORING)


def something_to_check(facts: Facts) -> Reason | None:
    if facts[HAS_MINIMUM]:
        return None
    text = "The tender has no essential requirement and no criterion to pass, so there is nothing to shortlist by."
    return Reason("nothing_to_check", text, SHORTLISTING)


def shortlisted_first(facts: Facts) -> Reason | None:
    """Where a criterion is passed or failed, somebody has to say who passed."""
    if facts[IS_SHORTLISTED] or not facts[HAS_GATES]:
        return None
    text = "Check the bids against the minimum requirements first: use “Shortlist the bids”."
    return Reason("not_shortlisted", text, SHORTLISTING)


def enough_evaluators(facts: Facts) -> Reason | None:
    """Above the limit no score rests on one person alone."""
    limit, source = facts[TWO_PEOPLE_ABOVE]
    needed = 2 if facts[ESTIMATE] > limit else 1
    if not facts[HAS_QUALITY] or facts[EVALUATORS] >= needed:
        return None
    text = "Evaluators without a conflict of interest needed: {needed}. Give somebody the role “Evaluator”."
    return Reason("too_few_evaluators", text, source or SCORING, values={"needed": str(needed)})


def some_lot_scored(facts: Facts) -> Reason | None:
    """Nobody agrees before everybody has judged alone."""
    awaited = facts[AWAITED]
    if not awaited or any(missing == 0 for _, missing in awaited):
        return None
    text = "Evaluators who have not committed their scores: {count}. Nobody sees the others' scores before all have."
    return Reason("scores_awaited", text, SCORING, values={"count": str(min(missing for _, missing in awaited))})


def all_agreed(facts: Facts) -> Reason | None:
    if not facts[NOT_AGREED]:
        return None
    text = "Scores are still to be agreed for: {lots}. Commit all individual scores, then agree on them."
    lots = tuple(lot or WHOLE_TENDER for lot in facts[NOT_AGREED])
    return Reason("not_agreed", text, SCORING, values={"lots": lots})


def lot_is_complete(lot: str, awaited: Mapping[str, int]) -> Reason | None:
    """Whether the scores of this lot may be agreed: it has bids to score and every sheet is there."""
    if lot not in awaited or not awaited[lot]:
        return has_lot(lot, awaited)
    text = "Evaluators who have not committed their scores for this lot: {count}. Wait for them."
    return Reason("scores_awaited", text, SCORING, "lot", {"count": str(awaited[lot])})


def points_of(text: str) -> Fraction | None:
    """The number in a text such as "7" or "7.5"; None when it is none."""
    whole, _, part = text.strip().partition(".")
    is_plain = whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit()))
    return Fraction(text.strip()) if is_plain and not text.strip().endswith(".") else None


def points_text(points: Fraction) -> str:
    """The one way to write points: "7", "7.5"; exact for every number that `points_of` reads."""
    places = 0
    while (points * 10**places).denominator != 1:
        places += 1
    if not places:
        return str(points.numerator)
    digits = str(abs(points.numerator) * 10**places // points.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def one_way(text: str) -> str:
    """Checked points written in the one way: "07.50" becomes "7.5"."""
    points = points_of(text)
    assert points is not None, "the rules have checked it"
    return points_text(points)


def explained(row: Mapping[str, str], individual: Sequence[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    """The agreed row's reason (where nobody wrote one and all agreed: theirs), and who had given other points."""
    others = [f"{code}: {each['points']}" for code, each in individual if each["points"] != row["points"]]
    given = " / ".join(dict.fromkeys(each["reason"] for _, each in individual))
    return {"reason": row["reason"] or given, "difference": "; ".join(others)}


def has_lot(lot: str, lots: Collection[str]) -> Reason | None:
    if lot in lots:
        return None
    return Reason("no_such_lot", "There is nothing to score in this lot. Choose one of the list.", field="lot")


def points_fit(text: str, scale: Scale, *, field: str) -> Reason | None:
    """Points that the published scale knows."""
    if points_of(text) in scale.points:
        return None
    told = "Give one of the points of the published scale: {points}."
    values = {"points": ", ".join(points_text(points) for points in scale.points)}
    return Reason("off_the_scale", told, SCORING, field, values)


def says_why(reason: str, *, field: str) -> Reason | None:
    if len(reason.strip()) >= SHORTEST_REASON:
        return None
    text = "Say in a sentence what in the bid leads to this; the reason is published."
    return Reason("reason_missing", text, SCORING, field)


def sheet_reasons(
    rows: Sequence[Judged], *, bids: Collection[str], scales: Mapping[str, Scale]
) -> Iterator[Reason | None]:
    """Every reason against an individual sheet: each bid once on each criterion, on the scale, with a reason."""
    yield from pair_reasons(rows, bids=bids, criteria=scales)
    for place, row in enumerate(rows):
        if row.criterion in scales:
            yield points_fit(row.points, scales[row.criterion], field=f"scores.{place}.points")
        yield says_why(row.reason, field=f"scores.{place}.reason")


def pair_reasons(
    rows: Sequence[Judged], *, bids: Collection[str], criteria: Collection[str]
) -> Iterator[Reason | None]:
    """Unknown, doubled and missing pairs of bid and criterion."""
    wanted = {(bid, criterion) for bid in bids for criterion in criteria}
    seen = set[tuple[str, str]]()
    for place, row in enumerate(rows):
        pair = (row.bid, row.criterion)
        if pair not in wanted:
            text = "This bid is not to be scored on this criterion here. Take the row out."
            yield Reason("not_to_score", text, field=f"scores.{place}.bid")
        if pair in seen:
            yield Reason("scored_twice", "This bid has a score on this criterion above.", field=f"scores.{place}.bid")
        seen.add(pair)
    if missing := sorted(wanted - seen):
        text = "Scores are missing for: {missing}. Every bid is scored on every criterion."
        shown = ", ".join(f"{bid} on {criterion}" for bid, criterion in missing)
        yield Reason("scores_missing", text, SCORING, "scores", {"missing": shown})


def correction_explained(correction: str, *, version: int) -> Reason | None:
    """A committed sheet is replaced only with a reason."""
    if version == 1 or len(correction.strip()) >= SHORTEST_REASON:
        return None
    text = "You have committed scores before. Say why you change them; this is published beside both sheets."
    return Reason("correction_unexplained", text, SCORING, "correction")


def agreement_reasons(
    rows: Sequence[Judged],
    *,
    bids: Collection[str],
    scales: Mapping[str, Scale],
    individual: Mapping[tuple[str, str], Collection[Fraction]],
) -> Iterator[Reason | None]:
    """Every reason against agreed scores; where one differs from anybody's own score it needs a reason."""
    yield from pair_reasons(rows, bids=bids, criteria=scales)
    for place, row in enumerate(rows):
        if row.criterion in scales:
            yield points_fit(row.points, scales[row.criterion], field=f"scores.{place}.points")
        if set(individual.get((row.bid, row.criterion), ())) != {points_of(row.points)}:
            yield says_why(row.reason, field=f"scores.{place}.reason")


def shortlist_reasons(
    rows: Sequence[Checked], *, wanted: Collection[tuple[str, str]], few_reason: str
) -> Iterator[Reason | None]:
    """Every reason against a shortlist: the same for all, each check with a reason, three left or a reason."""
    seen = set[tuple[str, str]]()
    for place, row in enumerate(rows):
        yield check_row(row, place, wanted=wanted, seen=seen)
        yield says_why(row.reason, field=f"rows.{place}.reason")
        seen.add((row.bid, row.requirement))
    if missing := sorted(set(wanted) - seen):
        text = "All bids are checked against the same requirements. Missing: {missing}."
        shown = ", ".join(f"{bid} on {each}" for bid, each in missing)
        yield Reason("checks_missing", text, SHORTLISTING, "rows", {"missing": shown})
    yield enough_left({bid for bid, _ in wanted} - set(excluded_by(rows)), few_reason=few_reason)


def check_row(
    row: Checked, place: int, *, wanted: Collection[tuple[str, str]], seen: Collection[tuple[str, str]]
) -> Reason | None:
    if (row.bid, row.requirement) not in wanted:
        text = "There is no such bid or minimum requirement. Choose from the lists."
        return Reason("no_such_check", text, field=f"rows.{place}.bid")
    if (row.bid, row.requirement) in seen:
        return Reason("checked_twice", "This bid was checked against it above.", field=f"rows.{place}.bid")
    return None


def lot_of(requirement: str) -> str:
    """The lot of a gate such as "lot-2/criterion-3"; "" for what every lot asks."""
    return requirement.rpartition("/")[0]


def excluded_by(rows: Sequence[Checked]) -> list[str]:
    """Bids that do not at all meet something that every lot asks."""
    return sorted({row.bid for row in rows if row.score == 0 and not lot_of(row.requirement)})


def enough_left(left: Collection[str], *, few_reason: str) -> Reason | None:
    """Fewer than three bids to compare needs a reason."""
    if len(left) >= ENOUGH or len(few_reason.strip()) >= SHORTEST_REASON:
        return None
    text = "Bids that remain: {left}. Say why fewer than three are compared; the reason is published."
    return Reason("too_few_left", text, SHORTLISTING, "few_reason", {"left": str(len(left))})
