"""From a process just begun to its published plan, by commands only."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tenderwell.core.command import perform
from tenderwell.core.tests.chapters import remembered
from tenderwell.workroom.planning import commands as c
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, actor, assign, begun, personas

TEAM = (
    ("abe", "approver"),
    ("ben", "budget_holder"),
    ("dora", "evaluator"),
    ("dan", "evaluator"),
    ("gus", "contract_manager"),
)


@remembered
def staffed(now: datetime = NOW, **given: Any) -> Process:
    """Everybody has a role and declares that there is no interest."""
    process = begun(now, **given)
    for name, role in TEAM:
        assign(process, name, role, now=now)
    for name in ("ada", *(name for name, _ in TEAM)):
        perform(declare_interest, actor(name), process.ocid, DeclareInterest(has_interest=False), now=now)
    return process


def filled(process: Process, now: datetime = NOW) -> None:
    """Needs, outcomes, costs, funds and route are written."""
    ada, ocid = personas().ada, process.ocid
    need = c.AddUserNeed(
        who="Pupils and teachers",
        need="Dry and warm classrooms in winter",
        source="Survey of 2025",
        method="survey",
        participants=412,
        consent=True,
    )
    perform(c.add_user_need, ada, ocid, need, now=now)
    outcome = c.AddOutcome(
        title="No lessons lost to leaking roofs",
        measure="Lessons cancelled a year",
        baseline="61",
        target="0",
        source="School register",
        owner="contract_manager",
        needs=["need-1"],
        sdgs=["4.a", "11.6"],
        social_values=["local jobs"],
    )
    perform(c.add_outcome, ada, ocid, outcome, now=now)
    costs(process, now)
    funds = c.ConfirmFunds(budget_line="B-17", amount=process.value_amount or Decimal(1), source="City budget 2026")
    perform(c.confirm_funds, personas().ben, ocid, funds, now=now)
    route = c.DecideRoute(
        make="The city has no roofers.",
        reuse="Nothing to reuse.",
        join="No other buyer needs it.",
        reason="Many local firms can do it, so everybody is invited.",
    )
    perform(c.decide_route, ada, ocid, route, now=now)


def costs(process: Process, now: datetime) -> None:
    ada, ocid = personas().ada, process.ocid
    day = (now - timedelta(days=20)).date()
    for text, phase, amount, years in (
        ("Works", "acquisition", "480000", 1),
        ("Yearly inspection", "operation", "2000", 20),
    ):
        line = c.AddCostLine(
            description=text, phase=phase, amount=amount, years=years, source="Own price book", estimated_on=day
        )
        perform(c.add_cost_line, ada, ocid, line, now=now)
    found = c.AddComparable(line="cost-1", description="Roofs of a school", amount="39000", source="Award of 2024")
    perform(c.add_comparable, ada, ocid, found, now=now)


@remembered
def planned(now: datetime = NOW, **given: Any) -> Process:
    """A process with its plan published."""
    process = staffed(now, **given)
    filled(process, now)
    perform(c.publish_plan, personas().ada, process.ocid, c.PublishPlan(), now=now)
    process.refresh_from_db()
    return process
