"""Planning: the same in every procedure. Pure."""

from tenderwell.core.procedure import Step
from tenderwell.workroom.planning import rules
from tenderwell.workroom.procedures.common.process import AT_WORK
from tenderwell.workroom.process.rules import all_declared, enough_responsible, has_lead, without_conflict

DRAFT = ("planning",)
WRITERS = ("lead", "specialist", "user_representative")
READY = (
    without_conflict,
    has_lead,
    enough_responsible,
    all_declared,
    rules.has_needs,
    rules.has_outcomes,
    rules.has_costs,
    rules.estimate_is_fresh,
    rules.funds_confirmed,
    rules.route_settled,
    rules.buys,
)

STEPS = (
    Step("planning.set_basics", DRAFT, by=("lead",)),
    Step("planning.add_user_need", DRAFT, by=WRITERS, source="U4SSC 4.1.2"),
    Step("planning.remove_user_need", DRAFT, by=WRITERS),
    Step("planning.add_assumption", DRAFT, by=WRITERS, source="U4SSC 4.1.2"),
    Step("planning.test_assumption", DRAFT, by=WRITERS, source="U4SSC 4.1.2"),
    Step("planning.remove_assumption", DRAFT, by=WRITERS),
    Step("planning.add_outcome", DRAFT, by=WRITERS, source="U4SSC 4.1.4"),
    Step("planning.remove_outcome", DRAFT, by=WRITERS),
    Step("planning.add_cost_line", DRAFT, by=(*WRITERS, "budget_holder"), source="U4SSC 4.1.5"),
    Step("planning.remove_cost_line", DRAFT, by=(*WRITERS, "budget_holder")),
    Step("planning.add_comparable", DRAFT, by=(*WRITERS, "budget_holder"), source="U4SSC 4.1.5"),
    Step("planning.remove_comparable", DRAFT, by=(*WRITERS, "budget_holder")),
    Step("planning.confirm_funds", AT_WORK, by=("budget_holder",), source="U4SSC 4.1.5"),
    Step("planning.decide_route", DRAFT, by=("lead",), guards=(without_conflict,), source="U4SSC 4.1.8"),
    Step(
        "planning.approve_route",
        DRAFT,
        by=("approver",),
        guards=(without_conflict, rules.route_waits, rules.not_own_route),
        source="U4SSC 4.1.8",
    ),
    Step("planning.mark_not_applicable", DRAFT, by=("lead",)),
    Step("planning.mark_applicable", DRAFT, by=("lead",)),
    Step(
        "planning.buy_nothing",
        DRAFT,
        by=("lead",),
        to=("cancelled",),
        guards=(rules.need_is_met_otherwise,),
        source="U4SSC 4.1.2 and 4.1.8",
    ),
    Step("planning.publish_plan", DRAFT, by=("lead",), to=("planned",), guards=READY, source="U4SSC 4.1"),
)
