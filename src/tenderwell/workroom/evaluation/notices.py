"""The OCDS parts of a published evaluation."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from tenderwell.public.ocds import Bid as OcdsBid
from tenderwell.public.ocds import Bids, Document, Result, Score, Shortlisting, Tender, plain
from tenderwell.public.ocds import Evaluation as OcdsEvaluation
from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.models import Consensus, Evaluation, Shortlist
from tenderwell.workroom.evaluation.package import Judged
from tenderwell.workroom.evaluation.ranking import Placed, Scheme
from tenderwell.workroom.process.models import Process

FLOOR = "It stays below the least that the criteria ask for: {criteria}."


def evaluated_parts(process: Process, evaluation: Evaluation, judged: Sequence[Judged]) -> dict[str, Any]:
    """Results, the package with its hash, and how each bid came out."""
    published = OcdsEvaluation(
        date_completed=evaluation.completed_at,
        report=evaluation.report or None,
        results=(*ranked_results(process, judged), *excluded_results(process)),
        package=package_document(evaluation),
    )
    tender = Tender(id=process.ocid, evaluation=published, documents=(package_document(evaluation),))
    parts: dict[str, Any] = plain({"tender": tender, "bids": Bids(details=tuple(bid_parts(process, judged)))})
    if evaluation.number > 1:
        take_back(parts["tender"]["evaluation"].get("results", ()), ("rank", "total", "isExcluded", "reason"))
        take_back(parts["bids"].get("details", ()), ("hasRank", "rank", "statusReason"))
    return parts


def take_back(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> None:
    """What an earlier evaluation published and this one does not say is taken out of the record by null."""
    for row in rows:
        row.update({name: None for name in names if name not in row})


def package_document(evaluation: Evaluation) -> Document:
    """The package as a document that is served under its hash."""
    return Document(
        id=f"evaluation-{evaluation.number}",
        document_type="evaluationReports",
        title=f"Evaluation package {evaluation.number}",
        description="Recompute the ranking with: tenderwell check-evaluation FILE",
        url=f"/processes/{quote(evaluation.process.ocid)}/files/{evaluation.sha256}/{file_name(evaluation)}",
        date_published=evaluation.completed_at,
        format="application/json",
        language=evaluation.process.language,
        sha256=evaluation.sha256,
        size=evaluation.size,
    )


def file_name(evaluation: Evaluation) -> str:
    return f"evaluation-{evaluation.number}.json"


def result_id(bid: str, lot: str) -> str:
    return f"{bid}-{lot}" if lot else bid


def ranked_results(process: Process, judged: Sequence[Judged]) -> Iterator[Result]:
    checks = queries.current_shortlist(process)
    for each in judged:
        reasons = rows_of(each.agreed)
        for placed in each.placed:
            yield Result(
                id=result_id(placed.bid, each.lot),
                bid=placed.bid,
                related_lot=each.lot or None,
                rank=placed.rank,
                total=str(placed.total) if placed.rank else None,
                shortlisting=shortlisting(checks, placed.bid),
                scores=tuple(scores_of(placed, reasons)),
                is_excluded=None if placed.rank else True,
                reason=None if placed.rank else below_floor(each, placed),
            )


def agreed_reasons(process: Process, lot: str) -> dict[tuple[str, str], dict[str, str]]:
    """(bid, criterion) -> the agreed row of a lot."""
    return rows_of(queries.current_consensus(process, lot=lot))


def rows_of(consensus: Consensus | None) -> dict[tuple[str, str], dict[str, str]]:
    """(bid, criterion) -> the agreed row."""
    return {(row["bid"], row["criterion"]): row for row in consensus.scores} if consensus else {}


def scores_of(placed: Placed, reasons: dict[tuple[str, str], dict[str, str]]) -> Iterator[Score]:
    for each in placed.scores:
        row = reasons.get((placed.bid, each.criterion), {})
        yield Score(
            id=each.criterion,
            points=None if each.points is None else str(each.points),
            weighted=str(each.weighted),
            reason=row.get("reason") or None,
            difference=row.get("difference") or None,
        )


def shortlisting(found: Shortlist | None, bid: str) -> tuple[Shortlisting, ...]:
    """How one bid came out of the shortlist."""
    rows = [row for row in found.rows if row["bid"] == bid] if found else []
    return tuple(Shortlisting(id=row["requirement"], score=row["score"], reason=row["reason"]) for row in rows)


def below_floor(judged: Judged, placed: Placed) -> str:
    return floor_text(judged.scheme, placed.failed)


def floor_text(scheme: Scheme, failed: Sequence[str]) -> str:
    titles = [criterion.title for criterion in scheme.criteria if criterion.id in failed]
    return FLOOR.format(criteria=", ".join(titles))


def excluded_results(process: Process) -> Iterator[Result]:
    """Bids that the shortlist left out, each with what it did not meet."""
    checks = queries.current_shortlist(process)
    for bid in sorted(checks.excluded if checks else ()):
        rows = shortlisting(checks, bid)
        yield Result(id=bid, bid=bid, shortlisting=rows, is_excluded=True, reason=not_met(checks, bid))


def not_met(found: Shortlist | None, bid: str) -> str:
    """Why the shortlist left this bid out."""
    rows = [row for row in found.rows if row["bid"] == bid and row["score"] == 0] if found else []
    return " ".join(f"{row['title']}: {row['reason']}" for row in rows)


def bid_parts(process: Process, judged: Sequence[Judged]) -> Iterator[OcdsBid]:
    """Every readable bid with its status; its rank when the tender is not divided."""
    checks = queries.current_shortlist(process)
    out = checks.excluded if checks else ()
    for bid in valid_bids(process):
        places = [(each, placed) for each in judged for placed in each.placed if placed.bid == bid.code]
        ranks = [placed.rank for _, placed in places if placed.rank]
        whole = [placed.rank for each, placed in places if not each.lot and placed.rank]
        reason = not_met(checks, bid.code) if bid.code in out else " ".join(below_floor(*each) for each in places)
        yield OcdsBid(
            id=bid.code,
            status="valid" if ranks else "disqualified",
            status_reason=None if ranks else reason,
            has_rank=bool(whole) if whole else None,
            rank=whole[0] if whole else None,
        )
