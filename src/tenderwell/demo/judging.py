"""Bids judged, the award decided, complaints."""

from tenderwell.demo.play import Play
from tenderwell.demo.scene import Dates
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.evaluation import commands as judge
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.remedies import commands as remedies

WHY = "The method statement shows it, with names of tasks and dates."
FEW = "Only these firms made a bid; nobody was left out."


def points_of(play: Play) -> dict[str, tuple[int, ...]]:
    """bid code -> points, one a quality criterion."""
    held = {bid.bidder_id: bid.code for bid in play.process.bids.all()}
    return {held[play.cast.organisation(each.by).pk]: each.points for each in play.scene.offers}


def rows(play: Play) -> list[judge.ScoreRow]:
    ids = [f"criterion-{place}" for place, _ in enumerate(play.scene.quality, 1)]
    return [
        judge.ScoreRow(bid=bid, criterion=criterion, points=str(points), reason=WHY)
        for bid, given in sorted(points_of(play).items())
        for criterion, points in zip(ids, given, strict=True)
    ]


def shortlist(play: Play, day: int) -> None:
    checks = [
        judge.CheckRow(bid=bid, requirement=each, score=2, reason="Its extract from the register is attached.")
        for bid, each in sorted(queries.checks_wanted(play.process))
    ]
    play.do("ada", judge.shortlist_bids, judge.ShortlistBids(rows=checks, few_reason=FEW), day=day)


def score(play: Play, who: str, day: int) -> None:
    play.do(who, judge.submit_scores, judge.SubmitScores(scores=rows(play)), day=day)


def evaluated(play: Play, dates: Dates) -> None:
    """Checked, scored alone by two, agreed, published."""
    shortlist(play, dates.judged - 3)
    score(play, "dora", dates.judged - 2)
    score(play, "dan", dates.judged - 2)
    together = [judge.AgreedRow(**row.model_dump()) for row in rows(play)]
    play.do("ada", judge.agree_scores, judge.AgreeScores(scores=together), day=dates.judged)
    report = judge.PublishEvaluation(report="All bids were judged by two people, first alone, then together.")
    play.do("ada", judge.publish_evaluation, report, day=dates.judged)


def decided(play: Play, dates: Dates) -> None:
    """Abe awards to the bid that ranks first."""
    first = queries.ranking_of(play.process)[0].bid
    text = "It ranks first by the published criteria; its price is within the funds."
    data = awarding.DecideAward(awards=[awarding.AwardRow(bid=first)], reason=text)
    play.do("abe", awarding.decide_award, data, day=dates.decided)


def complain(play: Play, who: str, *, day: int) -> None:
    data = remedies.Complain(
        grounds="The points for recycled material have no reason",
        text="The specification asks for a certificate of recycled material. Ours was attached, but the report gives "
        "one point without saying what is missing.",
        remedy_asked="Judge this criterion again and give the reasons.",
    )
    play.do(who, remedies.complain, data, day=day)


def end_without_award(play: Play, *, day: int) -> None:
    text = "The only bid was far above the funds that were confirmed. The need will be planned anew."
    play.do("ada", awarding.end_without_award, awarding.EndWithoutAward(reason=text), day=day)


def cancel(play: Play, *, day: int) -> None:
    text = "The council has decided to keep the old desks for two more years and to adjust them."
    play.do("ada", awarding.cancel_process, awarding.CancelProcess(reason=text), day=day)
