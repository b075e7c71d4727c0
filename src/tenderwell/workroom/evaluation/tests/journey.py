"""From opened bids to a published evaluation, by commands only."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tenderwell.core.command import Actor, perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.bidding.tests.journey import DAY, bid_of, open_for_bids, opened
from tenderwell.workroom.evaluation import commands as c
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.models import Consensus, Evaluation, ScoreSheet, Shortlist
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import actor, personas

WHY = "The method statement shows it on its second page."
METHOD, JOBS, PRICE, LICENCE = (f"criterion-{number}" for number in (1, 2, 3, 4))
EVALUATORS = ("dora", "dan")
FEW = "Only two firms made a bid; nobody was left out."
Points = Mapping[tuple[str, str], str]  # (bid, criterion) -> points


@remembered
def with_bids(*amounts: str) -> Process:
    """Opened bids of Bob (bid-1) and Cleo (bid-2)."""
    tender = open_for_bids()
    for name, amount in zip((personas().bob, personas().cleo), amounts or ("900.00", "1000.00"), strict=False):
        bid_of(tender, name, amount)
    return opened(tender)


def when(process: Process) -> datetime:
    """The day after the bids were opened."""
    return process.periods_held()["tenderPeriod"].end + DAY


def shortlist_input(process: Process, *, failed: Iterable[str] = ()) -> c.ShortlistBids:
    wanted = sorted(queries.checks_wanted(process))
    out = set(failed)
    rows = [c.CheckRow(bid=bid, requirement=each, score=0 if bid in out else 2, reason=WHY) for bid, each in wanted]
    return c.ShortlistBids(rows=rows, few_reason=FEW)


def shortlisted(process: Process, *, failed: Iterable[str] = (), now: datetime | None = None) -> Shortlist:
    data = shortlist_input(process, failed=failed)
    made: Shortlist = perform(c.shortlist_bids, personas().ada, process.ocid, data, now=now or when(process))
    return made


def rows_for(process: Process, lot: str, points: Points) -> list[c.ScoreRow]:
    """Every bid on every criterion of a lot: the points given, else 3."""
    bids, scheme = queries.lots_to_score(process)[lot]
    pairs = [(bid, criterion.id) for bid in bids for criterion in scheme.quality]
    return [c.ScoreRow(bid=bid, criterion=each, points=points.get((bid, each), "3"), reason=WHY) for bid, each in pairs]


def scored(
    process: Process, who: Actor, points: Points | None = None, *, lot: str = "", now: datetime | None = None
) -> ScoreSheet:
    data = c.SubmitScores(lot=lot, scores=rows_for(process, lot, points or {}))
    sheet: ScoreSheet = perform(c.submit_scores, who, process.ocid, data, now=now or when(process))
    return sheet


def rescored(process: Process, points: Points | None = None, *, lot: str = "") -> None:
    """Both evaluators replace their sheets, with a reason, and agree again."""
    for name in EVALUATORS:
        data = c.SubmitScores(lot=lot, scores=rows_for(process, lot, points or {}), correction="We read it again.")
        perform(c.submit_scores, actor(name), process.ocid, data, now=when(process))
    agreed(process, points, lot=lot)


def agreed(process: Process, points: Points | None = None, *, lot: str = "", now: datetime | None = None) -> Consensus:
    rows = [c.AgreedRow(**row.model_dump()) for row in rows_for(process, lot, points or {})]
    data = c.AgreeScores(lot=lot, scores=rows)
    found: Consensus = perform(c.agree_scores, personas().ada, process.ocid, data, now=now or when(process))
    return found


def published(process: Process, *, now: datetime | None = None) -> Evaluation:
    data = c.PublishEvaluation(report="All bids were judged on one day.")
    made: Evaluation = perform(c.publish_evaluation, personas().ada, process.ocid, data, now=now or when(process))
    return made


@remembered
def evaluated(process: Process | None = None, points: Points | None = None, *, now: datetime | None = None) -> Process:
    """Opened bids are checked, scored alone by Dora and Dan, agreed and published; without a process, two bids."""
    process = process or with_bids()
    if queries.checks_wanted(process):
        shortlisted(process, now=now)
    for lot in queries.lots_to_score(process):
        for name in EVALUATORS:
            scored(process, actor(name), points, lot=lot, now=now)
        agreed(process, points, lot=lot, now=now)
    published(process, now=now)
    return Process.objects.select_related("buyer").get(pk=process.pk)
