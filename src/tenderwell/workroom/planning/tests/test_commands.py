"""A plan grows, is refused while something is missing, and is published without a name."""

from typing import Any

import pytest
from django.test import Client

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Record
from tenderwell.workroom.planning import commands as c
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.tests.personas import NOW, begun, personas

pytestmark = pytest.mark.django_db


def published(process: Any) -> Record:
    return Record.objects.get(ocid=process.ocid)


def publish(process: Any, who: Any = "ada") -> Any:
    return perform(c.publish_plan, getattr(personas(), who), process.ocid, c.PublishPlan(), now=NOW)


def test_everything_that_is_missing_is_told_at_once() -> None:
    process = begun()
    with pytest.raises(Refused) as refused:
        publish(process)
    codes = {reason.code for reason in refused.value.reasons}
    assert codes == {"one_responsible", "undeclared", "no_needs", "no_outcomes", "no_costs", "no_funds", "route_open"}


def test_a_plan_is_published_with_its_reasons_and_without_names() -> None:
    process = planned()
    compiled = published(process).compiled
    assert process.state == "planned"
    assert compiled["planning"]["wholeLifeCost"] == {"amount": 520000, "currency": "USD"}
    assert compiled["planning"]["outcomes"][0]["relatedNeeds"] == ["need-1"]
    assert {each["role"] for each in compiled["planning"]["team"]} >= {"lead", "approver"}
    assert Entry.objects.get(ref=f"{process.ocid}-00001").kind == "ocds.release/v1"
    assert b"Ada" not in bytes(published(process).body)


@pytest.mark.parametrize(
    ("law", "rules"),
    [
        ("demo_1", {"id": "demo_1", "name": "Port Aurora"}),
        ("practice_1", {"id": "practice_1", "name": "Port Aurora, for practice", "daySeconds": 30}),
    ],
)
def test_the_record_says_by_which_rules_and_the_page_that_it_is_practice(law: str, rules: dict[str, Any]) -> None:
    process = planned(jurisdiction=law)
    assert published(process).compiled["rules"] == rules
    page = Client().get(f"/en/processes/{process.ocid}/").content.decode()
    assert ("This is practice: nothing is really bought." in page) is ("daySeconds" in rules)
    assert ("Seconds in a day: 30." in page) is ("daySeconds" in rules)


def test_the_route_is_approved_by_somebody_else() -> None:
    process = staffed()
    route = c.DecideRoute(
        make="No.",
        reuse="No.",
        join="No.",
        procedure="direct_1",
        reason="Only one firm holds the rights.",
        legal_ground="2014/24/EU Art. 32(2)(b)",
    )
    perform(c.decide_route, personas().ada, process.ocid, route, now=NOW)
    with pytest.raises(Refused, match="route_open"):
        publish(process)
    with pytest.raises(Refused, match="wrong_role"):
        perform(c.approve_route, personas().ada, process.ocid, c.ApproveRoute(agreed=True), now=NOW)
    perform(c.approve_route, personas().abe, process.ocid, c.ApproveRoute(agreed=True), now=NOW)
    process.refresh_from_db()
    assert (process.procedure_key, process.route.approved_at) == ("direct_1", NOW)


def test_every_problem_of_an_outcome_is_told_at_once() -> None:
    process = staffed()
    data = c.AddOutcome(
        title="A world-class Dell server",
        measure="How fast",
        baseline="1",
        target="1",
        source="Log",
        owner="lead",
        needs=["need-9"],
    )
    with pytest.raises(Refused) as refused:
        perform(c.add_outcome, personas().ada, process.ocid, data, now=NOW)
    codes = [reason.code for reason in refused.value.reasons]
    assert codes == ["brand_named", "cannot_be_measured", "no_change", "no_such_need"]


def test_research_without_consent_is_not_recorded() -> None:
    process = staffed()
    data = c.AddUserNeed(who="Pupils", need="Warm rooms", source="Talk", method="interviews", consent=False)
    with pytest.raises(Refused, match="no_consent"):
        perform(c.add_user_need, personas().ada, process.ocid, data, now=NOW)


def test_a_code_is_never_given_twice() -> None:
    process = staffed()
    filled(process)
    perform(c.remove_outcome, personas().ada, process.ocid, c.RemoveOutcome(outcome="outcome-1"), now=NOW)
    assert process.outcomes.count() == 0
    with pytest.raises(Refused, match="no_outcomes"):
        publish(process)


def test_a_step_can_be_left_out_for_a_published_reason() -> None:
    process = staffed()
    filled(process)
    left = c.MarkNotApplicable(step="4.1.3", reason="The value is below the limit for early notices.")
    perform(c.mark_not_applicable, personas().ada, process.ocid, left, now=NOW)
    publish(process)
    assert published(process).compiled["notApplicable"][0]["id"] == "4.1.3"


@pytest.mark.parametrize("who", ["bob", "dora", "abe"])
def test_only_the_lead_publishes(who: Any) -> None:
    process = staffed()
    filled(process)
    with pytest.raises((Refused, LookupError)):
        publish(process, who)
