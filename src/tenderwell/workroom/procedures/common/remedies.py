"""Complaints: the same in every procedure that invites bids. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.remedies import rules

STEPS = (
    Step(
        "remedies.complain",
        ("tendering", "standstill", "awarded"),
        by=("tenderer",),
        guards=(rules.within_window, rules.has_standing),
        source="89/665/EEC Art. 1(3)",
    ),
    Step(
        "remedies.withdraw_complaint",
        ("tendering", "closed", "evaluation", "evaluated", "standstill", "awarded"),
        by=("tenderer",),
    ),
    Step(
        "remedies.decide_complaint",
        ("tendering", "closed", "evaluation", "evaluated", "standstill", "awarded"),
        by=("reviewer",),
        to=("evaluated", "evaluation"),
        source="89/665/EEC Art. 2",
    ),
)
