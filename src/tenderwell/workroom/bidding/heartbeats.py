"""The service's own signs of life: written into the ledger while a deadline is near, and what their gaps mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from tenderwell.core.command import Moment, provides, timestamp
from tenderwell.ledger import store
from tenderwell.workroom.bidding import rules
from tenderwell.workroom.bidding.models import Heartbeat, OutageExtension
from tenderwell.workroom.bidding.outages import Beat, Outage, counting, extended_end, outages
from tenderwell.workroom.process.models import Process

KIND = "heartbeat/v1"
LOCK = 7_365_317  # one heart, in whatever process it beats
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Pace:
    """How often the heart beats, and within which time the next beat is promised: one slow beat is no outage."""

    every: timedelta
    promised: timedelta


NEAR = Pace(MINUTE, 2 * MINUTE)  # in the last hours before a deadline, as the jurisdiction's rule counts them
FINAL = Pace(10 * SECOND, 30 * SECOND)  # when most bids come: a short silence there costs somebody the bid
IDLE = Pace(HOUR, HOUR + 2 * MINUTE)  # while no deadline is near
FINAL_STRETCH = 10 * MINUTE
AFTERWARDS = 10 * MINUTE  # beats after the end show whether the end itself was reached


@dataclass(frozen=True)
class Stretch:
    """A time in which the heart keeps a pace for the sake of a deadline."""

    start: datetime
    end: datetime
    pace: Pace


def beat(now: datetime) -> Beat:
    """Write a heartbeat when it is time for one; returns the last. A clock behind the last beat writes none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = last_beat()
        if last and not is_due(last, now=now):
            return last
        return written(now, promise(stretches(), now=now))


def is_due(last: Beat, *, now: datetime) -> bool:
    """Whether it is time for the beat after this one: by the pace now, or to keep what the last one promised."""
    if now < last.at + FINAL.every:
        return False
    margin = min(MINUTE, (last.due - last.at) * 2 / 3)
    return now >= min(last.at + pace(stretches(), now=now).every, last.due - margin)


def pace(found: Iterable[Stretch], *, now: datetime) -> Pace:
    """The fastest that any deadline asks for."""
    return min((each.pace for each in found if each.start <= now < each.end), key=lambda each: each.every, default=IDLE)


def promise(found: Sequence[Stretch], *, now: datetime) -> datetime:
    """By when the next beat comes: in the pace of now, and in that of what begins before."""
    begins = [each.start + each.pace.promised for each in found if each.start > now]
    return min([now + pace(found, now=now).promised, *begins])


def stretches() -> list[Stretch]:
    """Of every tender that takes bids, where the rule of its jurisdiction counts outages."""
    return [
        stretch
        for process in taking_bids()
        if (rule := process.jurisdiction.outages)
        for stretch in before(process.periods_held()["tenderPeriod"].end, hours=rule.hours)
    ]


def before(end: datetime, *, hours: int) -> tuple[Stretch, Stretch]:
    near = Stretch(end - timedelta(hours=hours), end + AFTERWARDS, NEAR)
    return near, Stretch(end - FINAL_STRETCH, end + MINUTE, FINAL)


def written(now: datetime, due: datetime) -> Beat:
    (index,) = store.append([store.Leaf(KIND, {"at": timestamp(now), "due": timestamp(due)}, ref=KIND)])
    row = Heartbeat.objects.create(index=index, at=floored(now), due=floored(due))
    return Beat(row.index, row.at, row.due)


def floored(moment: datetime) -> datetime:
    """To the millisecond, as the leaf says it."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def last_beat() -> Beat | None:
    row = Heartbeat.objects.order_by("-index").first()
    return Beat(row.index, row.at, row.due) if row else None


def taking_bids() -> list[Process]:
    """Processes whose tender period runs or has ended without being announced as over."""
    states = ("tendering", "closed")
    return list(Process.objects.filter(state__in=states, closing=None, periods__has_key="tenderPeriod"))


def outages_of(process: Process, *, now: datetime) -> list[Outage]:
    """What took time from the last hours of this tender period, and has not been made good yet."""
    rule = process.jurisdiction.outages
    if rule is None:
        return []
    end = process.periods_held()["tenderPeriod"].end
    return counting(outages(beats_for(process, end - timedelta(hours=rule.hours), now), now=now), end=end, rule=rule)


def beats_for(process: Process, start: datetime, now: datetime) -> list[Beat]:
    """The heartbeats since `start`, with the one before it; none that an earlier extension has counted already."""
    counted = OutageExtension.objects.filter(process=process).order_by("-last_index").first()
    held = Heartbeat.objects.filter(at__lte=now).order_by("-index")
    before = held.filter(at__lte=start).values_list("index", flat=True).first()
    first = max(before or 0, counted.last_index if counted else 0)
    return [Beat(row.index, row.at, row.due) for row in held.filter(index__gte=first)][::-1]


def later_end(process: Process, *, now: datetime) -> datetime | None:
    """When bids close because the service failed; None when they close as published."""
    rule = process.jurisdiction.outages
    period = process.periods_held().get("tenderPeriod")
    if rule is None or period is None:
        return None
    return extended_end(outages_of(process, now=now), end=period.end, rule=rule)


@provides(rules.LATER_END)
def later_end_now(moment: Moment) -> datetime | None:
    return later_end(moment.subject, now=moment.now)
