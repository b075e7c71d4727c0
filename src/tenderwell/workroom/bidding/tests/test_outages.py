"""When the service failed before the end: measured by the ledger, made good by the rule, told to everybody."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tenderwell.core.command import SERVER, perform
from tenderwell.core.errors import Refused
from tenderwell.core.jurisdiction import HOUSE_RULE
from tenderwell.ledger.models import Entry
from tenderwell.ledger.verifying.outages import check_outages
from tenderwell.public.record import reading
from tenderwell.workroom.bidding import commands, extending, heartbeats, reception, sealer
from tenderwell.workroom.bidding.extending import ExtendForOutage, extend_for_outage
from tenderwell.workroom.bidding.inputs import AnnounceClosing, SubmitBid, WithdrawBid
from tenderwell.workroom.bidding.models import SealedBid
from tenderwell.workroom.bidding.outages import Beat, counted, extended_end, outages
from tenderwell.workroom.bidding.tests.journey import (
    DAY,
    MINUTE,
    SECOND,
    Sealed,
    announced,
    bid_of,
    open_for_bids,
    sealed_by,
)
from tenderwell.workroom.bidding.tests.test_pages import signed_in
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas

HOUR = timedelta(hours=1)
END = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


def beating(*moments: timedelta) -> list[Beat]:
    """Heartbeats at these distances from END, each promising the next within two minutes."""
    return [Beat(index, END + at, END + at + 2 * MINUTE) for index, at in enumerate(moments)]


def end_after(*moments: timedelta, now: timedelta = MINUTE) -> datetime | None:
    return extended_end(outages(beating(*moments), now=END + now), end=END, rule=HOUSE_RULE)


# The rule


def test_no_silence_is_counted_that_was_not_longer_than_promised() -> None:
    assert list(outages(beating(-4 * MINUTE, -2 * MINUTE, timedelta(0)), now=END + MINUTE)) == []


def test_without_any_heartbeat_nothing_is_measured() -> None:
    assert end_after() is None


def test_fifteen_minutes_long_before_the_end_are_tolerated() -> None:
    assert end_after(-5 * HOUR, -5 * HOUR + 15 * MINUTE, now=-5 * HOUR + 16 * MINUTE) is None


def test_more_than_fifteen_minutes_give_a_full_hour() -> None:
    assert end_after(-5 * HOUR, -5 * HOUR + 16 * MINUTE, now=-5 * HOUR + 17 * MINUTE) == END + HOUR


def test_several_outages_are_added_up() -> None:
    moments = (-9 * HOUR, -9 * HOUR + 10 * MINUTE, -9 * HOUR + 11 * MINUTE, -9 * HOUR + 20 * MINUTE)
    assert end_after(*moments, now=-9 * HOUR + 21 * MINUTE) == END + HOUR


def test_what_counts_is_rounded_up_to_full_hours() -> None:
    assert end_after(-5 * HOUR, -3 * HOUR - 59 * MINUTE, now=-3 * HOUR - 58 * MINUTE) == END + 2 * HOUR


def test_any_outage_of_the_last_hour_extends() -> None:
    assert end_after(-30 * MINUTE, -27 * MINUTE, now=-26 * MINUTE) == END + HOUR


def test_an_outage_across_the_end_gives_the_hour_from_when_the_service_is_back() -> None:
    assert end_after(-10 * MINUTE, 40 * MINUTE, now=41 * MINUTE) == END + 40 * MINUTE + HOUR


def test_what_lies_before_the_last_day_does_not_count() -> None:
    assert end_after(-30 * HOUR, -24 * HOUR, now=-24 * HOUR + MINUTE) is None
    assert counted(outages(beating(-30 * HOUR, -23 * HOUR), now=END), end=END, rule=HOUSE_RULE) == 24 * HOUR


def test_an_outage_after_the_end_changes_nothing() -> None:
    assert end_after(-MINUTE, timedelta(0), 30 * MINUTE, now=31 * MINUTE) is None


# The heartbeats


@pytest.mark.django_db
def test_far_from_any_deadline_the_service_beats_once_an_hour(tender: Sealed) -> None:
    first = heartbeats.beat(tender.end - 10 * DAY)
    assert heartbeats.beat(first.at + 59 * MINUTE) == first
    assert heartbeats.beat(first.at + HOUR).index > first.index


@pytest.mark.django_db
def test_on_the_last_day_it_beats_every_minute_until_the_end_is_over(tender: Sealed) -> None:
    first = heartbeats.beat(tender.end - DAY)
    assert heartbeats.beat(first.at + MINUTE - SECOND) == first
    second = heartbeats.beat(first.at + MINUTE)
    assert (second.at, second.due) == (first.at + MINUTE, first.at + 3 * MINUTE)
    assert heartbeats.beat(tender.end + HOUR).due == tender.end + 2 * HOUR + 2 * MINUTE


@pytest.mark.django_db
def test_in_the_last_ten_minutes_and_one_more_it_beats_every_ten_seconds(tender: Sealed) -> None:
    first = heartbeats.beat(tender.end - 10 * MINUTE)
    assert heartbeats.beat(first.at + 9 * SECOND) == first
    second = heartbeats.beat(first.at + 10 * SECOND)
    assert (second.at, second.due) == (first.at + 10 * SECOND, first.at + 40 * SECOND)
    assert heartbeats.beat(tender.end + MINUTE).due == tender.end + 3 * MINUTE


@pytest.mark.django_db
def test_before_the_last_minutes_begin_the_next_beat_is_promised_for_their_beginning(tender: Sealed) -> None:
    begin = tender.end - 10 * MINUTE
    assert heartbeats.beat(begin - 30 * SECOND).due == begin + 30 * SECOND
    assert heartbeats.beat(begin).at == begin


@pytest.mark.django_db
def test_before_the_last_day_begins_the_next_beat_is_promised_for_its_beginning(tender: Sealed) -> None:
    assert heartbeats.beat(tender.end - DAY - 10 * MINUTE).due == tender.end - DAY + 2 * MINUTE


@pytest.mark.django_db
def test_a_beat_is_a_leaf_in_the_clear_that_says_when_the_next_is_due(tender: Sealed) -> None:
    found = heartbeats.beat(tender.end - MINUTE)
    entry = Entry.objects.get(idx=found.index)
    assert entry.kind == "heartbeat/v1"
    assert bytes(entry.body).startswith(b'{"at":"20')


@pytest.mark.django_db
def test_a_clock_behind_the_last_beat_writes_none(tender: Sealed) -> None:
    last = heartbeats.beat(tender.end)
    assert heartbeats.beat(tender.end - HOUR) == last


# What follows


def silent(tender: Sealed, begin: timedelta, end: timedelta) -> None:
    """The service beats until `begin` from the end, and again at `end`."""
    heartbeats.beat(tender.end + begin)
    heartbeats.beat(tender.end + end)


def extend(tender: Sealed, now: datetime) -> Process:
    perform(extend_for_outage, SERVER, tender.process.ocid, ExtendForOutage(), now=now)
    return tender.again()


@pytest.mark.django_db
def test_the_extension_and_the_incident_are_published_with_the_entries_that_show_it(tender: Sealed) -> None:
    silent(tender, -31 * MINUTE, -11 * MINUTE)
    end, process = tender.end, extend(tender, tender.end - 10 * MINUTE - 30 * SECOND)
    assert process.periods_held()["tenderPeriod"].end == end + HOUR
    record = reading.record_of(process.ocid)
    assert record
    (incident,) = record.compiled["tender"]["outageExtensions"]
    (outage,) = incident["outages"]
    kinds = Entry.objects.filter(idx__in=[outage["indexBefore"], outage["indexAfter"]]).values_list("kind", flat=True)
    assert list(kinds) == ["heartbeat/v1"] * 2
    assert (incident["countedSeconds"], incident["id"]) == (1200, "amendment-1")
    assert record.compiled["tender"]["amendments"][0]["differences"][0]["field"] == "closing time"
    page = Client().get(f"/en/processes/{process.ocid}/").content.decode()
    assert "When the service failed" in page
    assert f"{outage['indexBefore']}, {outage['indexAfter']}" in page


@pytest.mark.django_db
def test_an_outsider_s_verifier_comes_to_the_same_end(tender: Sealed) -> None:
    heartbeats.beat(tender.end - 10 * MINUTE)
    process = extend(tender, tender.end + 20 * MINUTE + 123 * timedelta(milliseconds=1))
    record = reading.record_of(process.ocid)
    assert record
    entries = {entry.idx: json.loads(bytes(entry.body)) for entry in Entry.objects.all()}
    assert list(check_outages(entries, {"tender": record.compiled["tender"]}, ocid=process.ocid)) == []
    changed = json.loads(json.dumps(record.compiled["tender"]).replace('"finalMinutes": 60', '"finalMinutes": 0'))
    assert list(check_outages(entries, {"tender": changed}, ocid=process.ocid))


@pytest.mark.django_db
def test_the_same_outage_extends_only_once(tender: Sealed) -> None:
    silent(tender, -30 * MINUTE, -10 * MINUTE)
    extend(tender, tender.end - 9 * MINUTE)
    with pytest.raises(Refused, match="no_outage"):
        extend(tender, tender.end - 8 * MINUTE)


@pytest.mark.django_db
def test_a_second_outage_extends_again(tender: Sealed) -> None:
    silent(tender, -30 * MINUTE, -10 * MINUTE)
    extend(tender, tender.end - 9 * MINUTE)
    first = tender.again().periods_held()["tenderPeriod"].end
    heartbeats.beat(first - 50 * MINUTE)
    heartbeats.beat(first - 30 * MINUTE)
    assert extend(tender, first - 29 * MINUTE).periods_held()["tenderPeriod"].end == first + HOUR


def handed_in(tender: Sealed, now: datetime) -> SealedBid:
    data: SubmitBid = sealer.uploaded(sealed_by(tender, personas().bob))
    return reception.hand_in(commands.submit_bid, personas().bob, tender.process.ocid, data, now=now)


@pytest.mark.django_db
def test_a_bid_after_the_restart_is_in_time_though_nobody_has_acted_yet(tender: Sealed) -> None:
    heartbeats.beat(tender.end - 10 * MINUTE)
    bid = handed_in(tender, tender.end + 20 * MINUTE)
    assert bid.state == "submitted"
    period = tender.again().periods_held()["tenderPeriod"]
    assert period.end == tender.end + 20 * MINUTE + HOUR
    assert tender.again().state == "tendering"


def taken_back(tender: Sealed, bid: SealedBid, now: datetime) -> SealedBid:
    data = WithdrawBid(commitment=bid.commitment)
    return reception.take_back(commands.withdraw_bid, personas().bob, tender.process.ocid, data, now=now)


@pytest.mark.django_db
def test_a_withdrawal_after_the_restart_is_in_time_though_nobody_has_acted_yet(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    heartbeats.beat(tender.end - 10 * MINUTE)
    assert taken_back(tender, bid, tender.end + 20 * MINUTE).state == "withdrawn"
    assert tender.again().periods_held()["tenderPeriod"].end == tender.end + 20 * MINUTE + HOUR


@pytest.mark.django_db
def test_without_an_outage_a_withdrawal_after_the_end_is_refused_and_the_bid_stands(tender: Sealed) -> None:
    bid = bid_of(tender, personas().bob)
    with pytest.raises(Refused, match="period_over") as refused:
        taken_back(tender, bid, tender.end)
    assert "bids stand as they are" in refused.value.reasons[0].text
    bid.refresh_from_db()
    assert bid.state == "submitted"


@pytest.mark.django_db
def test_once_the_end_was_announced_an_outage_lets_nobody_withdraw(tender: Sealed) -> None:
    """Shares may have been released: whoever withdraws now could know what others offered."""
    bid = bid_of(tender, personas().bob)
    announced(tender)
    silent(tender, -30 * MINUTE, 10 * MINUTE)
    with pytest.raises(Refused, match="period_over"):
        taken_back(tender, bid, tender.end + 11 * MINUTE)


@pytest.mark.django_db
def test_by_page_a_withdrawal_after_an_outage_is_taken_and_told(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bid = bid_of(tender, personas().bob)
    heartbeats.beat(tender.end - 10 * MINUTE)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tender.end + 20 * MINUTE)
    page = reverse("bidding:withdraw", args=(tender.process.ocid,))
    client = signed_in(personas().bob)
    assert client.post(page, {"commitment": bid.commitment}).status_code == 302
    bid.refresh_from_db()
    assert bid.state == "withdrawn"


@pytest.mark.django_db
def test_a_bid_after_the_extended_end_is_late(tender: Sealed) -> None:
    heartbeats.beat(tender.end - 10 * MINUTE)
    handed_in(tender, tender.end + 20 * MINUTE)
    end = tender.again().periods_held()["tenderPeriod"].end
    heartbeats.beat(end - 2 * MINUTE)  # the service lived on; only its beats at both ends matter here
    extension = tender.process.outage_extensions.get()
    extension.last_index = heartbeats.beat(end - 10 * SECOND).index
    extension.save(update_fields=["last_index"])
    with pytest.raises(reception.TooLate):
        reception.hand_in(
            commands.submit_bid, personas().cleo, tender.process.ocid,
            sealer.uploaded(sealed_by(tender, personas().cleo)), now=end,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_end_is_not_announced_while_an_outage_waits_to_be_made_good(tender: Sealed) -> None:
    heartbeats.beat(tender.end - 10 * MINUTE)
    with pytest.raises(Refused, match="outage_unsettled"):
        announced(tender)


@pytest.mark.django_db
def test_an_outage_found_after_the_end_was_announced_extends_nothing(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    announced(tender)
    silent(tender, -30 * MINUTE, 10 * MINUTE)
    with pytest.raises(Refused, match="announced_already"):
        extend(tender, tender.end + 11 * MINUTE)
    assert extending.extended(tender.process.ocid, now=tender.end + 11 * MINUTE) is False


@pytest.mark.django_db
def test_a_bidder_cannot_extend_the_period(tender: Sealed) -> None:
    silent(tender, -30 * MINUTE, -10 * MINUTE)
    with pytest.raises(Refused, match="wrong_role"):
        perform(extend_for_outage, personas().bob, tender.process.ocid, ExtendForOutage(), now=tender.end - MINUTE)


@pytest.mark.django_db
def test_without_an_outage_nothing_is_extended_and_the_end_is_announced(tender: Sealed) -> None:
    for count in range(-30, 7):
        heartbeats.beat(tender.end + count * 10 * SECOND)
    with pytest.raises(Refused, match="no_outage"):
        extend(tender, tender.end + MINUTE)
    perform(commands.announce_closing, personas().ada, tender.process.ocid, AnnounceClosing(), now=tender.end + MINUTE)
