"""Complaints: who may make them, what they hold up, what a decision does."""

from datetime import timedelta

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.workroom.awarding.commands import CancelProcess, cancel_process
from tenderwell.workroom.awarding.tests.journey import again, compiled, decided, decision_day, last_release
from tenderwell.workroom.bidding.tests.journey import DAY, open_for_bids
from tenderwell.workroom.process.tests.personas import CLEO_WORKS, actor, personas, supplier
from tenderwell.workroom.remedies.tests import journey as j

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_complaint_is_published_without_its_author() -> None:
    process = decided()
    complaint = j.complained(process)
    assert (complaint.status, complaint.against) == ("pending", "award")
    (shown,) = compiled(process)["complaints"]
    assert shown["status"] == "pending"
    release = last_release(process)
    assert release.content["act"]["name"] == "complaint.made"
    assert CLEO_WORKS not in str(release.content)
    assert Entry.objects.filter(ref=release.id).exists()


@pytest.mark.parametrize("who", ["ada", "rita", "finn", "elif_"])
def test_only_tenderers_complain(who: str) -> None:
    with pytest.raises(Refused, match="wrong_role"):
        j.complained(decided(), by=getattr(personas(), who))


def test_whoever_made_no_bid_does_not_challenge_the_decision() -> None:
    process = decided()
    supplier("XA-REG-1003", "Fay Tiles", "fay", process.begun_at)
    with pytest.raises(Refused, match="no_standing"):
        j.complained(process, by=actor("fay"))


def test_a_complaint_about_the_tender_comes_while_bids_are_invited() -> None:
    tender = open_for_bids()
    assert j.complained(tender.process, now=tender.end - DAY).against == "tender"
    with pytest.raises(Refused, match="wrong_state"):
        j.complained(tender.process, now=tender.end)


def test_the_window_closes_at_its_instant() -> None:
    process = decided()
    end = process.periods_held()["complaintPeriod"].end
    with pytest.raises(Refused, match="complaint_too_late"):
        j.complained(process, now=end)
    assert j.complained(process, now=end - SECOND)


def test_only_the_review_body_decides() -> None:
    process = decided()
    j.complained(process)
    for who in (personas().ada, personas().abe, personas().cleo):
        with pytest.raises(Refused, match="wrong_role"):
            j.ruled(process, by=who)


def test_an_upheld_complaint_can_take_the_award_back() -> None:
    process = decided()
    j.complained(process)
    j.ruled(process, "upheld", remedy="annul_award")
    shown = compiled(process)
    assert again(process).state == "evaluated"
    assert (shown["complaints"][0]["status"], shown["awards"][0]["status"]) == ("upheld", "cancelled")
    assert "supplier" not in again(process).roles_of(personas().bob)


def test_bids_can_be_ordered_to_be_judged_again() -> None:
    process = decided()
    j.complained(process)
    j.ruled(process, "upheld", remedy="evaluate_again")
    assert again(process).state == "evaluation"


def test_a_dismissed_complaint_takes_nothing_back() -> None:
    process = decided()
    j.complained(process)
    with pytest.raises(Refused, match="remedy_unfit"):
        j.ruled(process, "dismissed", remedy="annul_award")
    j.ruled(process)
    assert again(process).state == "standstill"


def test_a_complaint_is_decided_though_the_process_was_cancelled_meanwhile() -> None:
    process = decided()
    j.complained(process)
    data = CancelProcess(reason="The schools are closed down by the region this summer.")
    perform(cancel_process, personas().abe, process.ocid, data, now=decision_day(process) + 2 * DAY)
    with pytest.raises(Refused, match="^process_ended$"):
        j.ruled(process, "upheld", remedy="annul_award")
    j.ruled(process, "upheld")
    assert compiled(process)["complaints"][0]["status"] == "upheld"
    assert again(process).state == "cancelled"


def test_only_its_author_withdraws_a_complaint_and_only_once() -> None:
    process = decided()
    j.complained(process)
    with pytest.raises(Refused, match="no_such_complaint"):
        j.withdrawn(process, by=personas().bob)
    assert j.withdrawn(process).status == "withdrawn"
    with pytest.raises(Refused, match="no_such_complaint"):
        j.withdrawn(process)
