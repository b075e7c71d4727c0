"""Periods end when they say, never sooner, and never on a day when offices are closed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.periods import Calendar, Period, end_of_days, end_of_working_days

NAIROBI = Calendar("Africa/Nairobi", holidays=frozenset({date(2026, 12, 25)}))
NEW_YORK = Calendar("America/New_York")
EARLIEST, LATEST = datetime(2020, 1, 1), datetime(2035, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))


def test_at_the_end_instant_the_period_is_over() -> None:
    end = datetime(2026, 12, 16, 11, tzinfo=UTC)
    period = Period(end - timedelta(days=1), end)
    assert period.is_open(end - timedelta(microseconds=1))
    assert not period.is_open(end)
    assert period.is_over(end)


def test_a_period_without_a_zone_or_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Period(datetime(2026, 1, 1), datetime(2026, 1, 2, tzinfo=UTC))  # noqa: DTZ001
    with pytest.raises(ValueError, match="before it starts"):
        Period(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


def test_the_day_of_the_event_is_not_counted_and_a_closed_last_day_moves_on() -> None:
    start = datetime(2026, 12, 11, 8, tzinfo=UTC)  # a Friday; 14 days later is a holiday before a weekend
    end = end_of_days(start, 14, NAIROBI)
    assert end == datetime(2026, 12, 29, 0, tzinfo=ZoneInfo("Africa/Nairobi"))


@given(MOMENTS, st.integers(0, 120), st.sampled_from([NAIROBI, NEW_YORK]))
def test_a_period_is_never_shorter_than_its_days(start: Any, days: Any, calendar: Any) -> None:
    end = end_of_days(start, days, calendar)
    assert end - start >= timedelta(days=days) - timedelta(hours=1)  # one hour: summer time begins within it
    last = (end - timedelta(seconds=1)).astimezone(ZoneInfo(calendar.zone)).date()
    assert calendar.is_working_day(last)


PRACTICE = Calendar("Africa/Nairobi", weekend=frozenset(), day=timedelta(seconds=30))


def test_shortened_days_are_counted_from_the_event_to_a_full_minute() -> None:
    sunday = datetime(2026, 3, 1, 8, 0, 10, tzinfo=UTC)
    assert end_of_days(sunday, 14, PRACTICE) == datetime(2026, 3, 1, 8, 8, tzinfo=UTC)
    assert end_of_days(sunday.replace(second=0), 14, PRACTICE) == datetime(2026, 3, 1, 8, 7, tzinfo=UTC)
    assert end_of_working_days(sunday, 14, PRACTICE) == end_of_days(sunday, 14, PRACTICE)


@given(MOMENTS, st.integers(0, 120))
def test_a_shortened_period_is_never_shorter_than_its_days(start: Any, days: Any) -> None:
    assert timedelta(0) <= end_of_days(start, days, PRACTICE) - start - days * PRACTICE.day < timedelta(minutes=1)


@given(MOMENTS, st.integers(1, 40))
def test_working_days_are_counted_one_by_one(start: Any, days: Any) -> None:
    end = end_of_working_days(start, days, NAIROBI)
    zone = ZoneInfo("Africa/Nairobi")
    first, last = start.astimezone(zone).date(), (end - timedelta(seconds=1)).astimezone(zone).date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(map(NAIROBI.is_working_day, between)) == days
