"""Direct award: no competition, so the reason and a second approver are compulsory. Pure."""

from tenderwell.core.procedure import Procedure, register
from tenderwell.workroom.procedures.common import (
    awarding,
    delivery,
    engagement,
    planning,
    process,
    remedies,
    tendering,
)

DIRECT = register(
    Procedure(
        id="direct",
        version="1",
        title="Direct award",
        ocds_method="direct",
        states=("planning", "planned", "awarded", "delivery", "complete", "cancelled"),
        final=("complete", "cancelled"),
        steps=(
            *process.STEPS,
            *planning.STEPS,
            *engagement.STEPS,
            *tendering.ITEMS,
            *awarding.DIRECT_STEPS,
            *remedies.DIRECT_STEPS,
            *delivery.STEPS,
        ),
        sources=("2014/24/EU Art. 32", "UNCITRAL Model Law on Public Procurement (2011) Art. 30(5)"),
    )
)
