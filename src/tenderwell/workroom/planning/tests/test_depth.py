"""Assumptions tested, comparables corrected, nothing bought, prices and lessons of the record, values out of range."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.planning import commands as c
from tenderwell.workroom.planning import queries
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, begun, personas

pytestmark = pytest.mark.django_db


def do(process: Process, command: Any, data: Any, who: str = "ada") -> Any:
    return perform(command, getattr(personas(), who), process.ocid, data, now=NOW)


def route(**given: Any) -> c.DecideRoute:
    plain = {
        "make": "Our own crew can do it.",
        "reuse": "No.",
        "join": "No.",
        "reason": "The crew has the time for it.",
    }
    return c.DecideRoute(**{**plain, **given})


def outcome(**given: Any) -> c.AddOutcome:
    plain = {
        "title": "Dry rooms", "measure": "Days", "baseline": "9", "target": "0", "source": "Register", "owner": "lead",
    }  # fmt: skip
    return c.AddOutcome(**{**plain, **given})


def test_an_assumption_is_tested_and_removed() -> None:
    process = staffed()
    do(process, c.add_assumption, c.AddAssumption(description="Pupils have smartphones"))
    assert [each.code for each in queries.warnings(process, now=NOW)][0] == "assumption_untested"
    tested = c.TestAssumption(assumption="assumption-1", test="We asked 412.", result="A third have none.")
    do(process, c.test_assumption, tested)
    assert "assumption_untested" not in {each.code for each in queries.warnings(process, now=NOW)}
    do(process, c.remove_assumption, c.RemoveAssumption(assumption="assumption-1"))
    assert process.assumptions.count() == 0


def test_a_comparable_is_removed_and_an_unknown_one_refused() -> None:
    process = staffed()
    filled(process)
    do(process, c.remove_comparable, c.RemoveComparable(comparable="cost-1/comparable-1"))
    with pytest.raises(Refused, match="not_there"):
        do(process, c.remove_comparable, c.RemoveComparable(comparable="cost-1/comparable-1"))
    with pytest.raises(Refused, match="no_costs"):
        do(process, c.publish_plan, c.PublishPlan())


def test_a_step_left_out_can_be_taken_up_again() -> None:
    process = staffed()
    do(process, c.mark_not_applicable, c.MarkNotApplicable(step="4.1.4", reason="It is only a trial for one week."))
    assert queries.left_out_choices(process, None)[0][0] == "4.1.4"
    do(process, c.mark_applicable, c.MarkApplicable(step="4.1.4"))
    assert queries.left_out(process) == {}


def test_buying_nothing_is_an_answer_and_is_published() -> None:
    process = staffed()
    nothing = c.BuyNothing(reason="The school's own crew repairs the roofs in summer.")
    with pytest.raises(Refused, match="route_is_buy"):
        do(process, c.buy_nothing, nothing)
    do(process, c.decide_route, route(option="make"))
    before = Entry.objects.count()
    do(process, c.buy_nothing, nothing)
    process.refresh_from_db()
    compiled = record_of(process.ocid).compiled  # type: ignore[union-attr]
    assert (process.state, Entry.objects.count()) == ("cancelled", before + 1)
    assert compiled["tender"]["cancellationRationale"] == nothing.reason
    assert compiled["planning"]["routeDecision"]["option"] == "make"


def test_a_plan_not_to_buy_is_not_published_as_a_purchase() -> None:
    process = staffed()
    filled(process)
    do(process, c.decide_route, route(option="reuse"))
    with pytest.raises(Refused, match="^nothing_to_buy$"):
        do(process, c.publish_plan, c.PublishPlan())


@pytest.mark.parametrize(("estimate", "refused"), [("4999.99", False), ("5000", True)])
def test_a_small_direct_award_needs_no_further_ground(estimate: str, refused: Any) -> None:
    process = staffed(estimate=estimate)
    direct = route(procedure="direct_1", option="buy")
    if refused:
        with pytest.raises(Refused, match="no_legal_ground"):
            do(process, c.decide_route, direct)
    else:
        do(process, c.decide_route, direct)


def test_another_value_asks_for_the_route_that_is_not_open_again() -> None:
    process = staffed(estimate="4000")
    do(process, c.decide_route, route(procedure="direct_1"))
    do(process, c.approve_route, c.ApproveRoute(agreed=True), "abe")
    data = c.SetBasics(title="Roofs of schools", category="works", estimate=Decimal(900000))
    do(process, c.set_basics, data)
    process = Process.objects.get(pk=process.pk)
    assert not hasattr(process, "route")
    with pytest.raises(Refused, match="route_open"):
        do(process, c.publish_plan, c.PublishPlan())


def test_no_procedure_that_buys_nothing_is_offered_or_taken() -> None:
    process = staffed()
    offered = [key for key, _ in queries.procedure_choices(process, None)]
    assert offered[0] == "open_1"
    assert "house_1" not in offered
    for key in ("house_1", "nonsense_1"):
        with pytest.raises(Refused, match="no_such_procedure"):
            do(process, c.decide_route, route(procedure=key))


@pytest.mark.parametrize("goals", [["18"], ["12.77"], ["a" * 60], ["0"], ["12."]])
def test_a_goal_that_does_not_exist_is_refused(goals: list[str]) -> None:
    process = staffed()
    with pytest.raises(Refused, match="no_such_goal"):
        do(process, c.add_outcome, outcome(sdgs=goals))


@pytest.mark.parametrize("given", [{"sdgs": ["x" * 61]}, {"social_values": ["x" * 61]}, {"social_values": ["x"] * 21}])
def test_what_no_column_holds_is_no_input(given: Any) -> None:
    with pytest.raises(ValidationError):
        outcome(**given)


@pytest.mark.parametrize("amount", ["1e17", "NaN", "Infinity", "-1", "1.001"])
def test_an_amount_that_cannot_be_kept_is_no_input(amount: str) -> None:
    with pytest.raises(ValidationError):
        c.AddCostLine(description="Works", phase="operation", amount=amount, source="Book", estimated_on=NOW.date())


def test_the_release_tells_when_outcomes_are_due_and_costs_were_estimated() -> None:
    process = staffed()
    filled(process)
    do(process, c.add_outcome, outcome(due_on="2027-06-30"))
    do(process, c.publish_plan, c.PublishPlan())
    planning = record_of(process.ocid).compiled["planning"]  # type: ignore[union-attr]
    assert planning["outcomes"][1]["dueDate"] == "2027-06-30T20:59:59.000Z"
    assert planning["dateEstimated"] == "2026-02-10T20:59:59.000Z"


def test_a_wrong_role_changes_nothing() -> None:
    process = staffed()
    before = Entry.objects.count()
    for who in ("bob", "dora", "gus"):
        with pytest.raises((Refused, LookupError)):
            do(process, c.add_outcome, outcome(), who)
    assert Entry.objects.count() == before


def test_prices_and_lessons_come_from_similar_published_processes() -> None:
    planned()
    process = begun(title="Roofs of three schools")
    assert [each.title for each in queries.similar(process)] == ["Roofs of twelve schools"]
    assert list(queries.similar(begun(title="School meals", category="services"))) == []
    assert (queries.prices_paid(process), queries.similar_lessons(process)) == ([], [])
