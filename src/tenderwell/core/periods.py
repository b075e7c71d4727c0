"""Periods of time: who waits, how long, and what a working day is. Pure."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Period:
    """From `start` up to, not including, `end`; aware UTC. At the end instant the period is over."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with a zone")
        if self.end < self.start:
            raise ValueError("a period cannot end before it starts")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def is_open(self, now: datetime) -> bool:
        return self.start <= now < self.end

    def is_over(self, now: datetime) -> bool:
        return now >= self.end


DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Calendar:
    """Which days offices are closed: weekday numbers (Monday is 0) and dated holidays, in one time zone.

    day: how long a day of the law lasts. Only rules for practice shorten it; then no office is ever closed.
    """

    zone: str
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Container[date] = frozenset()
    day: timedelta = DAY

    @property
    def is_shortened(self) -> bool:
        return self.day != DAY

    def length(self, days: int) -> timedelta:
        """So many days of the law, counted from hour to hour."""
        return days * self.day

    def is_working_day(self, day: date) -> bool:
        return day.weekday() not in self.weekend and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """`day` itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day`."""
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day


def end_of_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The end of a period of `days` calendar days that begins at `start`.

    The day of the event is not counted; a period whose last day is no working day ends with the next one.
    Source: Regulation (EEC, Euratom) 1182/71 Art. 3(1) and 3(4).
    Shortened days are counted from the event itself, up to a full minute.
    """
    if calendar.is_shortened:
        return full_minute(start + calendar.length(days))
    zone = ZoneInfo(calendar.zone)
    last = calendar.next_working_day(start.astimezone(zone).date() + timedelta(days=days))
    return datetime.combine(last + timedelta(days=1), time.min, zone)


def full_minute(moment: datetime) -> datetime:
    """The moment itself, or the next full minute after it: forms know no seconds."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + MINUTE


def end_of_working_days(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The end of the last of `days` working days after the day of `start`."""
    if calendar.is_shortened:
        return end_of_days(start, days, calendar)
    zone = ZoneInfo(calendar.zone)
    last = calendar.add_working_days(start.astimezone(zone).date(), days)
    return datetime.combine(last + timedelta(days=1), time.min, zone)
