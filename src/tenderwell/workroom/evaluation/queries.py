"""What may be judged by whom, which sheets a person may see, and the published ranking."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import QuerySet

from tenderwell.core import files
from tenderwell.core.command import Actor, Moment, facts_of, provides
from tenderwell.core.errors import Reason
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation import rules
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.evaluation.models import Consensus, Evaluation, ScoreSheet, Shortlist
from tenderwell.workroom.evaluation.ranking import Scheme
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.rules import declared_first, without_conflict

ACCOUNTABLE = frozenset({"auditor", "reviewer"})  # outside the buyer; they declare where they work
Scored = tuple[list[str], Scheme]  # a lot's bids, by code, and its frozen criteria


@dataclass(frozen=True)
class Ranked:
    """A ranked bid of a lot ("" when the tender is not divided); rank 1 is the best. total: exact, as text."""

    lot: str
    bid: str
    rank: int
    total: str

    @property
    def points(self) -> Fraction:
        return Fraction(self.total)


def current_evaluation(process: Process) -> Evaluation | None:
    return process.evaluations.order_by("-number").first()


def package_of(evaluation: Evaluation) -> bytes:
    """The published package file."""
    with files.open_stored(evaluation.sha256) as stored:
        return stored.read()


def ranking_of(process: Process) -> list[Ranked]:
    """The published ranking, best first in each lot; bids that failed or were excluded are absent."""
    found = current_evaluation(process)
    rows = found.ranking if found else []
    ranked = [Ranked(row["lot"], row["bid"], row["rank"], row["total"]) for row in rows if row["rank"]]
    return sorted(ranked, key=lambda each: (each.lot, each.rank))


def abnormally_low(process: Process) -> list[tuple[str, str]]:
    """(lot, bid) of each ranked bid whose price is marked: its bidder is asked before a decision.

    Source: 2014/24/EU Art. 69.
    """
    found = current_evaluation(process)
    return [(row["lot"], row["bid"]) for row in found.ranking if row["marks"]] if found else []


def current_shortlist(process: Process) -> Shortlist | None:
    return process.shortlists.order_by("-number").first()


def excluded(process: Process) -> frozenset[str]:
    """Codes of the bids that the shortlist left out of every lot."""
    found = current_shortlist(process)
    return frozenset(found.excluded) if found else frozenset()


def left_out(process: Process) -> set[tuple[str, str]]:
    """(bid, lot) of what the shortlist left out; lot "" is every lot."""
    found = current_shortlist(process)
    rows = found.rows if found else []
    return {(row["bid"], rules.lot_of(row["requirement"])) for row in rows if row["score"] == 0}


def bids_by_lot(process: Process) -> dict[str, list[Bid]]:
    """The bids that are compared in each lot, in the order of arrival; one entry "" for an undivided tender."""
    out, found = left_out(process), defaultdict[str, list[Bid]](list)
    for bid in valid_bids(process).prefetch_related("lots"):
        for lot in bid.lots.all():
            if not out & {(bid.code, ""), (bid.code, lot.lot)}:
                found[lot.lot].append(bid)
    return dict(sorted(found.items()))


def minimum_requirements(process: Process) -> dict[str, str]:
    """What a shortlist checks, with its title: essential requirements, and criteria that are passed or failed."""
    essential = process.requirements.filter(importance="essential").order_by("pk")
    found = {each.code: each.title for each in essential}
    for scheme in schemes_of(process).values():
        prefix = f"{scheme.lot}/" if scheme.lot else ""
        found.update({prefix + gate.id: gate.title for gate in scheme.gates})
    return found


def checks_wanted(process: Process) -> set[tuple[str, str]]:
    """Every pair of bid and minimum requirement; what only one lot asks concerns those who bid for it."""
    asked = minimum_requirements(process)
    return {
        (bid.code, requirement)
        for bid in valid_bids(process).prefetch_related("lots")
        for requirement in asked
        if rules.lot_of(requirement) in {"", *(lot.lot for lot in bid.lots.all())}
    }


def lots_to_score(process: Process) -> dict[str, Scored]:
    """Lots with a criterion that people score and a bid to score: codes of the bids, and the frozen criteria."""
    return scored_among(bids_by_lot(process), schemes_of(process))


def scored_among(lots: Mapping[str, Sequence[Bid]], schemes: Mapping[str, Scheme]) -> dict[str, Scored]:
    """The same of lots and criteria that the caller has looked up."""
    return {
        lot: ([bid.code for bid in bids], schemes[lot])
        for lot, bids in lots.items()
        if lot in schemes and schemes[lot].quality
    }


def conflicted(process: Process) -> set[str]:
    """Ids of the people whose latest declaration names an interest."""
    rows = process.declarations.order_by("made_at", "pk").values_list("person_id", "has_interest")
    latest = {str(person): has_interest for person, has_interest in rows}
    return {person for person, has_interest in latest.items() if has_interest}


def may_score(process: Process) -> set[str]:
    """Ids of the evaluators of the team who have not declared a conflict."""
    return evaluators_of(process) - conflicted(process)


def evaluators_of(process: Process) -> set[str]:
    """Ids of the evaluators of the team."""
    held = process.team.filter(role="evaluator", until=None).values_list("person_id", flat=True)
    return {str(person) for person in held}


def all_sheets(process: Process) -> QuerySet[ScoreSheet]:
    """Every version of every sheet."""
    found = ScoreSheet.objects.filter(process=process).select_related("evaluator")
    return found.order_by("lot", "evaluator__code", "version")


def current_sheets(process: Process, *, lot: str) -> list[ScoreSheet]:
    """The latest sheet of each evaluator for a lot; a sheet of somebody with a conflict is set aside."""
    return counting(all_sheets(process).filter(lot=lot), out=conflicted(process)).get(lot, [])


def counting(sheets: Iterable[ScoreSheet], *, out: Collection[str]) -> dict[str, list[ScoreSheet]]:
    """The sheets that count in each lot. out: ids of the people whose sheets are set aside."""
    latest = {(sheet.lot, sheet.evaluator_id): sheet for sheet in sheets}
    found = defaultdict[str, list[ScoreSheet]](list)
    for sheet in latest.values():
        if str(sheet.evaluator.person_id) not in out:
            found[sheet.lot].append(sheet)
    return dict(found)


def covers(scores: Sequence[dict[str, str]], bids: Collection[str], scheme: Scheme) -> bool:
    """Whether every bid has a score on every criterion that people score."""
    have = {(row["bid"], row["criterion"]) for row in scores}
    return all((bid, criterion.id) in have for bid in bids for criterion in scheme.quality)


def awaited_sheets(process: Process) -> dict[str, int]:
    """For each lot to score, how many evaluators have not committed a complete sheet."""
    return awaited_among(process, lots_to_score(process))


def awaited_among(process: Process, lots: Mapping[str, Scored]) -> dict[str, int]:
    """The same for lots that the caller has looked up."""
    out = conflicted(process)
    able, sheets = evaluators_of(process) - out, counting(all_sheets(process), out=out)
    return {
        lot: len(able - committed(sheets.get(lot, ()), bids, scheme)) or int(not able)
        for lot, (bids, scheme) in lots.items()
    }


def committed(sheets: Iterable[ScoreSheet], bids: Collection[str], scheme: Scheme) -> set[str]:
    """Ids of the people whose sheet, of these for one lot, is complete."""
    return {str(sheet.evaluator.person_id) for sheet in sheets if covers(sheet.scores, bids, scheme)}


def shown_sheets(process: Process, *, lot: str, person: str) -> list[ScoreSheet]:
    """What this person may see of the individual sheets: one's own, and all once everybody has committed."""
    sheets = current_sheets(process, lot=lot)
    if awaited_sheets(process).get(lot, 1) == 0:
        return sheets
    return [sheet for sheet in sheets if str(sheet.evaluator.person_id) == person]


def own_sheet(process: Process, *, lot: str, person: str) -> ScoreSheet | None:
    """The person's latest sheet for a lot; nobody's, who has not signed in, is none."""
    return all_sheets(process).filter(lot=lot, evaluator__person_id=person).last() if person != "public" else None


def current_consensus(process: Process, *, lot: str) -> Consensus | None:
    """The agreed scores of a lot, if they were agreed from the sheets that count now and cover all bids."""
    return agreements(process, lots_to_score(process)).get(lot)


def agreements(process: Process, lots: Mapping[str, Scored]) -> dict[str, Consensus]:
    """The same for every lot that has such scores. lots: from `lots_to_score`."""
    last = {found.lot: found for found in process.consensuses.order_by("number")}
    sheets = counting(all_sheets(process), out=conflicted(process)) if last else {}
    return {
        lot: last[lot]
        for lot, scored in lots.items()
        if lot in last
        and covers(last[lot].scores, *scored)
        and last[lot].sheets == sorted(sheet.commitment for sheet in sheets.get(lot, ()))
    }


def points_by_pair(sheets: Sequence[ScoreSheet]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(bid, criterion) -> (evaluator's code, points) of each sheet."""
    found = defaultdict[tuple[str, str], list[tuple[str, str]]](list)
    for sheet in sheets:
        for row in sheet.scores:
            found[row["bid"], row["criterion"]].append((sheet.evaluator.code, row["points"]))
    return dict(found)


def reading_reasons(process: Process, actor: Actor, *, now: datetime) -> tuple[Reason, ...]:
    """Why this person may not read the bids now; empty when they may be read. Asked by pages, files and the API."""
    facts = facts_of(process, actor, now)
    if facts.roles & ACCOUNTABLE:
        return ()
    found = (rules.may_read(facts), declared_first(facts), without_conflict(facts))
    return tuple(reason for reason in found if reason)


def rows_of(sheets: Sequence[ScoreSheet], pair: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """What each evaluator wrote on the bid and criterion of `pair`: (code, row)."""
    wanted = (pair["bid"], pair["criterion"])
    rows = ((sheet.evaluator.code, row) for sheet in sheets for row in sheet.scores)
    return [(code, row) for code, row in rows if (row["bid"], row["criterion"]) == wanted]


def exact_points(sheets: Sequence[ScoreSheet]) -> dict[tuple[str, str], list[Fraction]]:
    """(bid, criterion) -> the points that were given."""
    return {pair: [Fraction(points) for _, points in given] for pair, given in points_by_pair(sheets).items()}


def rows_to_fill(process: Process, lot: str, known: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """One row for each bid and criterion of a lot, filled with what is known."""
    bids, scheme = lots_to_score(process).get(lot, ([], None))
    said = {(row["bid"], row["criterion"]): row for row in known}
    pairs = [(bid, criterion.id) for bid in bids for criterion in (scheme.quality if scheme else ())]
    return [{**said.get(pair, {}), "bid": pair[0], "criterion": pair[1]} for pair in pairs]


def unanimous(sheets: Sequence[ScoreSheet]) -> list[dict[str, str]]:
    """The points on which all these sheets agree; the reasons stay the evaluators' own."""
    given = points_by_pair(sheets)
    alike = {pair: {points for _, points in found} for pair, found in given.items()}
    return [
        {"bid": bid, "criterion": criterion, "points": next(iter(points))}
        for (bid, criterion), points in alike.items()
        if len(points) == 1
    ]


def schemes_now(moment: Moment) -> dict[str, Scheme]:
    return schemes_of(moment.subject)


def lots_now(moment: Moment) -> dict[str, Scored]:
    return lots_to_score(moment.subject)


@provides(rules.HAS_GATES)
def has_gates(moment: Moment) -> bool:
    return any(scheme.gates for scheme in moment.once(schemes_now).values())


@provides(rules.HAS_MINIMUM)
def has_minimum(moment: Moment) -> bool:
    return bool(minimum_requirements(moment.subject))


@provides(rules.HAS_QUALITY)
def has_quality(moment: Moment) -> bool:
    return any(scheme.quality for scheme in moment.once(schemes_now).values())


@provides(rules.IS_SHORTLISTED)
def is_shortlisted(moment: Moment) -> bool:
    return current_shortlist(moment.subject) is not None


@provides(rules.EVALUATORS)
def count_evaluators(moment: Moment) -> int:
    return len(may_score(moment.subject))


@provides(rules.AWAITED)
def awaited(moment: Moment) -> tuple[tuple[str, int], ...]:
    return tuple(awaited_among(moment.subject, moment.once(lots_now)).items())


@provides(rules.NOT_AGREED)
def lots_not_agreed(moment: Moment) -> tuple[str, ...]:
    lots = moment.once(lots_now)
    agreed = agreements(moment.subject, lots)
    return tuple(lot for lot in lots if lot not in agreed)
