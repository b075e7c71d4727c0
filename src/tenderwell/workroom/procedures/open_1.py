"""The open procedure: anybody may bid. Pure."""

from tenderwell.core.procedure import Clock, Procedure, register
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

OPEN = register(
    Procedure(
        id="open",
        version="1",
        title="Open procedure",
        ocds_method="open",
        states=(
            "planning",
            "planned",
            "tendering",
            "closed",
            "evaluation",
            "evaluated",
            "standstill",
            "awarded",
            "delivery",
            "complete",
            "unsuccessful",
            "cancelled",
        ),
        final=("complete", "unsuccessful", "cancelled"),
        clock=(
            Clock("tendering", "closed", after="tenderPeriod"),
            Clock("standstill", "awarded", after="standstillPeriod"),
        ),
        steps=(
            *process.STEPS,
            *planning.STEPS,
            *engagement.STEPS,
            *tendering.STEPS,
            *bidding.STEPS,
            *evaluation.STEPS,
            *awarding.STEPS,
            *remedies.STEPS,
            *delivery.STEPS,
        ),
        sources=("2014/24/EU Art. 27", "UNCITRAL Model Law on Public Procurement (2011) Art. 28(1) and 36 to 44"),
    )
)
