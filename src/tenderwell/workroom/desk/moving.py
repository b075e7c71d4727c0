"""Which step of a procedure moves a process on, whose it is, and what each role does in a state. Only by the law."""

from collections.abc import Collection

from tenderwell.core import procedure
from tenderwell.core.command import Command, commands
from tenderwell.core.procedure import Procedure, Step

ENDED_EARLY = ("cancelled", "unsuccessful")
NO_STEP_AHEAD = ("remedies.decide_complaint", "delivery.withdraw_contract")

# What somebody without a step that moves the process on is needed for: (state, role) -> command.
PARTS = {
    ("planning", "budget_holder"): "planning.confirm_funds",
    ("planning", "approver"): "planning.approve_route",
    ("evaluation", "evaluator"): "evaluation.submit_scores",
    ("standstill", "contract_manager"): "delivery.draft_contract",
    ("awarded", "contract_manager"): "delivery.draft_contract",
    ("awarded", "lead"): "delivery.draft_contract",
    ("delivery", "budget_holder"): "delivery.pay_invoice",
    ("delivery", "approver"): "delivery.approve_change",
    ("delivery", "contract_manager"): "delivery.meet_milestone",
    ("delivery", "supplier"): "delivery.submit_invoice",
    ("tendering", "reviewer"): "remedies.decide_complaint",
    ("closed", "reviewer"): "remedies.decide_complaint",
    ("evaluation", "reviewer"): "remedies.decide_complaint",
    ("evaluated", "reviewer"): "remedies.decide_complaint",
    ("standstill", "reviewer"): "remedies.decide_complaint",
    ("awarded", "reviewer"): "remedies.decide_complaint",
    ("tendering", "tenderer"): "bidding.submit_bid",
}


# What waits for one person, whatever else moves the process on.
PRESSING = (
    "process.declare_interest",
    "engagement.answer_comment",
    "tendering.answer_question",
    "bidding.register_member_key",
    "delivery.accept_invoice",
)
ONCE = ("process.declare_interest", "bidding.register_member_key")  # done again only to change what was said


def pressing_steps(key: str, state: str, roles: Collection[str], waiting: Collection[str]) -> list[Command]:
    """Those of `waiting` that the law lets somebody with these roles do in this state, most pressing first."""
    law = procedure.get(key)
    allowed = {step.command for step in law.steps if state in step.from_ and set(step.by) & set(roles)}
    return [commands[name] for name in PRESSING if name in waiting and name in allowed]


def forward_steps(key: str, state: str, roles: Collection[str], settled: Collection[str] = ()) -> list[Command]:
    """The commands by which somebody with these roles moves the process on; ending it early does not count.

    settled: commands that are done already, or have nothing to be done with.
    """
    law = procedure.get(key)
    ahead = (step for step in law.steps if step.command not in settled and forward(law, step, state))
    return [commands[step.command] for step in ahead if set(step.by) & set(roles)]


def forward(law: Procedure, step: Step, state: str) -> bool:
    """Whether the step leads to a later state; what decides a complaint or takes a draft back is not meant for it."""
    at = law.states.index
    if step.command in NO_STEP_AHEAD:
        return False
    return state in step.from_ and any(at(to) > at(state) and to not in ENDED_EARLY for to in step.to)


def part_of(key: str, state: str, roles: Collection[str], settled: Collection[str] = ()) -> Command | None:
    """What somebody with these roles does in this state, first of all what moves the process on."""
    found = forward_steps(key, state, roles, settled)
    if found:
        return found[0]
    known = {step.command for step in procedure.get(key).steps} - set(settled)
    named = (PARTS[state, role] for role in sorted(roles) if (state, role) in PARTS)
    return next((commands[name] for name in named if name in known), None)


def awaited(key: str, state: str, settled: Collection[str] = ()) -> tuple[Command, tuple[str, ...]] | None:
    """The step that moves the process on from this state, and whose it is; None when time or nobody moves it."""
    law = procedure.get(key)
    found = next((step for step in law.steps if step.command not in settled and forward(law, step, state)), None)
    if not found and state == "awarded":
        found = law.step("delivery.draft_contract")
    return (commands[found.command], found.by) if found else None
