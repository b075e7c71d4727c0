"""Shortlist, score alone, agree, publish."""

import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated

import rfc8785
from pydantic import BaseModel, ConfigDict, Field

from tenderwell.core.command import Act, command
from tenderwell.core.errors import Reason, refuse_any
from tenderwell.core.inputs import ChoicesFrom, Text
from tenderwell.workroom.evaluation import choices, publication, queries, rules, technical
from tenderwell.workroom.evaluation.commitment import commitment_of, in_order
from tenderwell.workroom.evaluation.events import ScoresAgreed, ScoresCommitted, ShortlistMade, TechnicalPublished
from tenderwell.workroom.evaluation.models import Consensus, Evaluation, Evaluator, ScoreSheet, Shortlist
from tenderwell.workroom.process.models import Process

Bid = Annotated[str, ChoicesFrom(choices.bids)]
Lot = Annotated[str, ChoicesFrom(choices.lots)]


class CheckRow(BaseModel):
    """Whether one bid meets one minimum requirement."""

    model_config = ConfigDict(title="Check")

    bid: Bid = Field(title="Bid", max_length=20)
    requirement: Annotated[str, ChoicesFrom(choices.requirements)] = Field(title="Minimum requirement", max_length=200)
    score: Annotated[int, ChoicesFrom(choices.met)] = Field(title="Is it met?", ge=0, le=2)
    reason: Text = Field(title="Reason", description="What shows it; published", max_length=1000)


class ShortlistBids(BaseModel):
    rows: list[CheckRow] = Field(
        title="Checks",
        description="The same requirements for every bid. A bid with a 0 is left out; its bidder is told why",
        min_length=1,
        max_length=2000,
    )
    few_reason: Text = Field("", title="If fewer than three bids remain: why", description="Published", max_length=2000)


class ScoreRow(BaseModel):
    """Points of one bid on one criterion."""

    model_config = ConfigDict(title="Score")

    bid: Bid = Field(title="Bid", max_length=20)
    criterion: Annotated[str, ChoicesFrom(choices.criteria)] = Field(title="Criterion", max_length=200)
    points: str = Field(title="Points", description="On the published scale", max_length=8)
    reason: Text = Field(title="Reason", description="What in the bid leads to this; published", max_length=1000)


class AgreedRow(ScoreRow):
    """Points on which the evaluators agreed; without a reason it takes theirs, where all gave the same points."""

    reason: Text = Field(
        "", title="Reason", description="Published; needed where anybody gave other points", max_length=1000
    )


class SubmitScores(BaseModel):
    lot: Lot = Field("", title="Lot", description="Empty when the tender is not divided", max_length=200)
    scores: list[ScoreRow] = Field(title="Scores", description="Every bid on every criterion", max_length=2000)
    correction: Text = Field(
        "", title="If you change scores you have committed: why", description="Published", max_length=2000
    )


class AgreeScores(BaseModel):
    lot: Lot = Field("", title="Lot", description="Empty when the tender is not divided", max_length=200)
    scores: list[AgreedRow] = Field(
        title="Agreed scores",
        description="Where a score differs from what an evaluator gave alone, say why",
        max_length=2000,
    )


class PublishTechnical(BaseModel):
    agreed: bool = Field(
        title="The scores are final",
        description="The prices of those who pass are opened next; after that no score can be changed",
    )


class PublishEvaluation(BaseModel):
    report: Text = Field("", title="Report", description="How the evaluation went, for everybody", max_length=5000)


@command(on=Process, input=ShortlistBids)
def shortlist_bids(act: Act, process: Process, data: ShortlistBids) -> Shortlist:
    """Shortlist the bids"""
    titles, wanted = queries.minimum_requirements(process), queries.checks_wanted(process)
    refuse_any(*rules.shortlist_reasons(data.rows, wanted=wanted, few_reason=data.few_reason))
    ordered = sorted(data.rows, key=lambda row: (row.bid, row.requirement))
    rows = [{**row.model_dump(), "title": titles[row.requirement]} for row in ordered]
    shortlist = Shortlist.objects.create(
        process=process,
        number=process.shortlists.count() + 1,
        made_at=act.now,
        rows=rows,
        excluded=rules.excluded_by(data.rows),
        few_reason=data.few_reason.strip(),
    )
    act.record(ShortlistMade(sha256=sha256(rfc8785.dumps(rows)).hexdigest(), excluded=tuple(shortlist.excluded)))
    return shortlist


@command(on=Process, input=PublishTechnical)
def publish_technical(act: Act, process: Process, data: PublishTechnical) -> TechnicalPublished:
    """Publish who passes, before any price is opened"""
    text = "Tick that the scores are final: they cannot be changed once a price is open."
    refuse_any(None if data.agreed else Reason("not_final", text, field="agreed"))
    results, admitted = technical.published(process)
    act.record(results)
    act.record(admitted)
    return results


@command(on=Process, input=SubmitScores)
def submit_scores(act: Act, process: Process, data: SubmitScores) -> ScoreSheet:
    """Submit your scores"""
    lots = queries.lots_to_score(process)
    refuse_any(rules.has_lot(data.lot, lots))
    bids, scheme = lots[data.lot]
    evaluator = evaluator_of(act, process)
    version = evaluator.sheets.filter(lot=data.lot).count() + 1
    refuse_any(
        *rules.sheet_reasons(data.scores, bids=bids, scales=scheme.scales),
        rules.correction_explained(data.correction, version=version),
    )
    sheet = new_sheet(act, evaluator, data, version=version)
    act.record(ScoresCommitted(evaluator=evaluator.code, lot=data.lot, version=version, commitment=sheet.commitment))
    return sheet


def evaluator_of(act: Act, process: Process) -> Evaluator:
    """The acting evaluator; a random code is given with the first sheet, so that its order tells nothing."""
    found, _ = process.evaluators.get_or_create(
        person_id=act.actor.id, defaults={"code": f"evaluator-{secrets.token_hex(3)}"}
    )
    assert isinstance(found, Evaluator)
    return found


def new_sheet(act: Act, evaluator: Evaluator, data: SubmitScores, *, version: int) -> ScoreSheet:
    rows, nonce = written(data.scores), secrets.token_hex(16)
    commitment = commitment_of(rows, tender=evaluator.process.ocid, lot=data.lot, evaluator=evaluator.code, nonce=nonce)
    return ScoreSheet.objects.create(
        process=evaluator.process,
        evaluator=evaluator,
        lot=data.lot,
        version=version,
        submitted_at=act.now,
        scores=rows,
        nonce=nonce,
        commitment=commitment,
        correction=data.correction.strip(),
    )


def written(rows: Sequence[ScoreRow]) -> list[dict[str, str]]:
    """Checked rows as they are kept: in order, points written in the one way."""
    kept = [{**row.model_dump(), "points": rules.one_way(row.points), "reason": row.reason.strip()} for row in rows]
    return in_order(kept)


@command(on=Process, input=AgreeScores)
def agree_scores(act: Act, process: Process, data: AgreeScores) -> Consensus:
    """Agree on scores"""
    lots = queries.lots_to_score(process)
    refuse_any(rules.lot_is_complete(data.lot, queries.awaited_among(process, lots)))
    bids, scheme = lots[data.lot]
    sheets = queries.current_sheets(process, lot=data.lot)
    given = queries.exact_points(sheets)
    refuse_any(*rules.agreement_reasons(data.scores, bids=bids, scales=scheme.scales, individual=given))
    rows = [{**row, **rules.explained(row, queries.rows_of(sheets, row))} for row in written(data.scores)]
    consensus = Consensus.objects.create(
        process=process,
        lot=data.lot,
        number=process.consensuses.filter(lot=data.lot).count() + 1,
        agreed_at=act.now,
        scores=rows,
        sheets=sorted(sheet.commitment for sheet in sheets),
    )
    act.record(ScoresAgreed(lot=data.lot, sha256=sha256(rfc8785.dumps(rows)).hexdigest()))
    return consensus


@command(on=Process, input=PublishEvaluation)
def publish_evaluation(act: Act, process: Process, data: PublishEvaluation) -> Evaluation:
    """Publish the evaluation"""
    evaluation, event = publication.published(process, report=data.report.strip(), now=act.now)
    act.record(event)
    return evaluation
