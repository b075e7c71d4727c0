"""Gate G4 all the way: nobody is invited, and nothing is signed, without the money for it."""

from decimal import Decimal
from typing import Any

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.awarding.tests.journey import awarded_directly, decided, planned_direct
from tenderwell.workroom.bidding.tests.journey import with_committee
from tenderwell.workroom.delivery.tests import journey as j
from tenderwell.workroom.planning.commands import ConfirmFunds, confirm_funds
from tenderwell.workroom.planning.models import FundsConfirmation
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

pytestmark = pytest.mark.django_db


def only(process: Process, amount: str) -> None:
    """As if the plan had been published with so little money."""
    FundsConfirmation.objects.filter(process=process).update(amount=amount)


def confirmed(process: Process, amount: str, *, who: str = "ben", now: Any = NOW) -> Any:
    data = ConfirmFunds(budget_line="B-17", amount=amount, source="City budget 2026")
    return perform(confirm_funds, getattr(personas(), who), process.ocid, data, now=now)


def test_bids_are_invited_only_for_what_can_be_paid() -> None:
    process = drafted()
    with_committee(process)
    only(process, "199999.99")
    with pytest.raises(Refused, match="^funds_short$") as refused:
        publish(process)
    assert "199999.99" in refused.value.reasons[0].message
    confirmed(process, "200000")
    assert publish(process).state == "tendering"


def test_funds_confirmed_after_the_plan_are_public() -> None:
    process = drafted()
    confirmed(process, "250000")
    found = record_of(process.ocid)
    assert found
    assert found.compiled["planning"]["budget"]["amount"] == {"amount": 250000, "currency": "USD"}
    assert found.compiled["planning"]["userNeeds"]
    assert Entry.objects.latest("idx").kind == "ocds.release/v1"


def test_only_the_budget_holder_confirms() -> None:
    process = drafted()
    for who in ("ada", "abe", "gus"):
        with pytest.raises(Refused, match="wrong_role"):
            confirmed(process, "250000", who=who)


def test_a_direct_award_waits_for_its_money() -> None:
    process = planned_direct()
    only(process, "1")
    with pytest.raises(Refused, match="^funds_short$"):
        awarded_directly(process)


def test_the_buyer_signs_nothing_above_the_funds_confirmed() -> None:
    process = j.contracted()
    only(process, "899.99")
    with pytest.raises(Refused, match="^above_funds$"):
        j.sign(process)
    confirmed(process, "900", now=j.begins(process))
    j.sign(process)


def test_all_contracts_together_stay_within_the_funds() -> None:
    process = j.signed(decided())
    only(process, "900")
    j.contracted(process, value="1.00", value_reason="Keys and signs, which the award forgot.")
    with pytest.raises(Refused, match="^above_funds$"):
        j.sign(process, contract="contract-2")


def test_a_change_is_approved_only_with_its_money() -> None:
    process = j.signed()
    only(process, "900")
    j.proposed(process, "10.00")
    with pytest.raises(Refused, match="^above_funds$"):
        j.approved(process)
    confirmed(process, "910", now=j.begins(process) + 4 * j.DAY)
    j.approved(process)


def test_a_change_that_costs_nothing_needs_no_money() -> None:
    process = j.signed()
    j.proposed(process, "-10.00")
    only(process, "1")
    j.approved(process)


def test_money_for_signed_contracts_is_not_taken_away() -> None:
    process = j.signed()
    with pytest.raises(Refused, match="^funds_committed$"):
        confirmed(process, "899.99", now=j.begins(process))
    assert confirmed(process, "900", now=j.begins(process)).amount == Decimal(900)
