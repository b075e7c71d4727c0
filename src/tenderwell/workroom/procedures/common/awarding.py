"""Deciding, ending, cancelling. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.awarding import rules
from tenderwell.workroom.engagement.rules import market_answered
from tenderwell.workroom.planning.rules import funds_cover_estimate
from tenderwell.workroom.process.rules import all_declared, declared_first, without_conflict

DECIDE = Step(
    "awarding.decide_award",
    ("evaluated",),
    by=("lead", "approver", "budget_holder"),
    to=("standstill", "awarded"),
    guards=(declared_first, without_conflict, rules.decided_by_second),
    source="2014/24/EU Art. 55; U4SSC 4.3.3",
)
DIRECT = Step(
    "awarding.award_directly",
    ("planned",),
    by=("lead", "approver", "budget_holder"),
    to=("awarded",),
    guards=(
        all_declared,
        without_conflict,
        rules.decided_by_second,
        rules.has_ground,
        funds_cover_estimate,
        market_answered,
    ),
    source="2014/24/EU Art. 32; U4SSC 4.1.8",
)
END = Step(
    "awarding.end_without_award",
    ("evaluation", "evaluated"),
    by=("lead", "approver"),
    to=("unsuccessful",),
    guards=(without_conflict,),
    source="U4SSC 4.3.2",
)
CANCEL = Step(
    "awarding.cancel_process",
    ("planning", "planned", "tendering", "closed", "evaluation", "evaluated", "standstill", "awarded"),
    by=("lead", "approver"),
    to=("cancelled",),
    guards=(without_conflict,),
    source="UNCITRAL Model Law 2011 Art. 19",
)
STEPS = (DECIDE, END, CANCEL)
DIRECT_STEPS = (DIRECT, CANCEL)
