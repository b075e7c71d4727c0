"""What programs may do while bids are judged."""

from typing import Any

from tenderwell.workroom.evaluation import commands
from tenderwell.workroom.evaluation.events import TechnicalPublished
from tenderwell.workroom.evaluation.models import Consensus, Evaluation, ScoreSheet, Shortlist

COMMANDS = (
    commands.shortlist_bids,
    commands.submit_scores,
    commands.agree_scores,
    commands.publish_technical,
    commands.publish_evaluation,
)


def shown_shortlist(found: Shortlist) -> dict[str, Any]:
    return {"number": found.number, "excluded": found.excluded}


def shown_sheet(sheet: ScoreSheet) -> dict[str, Any]:
    """The evaluator's own sheet, to be kept: with the nonce the commitment can be checked."""
    return {
        "evaluator": sheet.evaluator.code,
        "lot": sheet.lot,
        "version": sheet.version,
        "commitment": sheet.commitment,
        "nonce": sheet.nonce,
    }


def shown_consensus(found: Consensus) -> dict[str, Any]:
    return {"lot": found.lot, "number": found.number}


def shown_evaluation(found: Evaluation) -> dict[str, Any]:
    ranking = [{name: row[name] for name in ("lot", "bid", "rank", "total")} for row in found.ranking]
    return {"number": found.number, "sha256": found.sha256, "ranking": ranking}


def shown_technical(found: TechnicalPublished) -> dict[str, Any]:
    return {"passed": found.passed, "out": found.out}


RESULTS = {
    commands.shortlist_bids: shown_shortlist,
    commands.submit_scores: shown_sheet,
    commands.agree_scores: shown_consensus,
    commands.publish_technical: shown_technical,
    commands.publish_evaluation: shown_evaluation,
}
