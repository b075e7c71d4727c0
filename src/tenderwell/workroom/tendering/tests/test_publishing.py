"""A tender is drafted and published; what is missing is told at once, what is published is frozen."""

from datetime import timedelta
from typing import Any

import pytest

from tenderwell.core.command import Moment, perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.ocds import frozen
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.commands import DeclareInterest, declare_interest
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, assign, personas
from tenderwell.workroom.tendering import views
from tenderwell.workroom.tendering.commands import drafting as d
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender
from tenderwell.workroom.tendering.tests.journey import CLOSES, DAY, drafted, publish, quality_and_price, tendered

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def tender_of(process: Process) -> dict[str, Any]:
    record = record_of(process.ocid)
    assert record
    found: dict[str, Any] = record.compiled["tender"]
    return found


def refused(process: Process, who: str = "abe") -> set[str]:
    with pytest.raises(Refused) as found:
        perform(publish_tender, getattr(personas(), who), process.ocid, PublishTender(), now=NOW)
    return {reason.code for reason in found.value.reasons}


def only_price(lot: str = "", **given: Any) -> d.SetCriteria:
    row = d.CriterionRow(title="Price", kind="price", weight="100")
    return d.SetCriteria(criteria=[row], lot=lot, price_reason="Asphalt is the same everywhere.", **given)


def lots_of(process: Process, *amounts: str) -> None:
    for place, amount in enumerate(amounts, 1):
        lot = d.AddLot(title=f"District {place}", amount=amount, reserved=["sme"])
        perform(d.add_lot, personas().ada, process.ocid, lot, now=NOW)


def test_everything_that_is_missing_is_told_at_once() -> None:
    process = planned(NOW, estimate="260000")
    expected = {"brief_incomplete", "nothing_to_buy", "no_criteria", "no_dates", "no_committee", "not_engaged"}
    assert refused(process) == expected


def test_without_a_committee_nothing_is_published() -> None:
    assert refused(drafted()) == {"no_committee"}


def test_the_lead_does_not_publish_a_large_tender() -> None:
    assert "needs_approver" in refused(drafted(), "ada")


def test_the_lead_does_not_publish_it_as_approver_either() -> None:
    process = drafted()
    assign(process, "ada", "approver")
    assert "needs_approver" in refused(process, "ada")


def test_publishing_opens_the_period_for_all_at_once() -> None:
    process = tendered()
    tender = tender_of(process)
    assert (process.state, tender["status"]) == ("tendering", "active")
    assert tender["tenderPeriod"]["endDate"].startswith(CLOSES.date().isoformat())
    assert tender["enquiryPeriod"]["startDate"] == tender["tenderPeriod"]["startDate"]
    assert tender["submissionMethod"] == ["electronicSubmission"]
    assert tender["awardCriteria"] == "ratedCriteria"
    assert tender["items"][0]["classification"]["scheme"] == "CPV"
    assert tender["brief"]["latestStartDate"] == "2026-06-30T21:00:00.000Z"


def test_the_published_criteria_have_the_hash_that_anybody_computes() -> None:
    process = tendered()
    evaluation = tender_of(process)["evaluation"]
    assert frozen(evaluation["criteria"])[1] == evaluation["sha256"] == process.criteria.sha256


def test_published_criteria_cannot_change() -> None:
    process = tendered()
    with pytest.raises(Refused, match="wrong_state"):
        perform(d.set_criteria, personas().ada, process.ocid, only_price(), now=NOW + DAY)


def test_each_lot_is_judged_by_its_own_criteria_or_by_those_for_all() -> None:
    process = drafted()
    lots_of(process, "90000", "110000")
    perform(d.set_criteria, personas().ada, process.ocid, quality_and_price(), now=NOW)
    perform(d.set_criteria, personas().ada, process.ocid, only_price("lot-2"), now=NOW)
    assert [tree["lot"] for tree in process.criteria.trees] == ["lot-2"]


def test_a_lot_without_criteria_stops_the_publication() -> None:
    process = drafted()
    lots_of(process, "90000", "110000")
    perform(d.set_criteria, personas().ada, process.ocid, only_price("lot-2"), now=NOW)
    with pytest.raises(Refused, match="no_criteria"):
        committee_and_publish(process)


def test_lots_are_published_with_what_they_are_reserved_for_and_judged_by() -> None:
    process = drafted()
    lots_of(process, "200000")
    lot = tender_of(committee_and_publish(process))["lots"][0]
    assert lot["otherRequirements"]["reservedParticipation"] == ["sme"]
    assert [each["name"] for each in lot["awardCriteria"]["criteria"]][-1] == "Price"
    assert lot["awardCriteria"]["criteria"][-1]["numbers"] == [{"number": 50, "weight": "percentageExact"}]


def committee_and_publish(process: Process) -> Process:
    committee = pytest.importorskip("tenderwell.workroom.bidding.tests.journey")
    committee.with_committee(process)
    return publish(process)


def test_drafts_leave_only_blind_entries() -> None:
    before = Entry.objects.filter(kind="ocds.release/v1").count()
    process = drafted()
    public = Entry.objects.filter(kind="ocds.release/v1").count() - before
    assert public == len({"plan.published"})
    assert "items" not in tender_of(process)


@pytest.mark.parametrize(
    ("text", "code"),
    [("The foreman must have his own van.", "gendered"), ("Twelve Bosch drills are needed.", "brand_named")],
)
def test_requirements_that_shut_firms_out_are_refused(text: str, code: str) -> None:
    process = planned(NOW)
    data = d.AddRequirement(title="Tools", text=text, importance="essential", reason="The work needs it.")
    with pytest.raises(Refused, match=code):
        perform(d.add_requirement, personas().ada, process.ocid, data, now=NOW)


def test_a_closing_on_a_day_too_early_is_refused_with_the_earliest_in_the_zone_of_the_place() -> None:
    process = planned(NOW)
    with pytest.raises(Refused) as found:
        perform(d.set_dates, personas().ada, process.ocid, d.SetDates(closes_at=NOW + 5 * DAY), now=NOW)
    assert found.value.reasons[0].code == "too_short"
    assert "UTC+03:00" in found.value.reasons[0].message


def test_by_rules_for_practice_bids_close_within_minutes_and_the_form_leaves_time_to_publish() -> None:
    process = drafted(planned(NOW, estimate="200000", jurisdiction="practice_1"), closes=NOW + 7 * MINUTE)
    assert process.dates.questions_until == NOW + 4.5 * MINUTE
    process.dates.delete()
    process.refresh_from_db()
    moment = Moment(process, personas().ada, NOW)
    assert views.chosen_dates(moment) == {"closes_at": NOW + 22 * MINUTE}


def test_an_outsider_writes_no_tender() -> None:
    process = planned(NOW)
    with pytest.raises(Refused, match="wrong_role"):
        perform(d.set_criteria, personas().bob, process.ocid, quality_and_price(), now=NOW)


def test_criteria_of_a_lot_that_is_gone_are_not_published() -> None:
    process = drafted()
    lots_of(process, "90000", "110000")
    for lot in ("lot-1", "lot-2"):
        perform(d.set_criteria, personas().ada, process.ocid, only_price(lot), now=NOW)
    perform(d.remove_lot, personas().ada, process.ocid, d.RemoveLot(lot="lot-2"), now=NOW)
    assert [each["lot"] for each in tender_of(committee_and_publish(process))["evaluation"]["criteria"]] == ["lot-1"]


def test_who_has_an_interest_publishes_nothing() -> None:
    process = drafted()
    interest = DeclareInterest(has_interest=True, interest="My brother works for Bob Roofs.")
    perform(declare_interest, personas().abe, process.ocid, interest, now=NOW)
    with pytest.raises(Refused, match="conflict_of_interest"):
        committee_and_publish(process)
