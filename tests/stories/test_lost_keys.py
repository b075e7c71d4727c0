"""Too few keys are left after the deadline: nobody can open the bids, so the process ends, and everybody reads why."""

import pytest

from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.public.record.models import Release
from tenderwell.workroom.awarding.commands import CancelProcess, cancel_process
from tenderwell.workroom.bidding import commands, sealer
from tenderwell.workroom.bidding.inputs import RecordNoBids
from tenderwell.workroom.bidding.tests.journey import DAY, MINUTE, announced, bid_of, open_for_bids
from tenderwell.workroom.process.tests.personas import BOB_ROOFS, personas

pytestmark = pytest.mark.django_db
WHY = "Two of the three members lost their keys after the deadline, so the bids cannot be opened by anybody."


def test_bids_that_nobody_can_open_end_the_process_with_the_reason_published() -> None:
    tender = open_for_bids()
    bid_of(tender, personas().bob)
    ocid, now = tender.process.ocid, tender.end + DAY
    announced(tender)
    sealer.release_all(tender.rings[0], tender.process, now=tender.end + MINUTE)
    with pytest.raises(Refused, match="bids_received"):
        perform(commands.record_no_bids, personas().ada, ocid, RecordNoBids(), now=now)
    perform(cancel_process, personas().ada, ocid, CancelProcess(reason=WHY), now=now)
    shown = bytes(Release.objects.filter(ocid=ocid).latest("date").body).decode()
    assert tender.again().state == "cancelled"
    assert WHY in shown
    assert not tender.process.bids.exists()
    assert BOB_ROOFS not in "".join(bytes(each.body).decode() for each in Release.objects.filter(ocid=ocid))
