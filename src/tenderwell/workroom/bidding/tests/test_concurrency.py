"""Many hands at once: one bidder's bids stay in order, and no bid of many is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pydantic import BaseModel

from tenderwell.core.command import SERVER, Actor, Command, perform
from tenderwell.core.errors import Refused
from tenderwell.ledger.models import Entry
from tenderwell.workroom.bidding import commands, heartbeats, sealer
from tenderwell.workroom.bidding.extending import ExtendForOutage, extend_for_outage
from tenderwell.workroom.bidding.inputs import AnnounceClosing, DeclareBid, SubmitBid, WithdrawBid
from tenderwell.workroom.bidding.rules import DRAIN
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
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db(transaction=True)


def together(tender: Sealed, inputs: list[SubmitBid]) -> list[str]:
    """Bob sends all of them at the same time; what came of each."""
    bob, now = personas().bob, tender.end - SECOND
    return at_once(tender, [(commands.submit_bid, bob, data, now) for data in inputs])


def at_once(tender: Sealed, acts: list[tuple[Command, Actor, BaseModel, datetime]]) -> list[str]:
    """Perform all of them at the same time, each on a connection of its own: the result's key, or why not."""

    def do(act: tuple[Command, Actor, BaseModel, datetime]) -> str:
        command, actor, data, now = act
        try:
            return str(perform(command, actor, tender.process.ocid, data, now=now).pk)
        except Refused as refused:
            return refused.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_the_same_bid_sent_eight_times_at_once_is_one_bid() -> None:
    tender = open_for_bids()
    data = sealer.uploaded(sealed_by(tender, personas().bob))
    assert len(set(together(tender, [data] * 8))) == 1
    assert tender.process.sealed_bids.count() == 1
    assert Entry.objects.filter(kind="sealed/v1").count() == 1


def test_of_eight_first_bids_sent_at_once_one_stands() -> None:
    tender = open_for_bids()
    inputs = [sealer.uploaded(sealed_by(tender, personas().bob, str(amount))) for amount in range(8)]
    results = together(tender, inputs)
    assert sorted(results)[1:].count("wrong_turn") + results.count("wrong_turn") >= 7
    assert list(tender.process.sealed_bids.values_list("seq", "state")) == [(1, "submitted")]


def test_a_bid_stamped_in_time_is_kept_though_it_waits_past_the_end_for_its_turn() -> None:
    tender = open_for_bids()
    data = sealer.uploaded(sealed_by(tender, personas().bob))
    assert tender.end - SECOND + timedelta(seconds=1) == tender.end
    assert len(together(tender, [data])[0]) == 36


def test_the_same_header_announced_twice_at_once_is_one_bid() -> None:
    tender = open_for_bids()
    data = DeclareBid(header=sealer.uploaded(sealed_by(tender, personas().bob)).header)
    act = (commands.declare_bid, personas().bob, data, tender.end - SECOND)
    assert len(set(at_once(tender, [act, act]))) == 1
    assert Entry.objects.filter(kind="sealed/v1").count() == 1


def test_a_bid_that_replaces_one_while_that_is_withdrawn_stands_alone() -> None:
    tender, bob = open_for_bids(), personas().bob
    first = bid_of(tender, bob)
    second = sealer.uploaded(sealed_by(tender, bob, "900.00"))
    withdraw, now = WithdrawBid(commitment=first.commitment), tender.end - SECOND
    results = at_once(tender, [(commands.submit_bid, bob, second, now), (commands.withdraw_bid, bob, withdraw, now)])
    first.refresh_from_db()
    assert first.state == ("replaced" if results[1] == "no_such_bid" else "withdrawn")
    assert list(tender.process.sealed_bids.filter(state="submitted").values_list("seq", flat=True)) == [2]


def test_a_bid_and_the_announcement_of_the_end_at_once_never_leave_a_bid_behind_the_end() -> None:
    tender = open_for_bids()
    data, end = sealer.uploaded(sealed_by(tender, personas().bob)), tender.end
    announce = (commands.announce_closing, personas().ada, AnnounceClosing(), end + DRAIN)
    results = at_once(tender, [(commands.submit_bid, personas().bob, data, end - SECOND), announce])
    kinds = list(Entry.objects.filter(kind__in=["sealed/v1", "tender.closed/v1"]).order_by("idx").values_list("kind"))
    is_taken = results[0] != "period_over"
    assert kinds == [("sealed/v1",)] * is_taken + [("tender.closed/v1",)]


def test_two_servers_that_come_back_at_once_extend_a_period_once() -> None:
    tender = open_for_bids()
    heartbeats.beat(tender.end - 20 * MINUTE)
    act = (extend_for_outage, SERVER, ExtendForOutage(), tender.end - MINUTE)
    results = at_once(tender, [act, act])
    assert results.count("no_outage") == 1
    assert tender.again().periods_held()["tenderPeriod"].end == tender.end + timedelta(hours=1)


def test_a_bid_on_its_way_while_the_end_is_announced_on_another_server_is_not_half_taken() -> None:
    tender = open_for_bids()
    first = bid_of(tender, personas().bob, now=tender.end - DAY)
    announced(tender)
    withdraw = WithdrawBid(commitment=first.commitment)
    assert at_once(tender, [(commands.withdraw_bid, personas().bob, withdraw, tender.end - SECOND)]) == ["period_over"]
