"""Complaints: for procedures that invite bids, and for awards without competition. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.process.rules import on_one_side, without_conflict
from tenderwell.workroom.remedies import rules

# Whoever complained gets a decision though the process was ended meanwhile.
WAITING = ("tendering", "closed", "evaluation", "evaluated", "standstill", "awarded", "unsuccessful", "cancelled")
STEPS = (
    Step(
        "remedies.complain",
        ("tendering", "standstill", "awarded"),
        by=("tenderer",),
        guards=(on_one_side, rules.within_window, rules.has_standing),
        source="89/665/EEC Art. 1(3)",
    ),
    Step("remedies.withdraw_complaint", WAITING, by=("tenderer",)),
    Step(
        "remedies.decide_complaint",
        WAITING,
        by=("reviewer",),
        to=("evaluated", "evaluation"),
        guards=(without_conflict,),
        source="89/665/EEC Art. 2",
    ),
)

# That there was no competition is what a firm left out complains about, so having bid is not asked; nor does a
# signature end its time, for a direct award has no standstill: 89/665/EEC Art. 2b(a) and 2f(1).
DIRECT = ("awarded", "delivery")
DIRECT_STEPS = (
    Step(
        "remedies.complain",
        DIRECT,
        by=("tenderer",),
        guards=(on_one_side, rules.within_window),
        source="89/665/EEC Art. 1(3) and 2d(1)(a); UNCITRAL Model Law 2011 Art. 64",
    ),
    Step("remedies.withdraw_complaint", (*DIRECT, "cancelled"), by=("tenderer",)),
    Step(
        "remedies.decide_complaint",
        (*DIRECT, "cancelled"),
        by=("reviewer",),
        to=("awarded", "delivery", "planned"),  # planned when the award is taken back
        guards=(without_conflict,),
        source="89/665/EEC Art. 2",
    ),
)
