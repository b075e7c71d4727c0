"""Processes at every stage of their lives, side by side, made by commands only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.awarding.tests.journey import decided, planned_direct
from tenderwell.workroom.bidding.tests.journey import MINUTE, announced, bid_of, open_for_bids
from tenderwell.workroom.delivery.tests import journey as delivery
from tenderwell.workroom.engagement.tests.journey import noticed
from tenderwell.workroom.evaluation.tests import envelopes
from tenderwell.workroom.evaluation.tests.journey import evaluated, when, with_bids
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scene:
    """A process at one of its stages, and the time there."""

    process: Process
    now: datetime


@remembered
def scenes() -> dict[str, Scene]:
    """One process for each stage."""
    draft = staffed(estimate="200000")
    filled(draft)
    tender, closed = open_for_bids(), open_for_bids()
    bid_of(tender, personas().bob)
    bid_of(closed, personas().bob)
    announced(closed)
    judged, ranked, chosen, running = with_bids(), evaluated(), decided(), delivery.signed()
    drafted = delivery.contracted()
    delivery.milestone(running)
    delivery.invoiced(running)
    delivery.proposed(running, "50.00")
    technical = envelopes.judged(envelopes.technical_open())
    prices = envelopes.passing_published(envelopes.technical_open())
    in_two = envelopes.called_in_two()
    return {
        "draft": Scene(draft, NOW),
        "noticed": Scene(noticed(planned()), NOW + DAY),
        "direct": Scene(planned_direct(), NOW + DAY),
        "tender": Scene(tender.again(), tender.end - DAY),
        "closed": Scene(closed.again(), closed.end + MINUTE),
        "judged": Scene(judged, when(judged)),
        "ranked": Scene(ranked, when(ranked) + 2 * DAY),
        "drafted": Scene(drafted, delivery.begins(drafted)),
        "chosen": Scene(chosen, when(chosen) + 3 * DAY),
        "running": Scene(running, delivery.begins(running) + 3 * DAY),
        "technical": Scene(technical, when(technical)),
        "prices": Scene(prices, when(prices)),
        "planned_in_two": Scene(envelopes.planned_in_two(), NOW + DAY),
        "called_in_two": Scene(in_two.again(), in_two.end - DAY),
    }
