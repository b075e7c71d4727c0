"""The service's own signs of life: written into the ledger while a deadline is near, and what their gaps mean."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from tenderwell.core.command import Moment, provides, timestamp
from tenderwell.ledger import store
from tenderwell.workroom.bidding import rules
from tenderwell.workroom.bidding.models import Heartbeat, OutageExtension
from tenderwell.workroom.bidding.outages import Beat, Outage, counting, extended_end, outages
from tenderwell.workroom.process.models import Process

KIND = "heartbeat/v1"
EVERY = timedelta(minutes=1)  # while a deadline is near
PROMISED = 2 * EVERY  # one slow beat is no outage
IDLE = timedelta(hours=1)  # while none is near
AFTERWARDS = timedelta(minutes=10)  # a beat after the end shows whether the end itself was reached
LOCK = 7_365_317  # one heart, in whatever process it beats


def beat(now: datetime) -> Beat:
    """Write a heartbeat when it is time for one; returns the last. A clock behind the last beat writes none."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = last_beat()
        if last and now < last.at + EVERY:
            return last
        near, begins = watched(now)
        if last and now < min(last.at + (EVERY if near else IDLE), last.due - EVERY):
            return last
        latest = now if near else min([now + IDLE, *begins])
        return written(now, latest + PROMISED)


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


def watched(now: datetime) -> tuple[bool, list[datetime]]:
    """Whether some tender's deadline is near now, and when it gets so for the others."""
    begins, near = [], False
    for process in taking_bids():
        rule = process.jurisdiction.outages
        end = process.periods_held()["tenderPeriod"].end
        if rule is None or now >= end + AFTERWARDS:
            continue
        begin = end - timedelta(hours=rule.hours)
        near = near or begin <= now
        begins += [begin] if begin > now else []
    return near, begins


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
