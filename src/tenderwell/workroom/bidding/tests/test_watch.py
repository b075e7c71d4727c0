"""What watches the service from beside it: it beats only while the service is well, and acts by itself."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError

from tenderwell.workroom.bidding import heartbeats, watch
from tenderwell.workroom.bidding.models import Heartbeat
from tenderwell.workroom.bidding.tests.journey import DAY, MINUTE, SECOND, Sealed, open_for_bids

HOUR = timedelta(hours=1)


def yes() -> bool:
    return True


def no() -> bool:
    return False


@pytest.fixture
def tender() -> Sealed:
    return open_for_bids()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the operators are told."""
    events: list[str] = []
    tell = lambda event, **_: events.append(event)  # noqa: E731
    told = SimpleNamespace(error=tell, critical=tell)
    monkeypatch.setattr(watch, "log", told)
    return events


def look(now: datetime, monkeypatch: pytest.MonkeyPatch, *, answers: Callable[[], bool] = yes, skew: int = 0) -> None:
    monkeypatch.setattr(watch, "database_clock", lambda: now + skew * SECOND)
    watch.look(answers, now=now, is_first=False)


@pytest.mark.django_db
def test_it_beats_once_a_minute_on_the_last_day(tender: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in range(0, 121, 5):
        look(tender.end - DAY + seconds * SECOND, monkeypatch)
    assert Heartbeat.objects.count() == 3


@pytest.mark.django_db
def test_it_does_not_beat_while_the_server_does_not_answer(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    look(tender.end - HOUR, monkeypatch, answers=no)
    assert heartbeats.last_beat() is None
    assert told == ["service_does_not_answer"]


@pytest.mark.django_db
@pytest.mark.parametrize(("skew", "is_well"), [(2, True), (-2, True), (3, False), (-3, False)])
def test_a_server_whose_clock_is_not_the_database_s_is_not_well(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch, told: list[str], skew: int, *, is_well: bool
) -> None:
    look(tender.end - HOUR, monkeypatch, skew=skew)
    assert (heartbeats.last_beat() is not None) == is_well == (told == [])


@pytest.mark.django_db
def test_when_the_service_is_back_the_period_is_longer_before_anybody_asks(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(tender.end - 20 * MINUTE, monkeypatch)
    look(tender.end + 5 * MINUTE, monkeypatch)
    assert tender.again().periods_held()["tenderPeriod"].end == tender.end + 5 * MINUTE + HOUR
    assert tender.again().state == "tendering"


@pytest.mark.django_db
def test_what_an_earlier_watch_left_undone_is_done_at_the_start(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in (-20 * MINUTE, -10 * MINUTE):
        heartbeats.beat(tender.end + at)
    now = tender.end - 9 * MINUTE - 30 * SECOND
    monkeypatch.setattr(watch, "database_clock", lambda: now)
    watch.look(yes, now=now, is_first=True)
    assert tender.again().periods_held()["tenderPeriod"].end == tender.end + HOUR


@pytest.mark.django_db
def test_in_the_last_minutes_it_beats_every_ten_seconds(tender: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    for seconds in range(-60, 61, 5):
        look(tender.end + seconds * SECOND, monkeypatch)
    assert Heartbeat.objects.count() == 13


@pytest.mark.django_db
@pytest.mark.parametrize("begin", [-55, -41, -20])
def test_forty_seconds_of_the_last_minute_are_measured_and_made_good(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch, begin: int
) -> None:
    """The service answers every look until `begin` seconds from the end and again forty seconds later."""
    for seconds in (*range(-120, begin, 5), *range(begin + 40, begin + 55, 5)):
        look(tender.end + seconds * SECOND, monkeypatch)
    assert tender.again().periods_held()["tenderPeriod"].end >= tender.end + HOUR


@pytest.mark.django_db
def test_a_look_that_failed_once_in_the_last_minute_is_no_outage(
    tender: Sealed, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    for seconds in range(-120, 61, 5):
        look(tender.end + seconds * SECOND, monkeypatch, answers=no if seconds in (-40, -35) else yes)
    assert tender.again().periods_held()["tenderPeriod"].end == tender.end
    assert told == ["service_does_not_answer"] * 2


# What keeps it from looking


def failing(error: Exception, *, monkeypatch: pytest.MonkeyPatch, stop: threading.Event, times: int) -> None:
    """Every look fails with the error; after so many the watch is told to stop."""
    looks: list[int] = []

    def fail(*_: object, **__: object) -> bool:
        looks.append(1)
        if len(looks) >= times:
            stop.set()
        raise error

    monkeypatch.setattr(watch, "look", fail)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_database_that_is_gone_is_told_and_waited_for(
    error: Exception, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    failing(error, monkeypatch=monkeypatch, stop=stop, times=3)
    watch.watch(yes, stop, pause=0.001)
    assert told == ["watch_waits_for_database"] * 3


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_the_program_ends_the_server_and_is_raised(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    failing(ValueError("broken"), monkeypatch=monkeypatch, stop=threading.Event(), times=9)
    monkeypatch.setattr(watch, "PAUSE", 0.001)
    ended = threading.Event()
    with pytest.raises(ValueError, match="broken"), watch.kept(yes, end_server=ended.set):
        assert ended.wait(10)
    assert told == ["watch_broken"]
