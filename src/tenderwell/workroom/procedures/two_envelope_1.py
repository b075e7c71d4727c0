"""The open procedure in two envelopes: quality is judged and published before any price is opened. Pure.

A bid is two sealed packages. The committee opens the technical ones; the bids are judged on everything but the price,
and who passes is published. Then the committee releases its shares of the price envelopes of those who passed, and of
no others. The tender has no lots: one price envelope would show the price of a lot in which the bid did not pass.
"""

from dataclasses import replace

from tenderwell.core.procedure import Procedure, Step, also_in, register
from tenderwell.workroom.bidding.rules import is_undivided
from tenderwell.workroom.procedures.common import (
    awarding,
    bidding,
    delivery,
    engagement,
    evaluation,
    planning,
    process,
    remedies,
    tendering,
)
from tenderwell.workroom.procedures.open_1 import OPEN


def guarded(step: Step) -> Step:
    """What was divided before this procedure was chosen must be put together before the tender is published."""
    return replace(step, guards=(*step.guards, is_undivided)) if step.command == "tendering.publish_tender" else step


CAUTION = "which has it for requests for proposals; whether an open procedure may use it is for your law to say"
BEFORE_PRICES = ("technical", "prices")
PLACE = OPEN.states.index("evaluation")
SHARED = (
    *process.STEPS,
    *planning.STEPS,
    *engagement.STEPS,
    *(guarded(step) for step in tendering.STEPS if step.command != "tendering.add_lot"),
    *bidding.IN_TWO_ENVELOPES,
    *awarding.STEPS,
    *remedies.STEPS,
    *delivery.STEPS,
)

TWO_ENVELOPES = register(
    Procedure(
        id="two_envelope",
        version="1",
        title="Open procedure in two envelopes",
        ocds_method="open",
        states=(*OPEN.states[:PLACE], *BEFORE_PRICES, *OPEN.states[PLACE:]),
        final=OPEN.final,
        clock=OPEN.clock,
        steps=(*also_in(BEFORE_PRICES, SHARED, beside="evaluation"), *evaluation.IN_TWO_ENVELOPES),
        sources=(f"{bidding.TWO_ENVELOPES} ({CAUTION})", "2014/24/EU Art. 27 and 67"),
        settings={"envelopes": "technical price"},
    )
)
