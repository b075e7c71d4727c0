"""Shortlist, individual scores, agreed scores, publication: for every procedure that compares bids. Pure."""

from dataclasses import replace

from tenderwell.core.procedure import Step
from tenderwell.workroom.evaluation import rules
from tenderwell.workroom.process.rules import declared_first, without_conflict

CLEAN = (declared_first, without_conflict)  # interests are declared before a bid is read

JUDGING = (
    Step(
        "evaluation.shortlist_bids",
        ("evaluation",),
        by=("lead", "evaluator"),
        guards=(*CLEAN, rules.something_to_check),
        source="U4SSC 4.3.1",
    ),
    Step(
        "evaluation.submit_scores",
        ("evaluation",),
        by=("evaluator",),
        guards=(*CLEAN, rules.quality_is_scored, rules.shortlisted_first),
        source="U4SSC 4.3.2",
    ),
    Step(
        "evaluation.agree_scores",
        ("evaluation",),
        by=("lead", "evaluator"),
        guards=(*CLEAN, rules.quality_is_scored, rules.enough_evaluators, rules.some_lot_scored),
        source="U4SSC 4.3.2",
    ),
)
PUBLISH = Step(
    "evaluation.publish_evaluation",
    ("evaluation",),
    by=("lead",),
    to=("evaluated",),
    guards=(*CLEAN, rules.shortlisted_first, rules.enough_evaluators, rules.all_agreed),
    source="2014/24/EU Art. 67; U4SSC 4.3.2",
)
STEPS = (*JUDGING, PUBLISH)

PASSING = Step(
    "evaluation.publish_technical",
    ("technical",),
    by=("lead",),
    to=("prices",),
    guards=(*CLEAN, rules.shortlisted_first, rules.enough_evaluators, rules.all_agreed),
    source="UNCITRAL Model Law on Public Procurement (2011) Art. 47; 2014/24/EU Art. 67",
)
IN_TWO_ENVELOPES = (*(replace(step, from_=("technical",)) for step in JUDGING), PASSING, PUBLISH)
