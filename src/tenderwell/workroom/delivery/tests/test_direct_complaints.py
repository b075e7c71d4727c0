"""Complaints about an award without competition: any firm that was left out may make one, and signing waits for it."""

from datetime import datetime

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding.tests.journey import DAY, again, awarded_directly, compiled
from tenderwell.workroom.delivery.tests.journey import closed, contracted, sign, signed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.remedies import commands, queries
from tenderwell.workroom.remedies.tests import journey as j

pytestmark = pytest.mark.django_db
SOON = NOW + 2 * DAY


def complained(process: Process, *, now: datetime = SOON) -> None:
    j.complained(process, now=now)


def test_a_firm_that_was_left_out_challenges_a_direct_award() -> None:
    process = awarded_directly()
    complained(process)
    assert compiled(process)["complaints"][0]["status"] == "pending"
    contracted(process, now=SOON)
    with pytest.raises(Refused, match="open_complaint"):
        sign(process, now=SOON)


@pytest.mark.parametrize("who", ["ada", "dora", "rita", "finn"])
def test_only_firms_challenge_it(who: str) -> None:
    with pytest.raises(Refused, match="wrong_role"):
        j.complained(awarded_directly(), by=getattr(personas(), who), now=SOON)


def test_the_time_to_challenge_it_ends() -> None:
    process = awarded_directly()
    with pytest.raises(Refused, match="complaint_too_late"):
        complained(process, now=process.periods_held()["complaintPeriod"].end)


def test_an_upheld_complaint_takes_the_award_back_and_the_plan_stands() -> None:
    process = awarded_directly()
    complained(process)
    j.ruled(process, "upheld", remedy="annul_award", now=SOON)
    assert (again(process).state, again(process).supplier_ids) == ("planned", [])
    assert compiled(process)["awards"][0]["status"] == "cancelled"
    assert awarded_directly(again(process), now=SOON).state == "awarded"


def test_a_dismissed_complaint_lets_the_contract_be_signed() -> None:
    process = awarded_directly()
    complained(process)
    j.ruled(process, now=SOON)
    assert signed(again(process)).state == "delivery"


def test_nothing_was_evaluated_so_nothing_is_judged_again() -> None:
    process = awarded_directly()
    complained(process)
    with pytest.raises(Refused, match="nothing_to_judge"):
        j.ruled(process, "upheld", remedy="evaluate_again", now=SOON)


def test_a_signed_contract_is_for_a_court_but_the_decision_is_published() -> None:
    process = signed(awarded_directly())
    complained(process, now=SOON + DAY)
    with pytest.raises(Refused, match="contract_in_force"):
        j.ruled(process, "upheld", remedy="annul_award", now=SOON + 2 * DAY)
    j.ruled(process, "upheld", now=SOON + 2 * DAY)
    assert compiled(process)["complaints"][0]["status"] == "upheld"
    assert again(process).state == "delivery"


def test_closing_waits_for_the_review_body_which_could_not_decide_afterwards() -> None:
    process = signed(awarded_directly())
    complained(process, now=SOON + DAY)
    with pytest.raises(Refused, match="^open_complaint$"):
        closed(process, now=SOON + 2 * DAY)
    j.ruled(process, now=SOON + 2 * DAY)
    closed(process, now=SOON + 3 * DAY)
    assert again(process).state == "complete"


def test_a_firm_chooses_among_its_own_complaints_what_to_withdraw() -> None:
    process = awarded_directly()
    complained(process)
    assert [code for code, _ in queries.own_choices(process, personas().cleo)] == ["complaint-1"]
    assert queries.own_choices(process, personas().bob) == []
    data = commands.WithdrawComplaint(complaint="complaint-1")
    perform(commands.withdraw_complaint, personas().cleo, process.ocid, data, now=SOON)
    assert queries.own_choices(process, personas().cleo) == []
