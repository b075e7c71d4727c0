"""Judging bids: who may, when, what is refused, and what is recorded."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from tenderwell.core import files
from tenderwell.core.command import Actor, Command, perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Record
from tenderwell.workroom.evaluation import commands as c
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.tests import journey as j
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import actor, assign, personas

pytestmark = pytest.mark.django_db


def refusal(command: Command, who: Actor, process: Process, data: BaseModel) -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(command, who, process.ocid, data, now=j.when(process))
    return [reason.code for reason in refused.value.reasons]


def compiled(process: Process) -> dict[str, Any]:
    found: dict[str, Any] = Record.objects.get(ocid=process.ocid).compiled
    return found


def test_a_process_is_evaluated_from_opening_to_ranking() -> None:
    process = j.evaluated()
    assert process.state == "evaluated"
    assert [(each.bid, each.rank, each.total) for each in queries.ranking_of(process)] == [
        ("bid-1", 1, "175/2"),
        ("bid-2", 2, "165/2"),
    ]


def test_the_record_holds_results_package_and_status() -> None:
    process = j.evaluated(points={("bid-2", j.METHOD): "0"})
    release = compiled(process)
    package = release["tender"]["evaluation"]["package"]
    assert files.is_stored(package["sha256"])
    assert [(bid["id"], bid["status"], bid.get("rank")) for bid in release["bids"]["details"]] == [
        ("bid-1", "valid", 1),
        ("bid-2", "disqualified", None),
    ]
    assert "Method of work" in release["bids"]["details"][1]["statusReason"]
    first = release["tender"]["evaluation"]["results"][0]
    assert (first["rank"], first["scores"][0]["reason"], first["shortlisting"][0]["score"]) == (1, j.WHY, 2)


def test_no_release_names_an_evaluator() -> None:
    process = j.evaluated()
    evaluation = queries.current_evaluation(process)
    assert evaluation
    raw = queries.package_of(evaluation).decode()
    for name in ("dora", "dan"):
        assert actor(name).id not in raw
    codes = {sheet["evaluator"] for sheet in json.loads(raw)["sheets"]}
    assert len(codes) == 2


def test_an_evaluator_declares_interests_before_scoring() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    assign(process, "gus", "evaluator")
    process.declarations.filter(person_id=actor("gus").id).delete()
    data = c.SubmitScores(scores=j.rows_for(process, "", {}))
    assert refusal(c.submit_scores, actor("gus"), process, data) == ["declare_first"]
    interested = DeclareInterest(has_interest=True, interest="My sister works for a bidder.")
    perform(declare_interest, actor("gus"), process.ocid, interested, now=j.when(process))
    assert refusal(c.submit_scores, actor("gus"), process, data) == ["conflict_of_interest"]


@pytest.mark.parametrize("name", ["bob", "cleo", "elif", "abe", "rita"])
def test_nobody_else_scores(name: str) -> None:
    process = j.with_bids()
    data = c.SubmitScores(scores=j.rows_for(process, "", {}))
    assert refusal(c.submit_scores, actor(name), process, data) == ["wrong_role"]


def test_every_problem_of_a_sheet_is_told_at_once() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    rows = j.rows_for(process, "", {})[:2]
    rows[0].points, rows[0].reason = "5", ""
    rows[1].criterion = "criterion-9"
    data = c.SubmitScores(scores=rows)
    assert refusal(c.submit_scores, actor("dora"), process, data) == [
        "not_to_score", "scores_missing", "off_the_scale", "reason_missing",
    ]  # fmt: skip


def test_a_sheet_stays_hidden_until_all_have_committed() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    j.scored(process, actor("dora"), {("bid-1", j.JOBS): "4"})
    ada, dora, dan = (actor(name).id for name in ("ada", "dora", "dan"))
    seen = {name: len(queries.shown_sheets(process, lot="", person=name)) for name in (ada, dora, dan)}
    assert seen == {ada: 0, dora: 1, dan: 0}
    assert refusal(c.agree_scores, personas().ada, process, c.AgreeScores(scores=[])) == ["scores_awaited"]
    j.scored(process, actor("dan"))
    assert len(queries.shown_sheets(process, lot="", person=ada)) == 2


def test_the_ledger_shows_a_commitment_and_nothing_else() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    j.scored(process, actor("dora"))
    leaf = Entry.objects.filter(kind="score.commit/v1").latest("idx")
    assert set(json.loads(bytes(leaf.body))) == {"type", "c"}


def test_a_committed_sheet_is_corrected_with_a_reason_only() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    first = j.scored(process, actor("dora"))
    again = c.SubmitScores(scores=j.rows_for(process, "", {("bid-1", j.METHOD): "4"}))
    assert refusal(c.submit_scores, actor("dora"), process, again) == ["correction_unexplained"]
    again.correction = "I had overlooked the second annex of the bid."
    second = perform(c.submit_scores, actor("dora"), process.ocid, again, now=j.when(process))
    assert (second.version, second.commitment != first.commitment) == (2, True)
    assert [sheet.version for sheet in queries.current_sheets(process, lot="")] == [2]


def test_a_correction_after_the_agreement_asks_for_a_new_one() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    for name in j.EVALUATORS:
        j.scored(process, actor(name))
    j.agreed(process)
    data = c.SubmitScores(scores=j.rows_for(process, "", {}), correction="I had mixed up two lines.")
    perform(c.submit_scores, actor("dan"), process.ocid, data, now=j.when(process))
    assert refusal(c.publish_evaluation, personas().ada, process, c.PublishEvaluation()) == ["not_agreed"]


def test_an_agreed_score_that_differs_needs_a_reason() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    for name in j.EVALUATORS:
        j.scored(process, actor(name))
    given = j.rows_for(process, "", {("bid-1", j.METHOD): "4"})
    rows = [c.AgreedRow(**row.model_dump(exclude={"reason"})) for row in given]
    assert refusal(c.agree_scores, actor("dora"), process, c.AgreeScores(scores=rows)) == ["reason_missing"]
    rows[0].reason = "The site visit showed more than the paper."
    found = perform(c.agree_scores, actor("dora"), process.ocid, c.AgreeScores(scores=rows), now=j.when(process))
    assert found.scores[0]["difference"].count(": 3") == 2
    assert found.scores[1] | {"difference": ""} == found.scores[1] | {"reason": j.WHY}


def test_a_shortlist_judges_all_bids_by_the_same_and_explains_few() -> None:
    process = j.with_bids()
    data = c.ShortlistBids(rows=j.shortlist_input(process).rows[:1])
    assert refusal(c.shortlist_bids, personas().ada, process, data) == ["checks_missing", "too_few_left"]


def test_a_bid_that_the_shortlist_left_out_is_not_scored_and_told_why() -> None:
    process = j.with_bids()
    j.shortlisted(process, failed=["bid-2"])
    assert queries.lots_to_score(process)[""][0] == ["bid-1"]
    for name in j.EVALUATORS:
        j.scored(process, actor(name))
    j.agreed(process)
    j.published(process)
    out = compiled(process)["bids"]["details"][1]
    assert (out["status"], out["statusReason"]) == ("disqualified", f"Licence to build: {j.WHY}")
    assert [each.bid for each in queries.ranking_of(process)] == ["bid-1"]


def test_nothing_is_published_before_shortlist_and_agreement() -> None:
    process = j.with_bids()
    found = refusal(c.publish_evaluation, personas().ada, process, c.PublishEvaluation())
    assert found == ["not_shortlisted", "not_agreed"]


def test_one_evaluator_is_too_few_above_the_limit() -> None:
    process = j.with_bids()
    j.shortlisted(process)
    interested = DeclareInterest(has_interest=True, interest="I own shares of a bidder.")
    perform(declare_interest, actor("dan"), process.ocid, interested, now=j.when(process))
    j.scored(process, actor("dora"))
    assert refusal(c.agree_scores, personas().ada, process, c.AgreeScores(scores=[])) == ["too_few_evaluators"]


def test_a_price_far_below_the_others_is_marked() -> None:
    process = j.evaluated(j.with_bids("100.00", "1000.00"))
    assert queries.abnormally_low(process) == [("", "bid-1")]
