"""Compute the ranking, write the package that lets anybody compute it again, and publish both."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

import rfc8785

from tenderwell.core import files
from tenderwell.workroom.bidding.models import Bid
from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation import notices, package, queries
from tenderwell.workroom.evaluation.events import EvaluationPublished
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.evaluation.models import Consensus, Evaluation
from tenderwell.workroom.evaluation.package import Judged
from tenderwell.workroom.evaluation.ranking import Offer, rank
from tenderwell.workroom.evaluation.seed import Seed, seed_of
from tenderwell.workroom.process.models import Process

Points = dict[str, dict[str, Fraction]]  # bid -> criterion -> points


def published(process: Process, *, report: str, now: datetime) -> tuple[Evaluation, EvaluationPublished]:
    """The published evaluation and what is to be recorded of it."""
    seed = seed_of(process)
    judged = tuple(judge(process, seed))
    raw = rfc8785.dumps(package.package_of(process, judged, seed=seed, report=report, now=now))
    stored = files.store([raw], limit=len(raw))
    evaluation = Evaluation.objects.create(
        process=process,
        number=process.evaluations.count() + 1,
        completed_at=now,
        report=report,
        ranking=package.ranking_rows(judged),
        sha256=stored.sha256,
        size=stored.size,
    )
    ranked = {placed.bid for lot in judged for placed in lot.placed if placed.rank}
    event = EvaluationPublished(
        ranked=len(ranked),
        out=valid_bids(process).exclude(code__in=ranked).count(),
        release=notices.evaluated_parts(process, evaluation, judged),
    )
    return evaluation, event


def judge(process: Process, seed: Seed) -> Iterator[Judged]:
    """Every lot that was bid for, ranked by its frozen criteria."""
    schemes, lots = schemes_of(process), queries.bids_by_lot(process)
    agreements = queries.agreements(process, queries.scored_among(lots, schemes))
    for lot, bids in lots.items():
        agreed = agreements.get(lot)
        points = agreed_points(agreed)
        offers = [Offer(bid.code, price_in(bid, lot), points.get(bid.code, {})) for bid in bids]
        yield Judged(lot, schemes[lot], rank(schemes[lot], offers, seed=seed.value, lot=lot), agreed)


def price_in(bid: Bid, lot: str) -> Fraction | None:
    """The price; None while it is in an envelope that is shut."""
    amount = next(each.amount for each in bid.lots.all() if each.lot == lot)
    return None if amount is None else Fraction(amount)


def agreed_points(consensus: Consensus | None) -> Points:
    found: Points = {}
    for row in consensus.scores if consensus else []:
        found.setdefault(row["bid"], {})[row["criterion"]] = Fraction(row["points"])
    return found
