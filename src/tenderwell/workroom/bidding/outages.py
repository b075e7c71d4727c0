"""Outages of the service, measured by the silence between its heartbeats in the ledger, and what they extend. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tenderwell.core.jurisdiction import OutageRule

NONE = timedelta(0)


@dataclass(frozen=True)
class Beat:
    """A heartbeat: its entry in the ledger, when it was made, and by when it promised the next one."""

    index: int
    at: datetime
    due: datetime


@dataclass(frozen=True)
class Outage:
    """A silence longer than was promised, from the last sign of life to the next.

    before, after: the heartbeats' entries. after is None while the silence lasts; end is then the present moment.
    """

    start: datetime
    end: datetime
    before: int
    after: int | None

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def within(self, start: datetime, end: datetime) -> timedelta:
        """How much of it falls between two instants."""
        return max(NONE, min(self.end, end) - max(self.start, start))


def outages(beats: Sequence[Beat], *, now: datetime) -> Iterator[Outage]:
    """Every silence that broke a promise. beats: in the order of the ledger, none later than `now`.

    The whole silence counts, in favour of the bidders: nobody knows when in it the service failed.
    """
    for before, after in pairwise(beats):
        if after.at > before.due:
            yield Outage(before.at, after.at, before.index, after.index)
    if beats and now > beats[-1].due:
        yield Outage(beats[-1].at, now, beats[-1].index, None)


def counting(found: Iterable[Outage], *, end: datetime, rule: OutageRule) -> list[Outage]:
    """Those that took time from the last hours before the end."""
    start = end - timedelta(hours=rule.hours)
    return [outage for outage in found if outage.within(start, end) > NONE]


def counted(found: Iterable[Outage], *, end: datetime, rule: OutageRule) -> timedelta:
    """How much time all of them took."""
    start = end - timedelta(hours=rule.hours)
    return sum((outage.within(start, end) for outage in found), NONE)


def extended_end(found: Iterable[Outage], *, end: datetime, rule: OutageRule) -> datetime | None:
    """When bids close because of these outages; None where the rule does not extend the period. See OutageRule."""
    those = counting(found, end=end, rule=rule)
    lost = counted(those, end=end, rule=rule)
    final = end - timedelta(minutes=rule.final_minutes)
    is_final = any(outage.within(final, end) > NONE for outage in those)
    if not those or (lost <= timedelta(seconds=rule.tolerated_seconds) and not is_final):
        return None
    step = timedelta(minutes=rule.step_minutes)
    return full_minute(max(end, *(outage.end for outage in those)) + -(-lost // step) * step)


def full_minute(moment: datetime) -> datetime:
    """The next full minute, unless it is one."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + timedelta(minutes=1)
