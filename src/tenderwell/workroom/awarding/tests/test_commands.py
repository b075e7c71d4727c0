"""Deciding, ending, cancelling: who may, what follows, what is published."""

from typing import Any

import pytest

from tenderwell.core import files
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.workroom.awarding import commands as c
from tenderwell.workroom.awarding import queries
from tenderwell.workroom.awarding.tests import journey as j
from tenderwell.workroom.engagement import commands as early
from tenderwell.workroom.evaluation.tests.journey import evaluated, with_bids
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.commands import AddDocument, DeclareInterest, add_document, declare_interest
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, CLEO_WORKS, NOW, personas

pytestmark = pytest.mark.django_db


def test_an_award_opens_the_standstill_and_names_the_winner() -> None:
    process = j.decided()
    compiled = j.compiled(process)
    (award,) = compiled["awards"]
    assert process.state == "standstill"
    assert (award["suppliers"][0]["id"], award["relatedBids"], award["value"]["amount"]) == (BOB_ROOFS, ["bid-1"], 900)
    assert compiled["tender"]["status"] == "complete"
    roles = {party["id"]: party["roles"] for party in compiled["parties"]}
    assert roles[BOB_ROOFS] == ["tenderer", "supplier"]
    assert process.roles_of(personas().bob) >= {"supplier"}
    release = j.last_release(process)
    assert release.sha256 in bytes(Entry.objects.get(ref=release.pk).body).decode()


def test_time_alone_ends_the_standstill() -> None:
    process = j.decided()
    end = j.standstill_end(process)
    assert state_at(process, end - j.DAY) == "standstill"
    assert state_at(process, end) == "awarded"


def test_the_form_offers_the_bids_with_rank_and_price_best_first(django_assert_max_num_queries: Any) -> None:
    process = evaluated()
    with django_assert_max_num_queries(3):
        offered = queries.bid_choices(process, None)
    assert offered == [
        ("bid-1", "Bid 1: Bob Roofs Cooperative (rank 1, USD\xa0900)"),
        ("bid-2", "Bid 2: Cleo Works Ltd (rank 2, USD\xa01,000)"),
    ]


@pytest.mark.parametrize("who", ["bob", "dora", "gus", "finn"])
def test_only_the_lead_and_approvers_decide(who: str) -> None:
    process = evaluated()
    data = c.DecideAward(awards=[c.AwardRow(bid="bid-1")], reason=j.WHY)
    with pytest.raises(Refused, match="wrong_role"):
        perform(c.decide_award, getattr(personas(), who), process.ocid, data, now=j.decision_day(process))
    assert not process.awards.exists()


def test_above_the_limit_the_lead_alone_does_not_decide() -> None:
    process = evaluated()
    data = c.DecideAward(awards=[c.AwardRow(bid="bid-1")], reason=j.WHY)
    with pytest.raises(Refused, match="needs_approver"):
        perform(c.decide_award, personas().ada, process.ocid, data, now=j.decision_day(process))


def test_passing_over_the_first_bid_takes_a_published_reason() -> None:
    process = evaluated()
    with pytest.raises(Refused, match="not_the_best") as refused:
        j.decided(process, bid="bid-2")
    assert refused.value.reasons[0].field == "awards.0.reason"
    j.decided(process, bid="bid-2", reason="The first bidder has lost its licence to build.")
    assert "licence" in j.compiled(process)["awards"][0]["rationale"]


def test_every_flaw_of_a_decision_is_told_at_once() -> None:
    process = evaluated()
    with pytest.raises(Refused) as refused:
        j.decided(process, bid="bid-9", lot="lot-9")
    assert {reason.code for reason in refused.value.reasons} >= {"no_such_bid", "no_such_lot"}


def test_a_letter_tells_a_bidder_its_own_result_and_the_winners() -> None:
    process = j.decided()
    letter = queries.letter_of(process, CLEO_WORKS)
    assert letter
    assert not letter.has_won
    assert {each.bid for each in letter.own} == {"bid-2"}
    assert {each.bid for each in letter.winner} == {"bid-1"}
    assert queries.letter_of(process, "XA-REG-9") is None


def test_nobody_fits_and_the_process_ends_without_an_award() -> None:
    process = with_bids()
    data = c.EndWithoutAward(reason="Both prices are above the funds that were confirmed.")
    perform(c.end_without_award, personas().ada, process.ocid, data, now=j.decision_day(process))
    assert j.again(process).state == "unsuccessful"
    assert j.compiled(process)["tender"]["status"] == "unsuccessful"


def test_cancelling_takes_awards_back_and_says_why() -> None:
    process = j.decided()
    data = c.CancelProcess(reason="The council has closed the schools concerned.")
    perform(c.cancel_process, personas().ada, process.ocid, data, now=j.decision_day(process) + j.DAY)
    compiled = j.compiled(process)
    assert j.again(process).state == "cancelled"
    assert compiled["tender"]["status"] == "cancelled"
    assert compiled["awards"][0]["status"] == "cancelled"


def test_cancelling_without_a_reason_is_refused() -> None:
    process = planned()
    with pytest.raises(Refused, match="reason_too_short"):
        perform(c.cancel_process, personas().ada, process.ocid, c.CancelProcess(reason="No."), now=NOW)


def test_a_direct_award_takes_an_approved_reason_and_a_second_person() -> None:
    process = j.planned_direct()
    data = c.AwardDirectly(supplier=BOB_ROOFS, value="150000", reason=j.GROUND)
    with pytest.raises(Refused, match="needs_approver"):
        perform(c.award_directly, personas().ada, process.ocid, data, now=NOW + j.DAY)
    process = j.awarded_directly(process)
    assert process.state == "awarded"
    assert j.compiled(process)["awards"][0]["rationale"] == j.GROUND


def test_a_direct_award_goes_to_a_registered_supplier_only() -> None:
    process = j.planned_direct()
    data = c.AwardDirectly(supplier="XA-REG-9", value="150000", reason="Quickly.")
    with pytest.raises(Refused) as refused:
        perform(c.award_directly, personas().abe, process.ocid, data, now=NOW + j.DAY)
    assert [reason.code for reason in refused.value.reasons] == ["no_such_supplier", "reason_too_short"]


def test_the_open_procedure_knows_no_direct_award() -> None:
    data = c.AwardDirectly(supplier=BOB_ROOFS, value="150000", reason=j.GROUND)
    with pytest.raises(Refused, match="not_in_procedure"):
        perform(c.award_directly, personas().abe, planned().ocid, data, now=NOW)


def test_a_direct_award_stays_within_the_value_that_was_approved() -> None:
    data = c.AwardDirectly(supplier=BOB_ROOFS, value="200000.01", reason=j.GROUND)
    with pytest.raises(Refused, match="above_estimate"):
        perform(c.award_directly, personas().abe, j.planned_direct().ocid, data, now=NOW + j.DAY)


def test_a_direct_award_waits_for_the_end_of_its_early_notice() -> None:
    process = j.planned_direct()
    text = "Who else can mend these old roofs?"
    notice = early.PublishEarlyNotice(title="Which roofs?", text=text, ends_at=NOW + 9 * j.DAY)
    perform(early.publish_early_notice, personas().ada, process.ocid, notice, now=NOW)
    with pytest.raises(Refused, match="notice_not_closed"):
        j.awarded_directly(process)


def test_who_has_an_interest_decides_nothing() -> None:
    process = evaluated()
    interest = DeclareInterest(has_interest=True, interest="My brother works for Bob Roofs.")
    perform(declare_interest, personas().abe, process.ocid, interest, now=j.decision_day(process))
    with pytest.raises(Refused, match="conflict_of_interest"):
        j.decided(process)


def test_the_papers_of_a_decision_are_published_with_it() -> None:
    process = evaluated()
    stored = files.store([b"minutes"], limit=100)
    paper = AddDocument(file=stored.sha256, file_name="minutes.pdf", title="Minutes", part="award", kind="awardNotice")
    perform(add_document, personas().ada, process.ocid, paper, now=j.decision_day(process))
    (shown,) = j.compiled(j.decided(process))["awards"][0]["documents"]
    assert (shown["title"], shown["sha256"]) == ("Minutes", stored.sha256)


def in_parts(*values: str | None) -> c.DecideAward:
    return c.DecideAward(awards=[c.AwardRow(bid="bid-1", value=value) for value in values], reason=j.WHY)


def test_a_bid_is_awarded_in_parts_when_each_says_its_value() -> None:
    process = evaluated()
    perform(c.decide_award, personas().abe, process.ocid, in_parts("600.00", "300.00"), now=j.decision_day(process))
    awards = j.compiled(process)["awards"]
    assert [(award["id"], award["value"]["amount"]) for award in awards] == [("award-1", 600), ("award-2", 300)]
    assert all("items" not in award for award in awards)


def test_the_whole_of_a_bid_is_not_awarded_twice() -> None:
    process = evaluated()
    with pytest.raises(Refused) as refused:
        perform(c.decide_award, personas().abe, process.ocid, in_parts(None, "300.00"), now=j.decision_day(process))
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("awarded_twice", "awards.0.value")]
