"""The evaluation package: everything from which an outsider computes the ranking again, and can check the sheets.

Format: docs/reference/evaluation-package.md. Numbers are texts: exact fractions such as "7/2" or decimals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderwell.core.command import timestamp
from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.workroom.bidding.models import Bid, BidLot
from tenderwell.workroom.bidding.queries import valid_bids
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.frozen import frozen_criteria
from tenderwell.workroom.evaluation.models import Consensus, ScoreSheet, Shortlist
from tenderwell.workroom.evaluation.ranking import Placed, Scheme
from tenderwell.workroom.evaluation.seed import Seed
from tenderwell.workroom.process.models import Process

VERSION = "tenderwell/evaluation/v1"


@dataclass(frozen=True)
class Judged:
    """One lot judged: its frozen criteria, the scores agreed where people score, and how each bid came out."""

    lot: str
    scheme: Scheme
    placed: tuple[Placed, ...]
    agreed: Consensus | None = None


def package_of(process: Process, judged: Sequence[Judged], *, seed: Seed, report: str, now: datetime) -> dict[str, Any]:
    """The whole package as JSON values."""
    return {
        "v": VERSION,
        "tender": process.ocid,
        "number": process.evaluations.count() + 1,
        "date": timestamp(now),
        "report": report,
        "frozen": {"criteria": frozen_criteria(process), "sha256": process.criteria.sha256},
        "seed": seed.shown(),
        "bids": [shown_bid(bid) for bid in valid_bids(process).prefetch_related("lots")],
        "shortlist": shown_shortlist(queries.current_shortlist(process)),
        "sheets": list(shown_sheets(process)),
        "agreed": [shown_agreement(lot.agreed) for lot in judged if lot.agreed],
        "ranking": ranking_rows(judged),
    }


def number_text(value: Decimal) -> str:
    """1250.500000 -> "1250.5"; exact, never with an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_bid(bid: Bid) -> dict[str, Any]:
    lots = sorted(bid.lots.all(), key=lambda each: each.lot)
    return {"id": bid.code, "lots": [shown_lot(each) for each in lots]}


def shown_lot(lot: BidLot) -> dict[str, Any]:
    """The price; null when its envelope stays shut."""
    if lot.amount is None:
        return {"lot": lot.lot, "amount": None, "currency": None}
    return {"lot": lot.lot, "amount": number_text(lot.amount), "currency": lot.currency}


def shown_shortlist(found: Shortlist | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "date": timestamp(found.made_at),
        "rows": found.rows,
        "excluded": found.excluded,
        "few_reason": found.few_reason,
    }


def shown_sheets(process: Process) -> Iterator[dict[str, Any]]:
    """Every sheet that was ever committed, under its evaluator's code, with what opens its leaf in the ledger."""
    sheets = list(queries.all_sheets(process))
    held = queries.counting(sheets, out=queries.conflicted(process))
    counting = {sheet.pk for of_lot in held.values() for sheet in of_lot}
    last = {(sheet.evaluator_id, sheet.lot): sheet.version for sheet in sheets}
    leaves = leaves_of(process)
    for sheet in sheets:
        is_last = last[sheet.evaluator_id, sheet.lot] == sheet.version
        status = "counts" if sheet.pk in counting else ("set_aside" if is_last else "replaced")
        yield {**shown_sheet(sheet, leaves), "status": status}


def shown_sheet(sheet: ScoreSheet, leaves: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "evaluator": sheet.evaluator.code,
        "lot": sheet.lot,
        "version": sheet.version,
        "date": timestamp(sheet.submitted_at),
        "correction": sheet.correction,
        "scores": sheet.scores,
        "nonce": sheet.nonce,
        "commitment": sheet.commitment,
        "leaf": leaves[sheet.commitment],
    }


def leaves_of(process: Process) -> dict[str, dict[str, Any]]:
    """Commitment of a sheet -> where its blind leaf stands in the ledger and what opens it."""
    acts = list(ActRecord.objects.filter(subject=process.ocid, event="scores.committed"))
    places = dict(Entry.objects.filter(ref__in=[act.ref for act in acts]).values_list("ref", "idx"))
    return {
        act.preimage["commitment"]: {"index": places[act.ref], "c": act.commitment, "preimage": act.preimage}
        for act in acts
        if act.preimage
    }


def shown_agreement(found: Consensus) -> dict[str, Any]:
    return {"lot": found.lot, "date": timestamp(found.agreed_at), "scores": found.scores, "sheets": found.sheets}


def ranking_rows(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """The ranking of every lot, best first."""
    return [ranking_row(lot.lot, placed) for lot in judged for placed in lot.placed]


def ranking_row(lot: str, placed: Placed) -> dict[str, Any]:
    scores = [
        {
            "criterion": each.criterion,
            "points": None if each.points is None else str(each.points),
            "weighted": str(each.weighted),
        }
        for each in placed.scores
    ]
    return {
        "lot": lot,
        "bid": placed.bid,
        "rank": placed.rank,
        "total": str(placed.total),
        "scores": scores,
        "failed": list(placed.failed),
        "marks": ["abnormally_low"] if placed.is_low else [],
    }
