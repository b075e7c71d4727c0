"""What a complaint holds up, and what becomes of contracts when the award is taken back."""

import pytest

from tenderwell.core.errors import Refused
from tenderwell.workroom.awarding.tests.journey import DAY, again, decided, standstill_end
from tenderwell.workroom.delivery.tests import journey as delivery
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
    with pytest.raises(Refused, match="award_taken_back"):
        delivery.sign(process, now=standstill_end(again(process)))
