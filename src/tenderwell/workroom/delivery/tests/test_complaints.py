"""What a complaint holds up, and what becomes of contracts when the award is taken back."""

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.awarding.tests.journey import DAY, again, compiled, decided, standstill_end
from tenderwell.workroom.delivery.tests import journey as delivery
from tenderwell.workroom.process.tests.personas import personas
from tenderwell.workroom.remedies.tests import journey as j

pytestmark = pytest.mark.django_db


def test_an_open_complaint_suspends_the_signature_until_it_is_decided() -> None:
    process = decided()
    j.complained(process)
    delivery.contracted(process)
    with pytest.raises(Refused, match="open_complaint"):
        delivery.sign(process)
    j.ruled(process, now=standstill_end(process) + DAY)
    delivery.sign(process, now=standstill_end(process) + 2 * DAY)
    assert again(process).state == "delivery"


def test_a_contract_of_an_award_taken_back_is_never_signed() -> None:
    process = decided()
    delivery.contracted(process)
    j.complained(process)
    j.ruled(process, "upheld", remedy="annul_award")
    decided(process, now=standstill_end(process) + DAY)
    delivery.contracted(again(process), award="award-2")
    with pytest.raises(Refused, match="award_taken_back"):
        delivery.sign(process, now=standstill_end(again(process)))


def test_a_contract_drawn_up_falls_with_its_award_and_holds_nothing_up() -> None:
    process = decided()
    delivery.contracted(process)
    j.complained(process)
    j.ruled(process, "upheld", remedy="annul_award")
    assert compiled(process)["contracts"][0]["status"] == "cancelled"
    process = delivery.contracted(decided(process, now=standstill_end(process) + DAY), award="award-2")
    delivery.sign(process, contract="contract-2")
    delivery.closed(process, contract="contract-2")
    assert again(process).state == "complete"


def test_a_contract_drawn_up_falls_with_the_process() -> None:
    process = delivery.contracted()
    data = awarding.CancelProcess(reason="The council has closed the schools concerned.")
    perform(awarding.cancel_process, personas().ada, process.ocid, data, now=standstill_end(process) + DAY)
    assert compiled(process)["contracts"][0]["status"] == "cancelled"
