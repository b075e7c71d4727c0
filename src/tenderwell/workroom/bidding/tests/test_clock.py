"""One instant decides: when the header had arrived in full, by the clock of the process that took it.

A slow clock slips no bid in: once the end is announced in the ledger no bid is taken, whatever a clock says.
"""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client

from tenderwell.core.command import perform, timestamp
from tenderwell.core.errors import Refused
from tenderwell.workroom.bidding import browser, commands, downloads, reception, sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, DeclareBid, DeliverPayload
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.rules import DRAIN
from tenderwell.workroom.bidding.tests.journey import MINUTE, SECOND, Sealed, announced, open_for_bids, sealed_by
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def header_at(tender: Sealed, moment: timedelta) -> SealedBid:
    """The header alone arrives this long after the end of the period."""
    data = DeclareBid(header=sealer.uploaded(sealed_by(tender, personas().bob)).header)
    ocid = tender.process.ocid
    return reception.hand_in(commands.declare_bid, personas().bob, ocid, data, now=tender.end + moment)


@pytest.mark.parametrize("before", [SECOND, MICROSECOND])
def test_a_header_before_the_end_is_in_time(tender: Sealed, before: timedelta) -> None:
    assert header_at(tender, -before).state == "declared"


@pytest.mark.parametrize("after", [timedelta(0), SECOND])
def test_a_header_at_the_end_or_after_gets_a_signed_refusal(tender: Sealed, after: timedelta) -> None:
    with pytest.raises(reception.TooLate) as late:
        header_at(tender, after)
    assert "tenderwell/refusal/v1" in late.value.note
    assert not tender.process.sealed_bids.exists()


def test_the_payload_of_a_header_in_time_may_come_within_the_grace(tender: Sealed) -> None:
    package = sealed_by(tender, personas().bob)
    files = sealer.uploaded(package)
    ocid = tender.process.ocid
    reception.hand_in(
        commands.declare_bid, personas().bob, ocid, DeclareBid(header=files.header), now=tender.end - SECOND
    )
    data = DeliverPayload(commitment=package.commitment, payload=files.payload)
    bid = perform(commands.deliver_payload, personas().bob, ocid, data, now=tender.end + MINUTE)
    assert (bid.state, bid.received_at) == ("submitted", tender.end - SECOND)


def test_a_slow_clock_slips_no_bid_in_after_the_end_is_announced(tender: Sealed) -> None:
    announced(tender)
    with pytest.raises(Refused, match="period_over"):
        header_at(tender, -MINUTE)
    assert not tender.process.sealed_bids.exists()


def test_no_end_is_announced_before_what_came_in_time_is_written(tender: Sealed) -> None:
    with pytest.raises(Refused, match="still_arriving"):
        now = tender.end + DRAIN - MICROSECOND
        perform(commands.announce_closing, personas().ada, tender.process.ocid, AnnounceClosing(), now=now)


def test_a_slow_clock_gives_a_signed_refusal_too_once_the_end_is_announced(tender: Sealed) -> None:
    announced(tender)
    with pytest.raises(reception.TooLate) as late:
        header_at(tender, -MINUTE)
    assert f"announced {timestamp(tender.end + MINUTE)}" in late.value.note


def test_a_header_is_stamped_before_the_server_looks_anything_up(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [tender.end - MICROSECOND]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[-1])
    found = downloads.bidder_page

    def slow(request: HttpRequest, ocid: str) -> Process:
        clock.append(tender.end + MINUTE)
        return found(request, ocid)

    monkeypatch.setattr(browser, "bidder_page", slow)
    bob, place = personas().bob, f"/api/v1/processes/{tender.process.ocid}/bidding/hand_in?announce=1"
    token = perform(issue_token, bob, bob.organisation, IssueToken(label="Program"), now=NOW)
    client = Client(headers={"Authorization": f"Bearer {token.secret}"})
    raw = sealed_by(tender, bob).header.raw
    assert client.post(place, raw, content_type="application/json").status_code == 200
    assert tender.process.sealed_bids.get().received_at == tender.end - MICROSECOND
