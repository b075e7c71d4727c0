"""Watches the service from beside it: beats while it answers, and makes good what an outage took from bidders."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import structlog
from django.db import connection

from tenderwell.workroom.bidding import extending, heartbeats

log = structlog.get_logger()
Answers = Callable[[], bool]
PAUSE = 5.0  # seconds between two looks
LARGEST_SKEW = timedelta(seconds=2)  # a server whose clock is not the database's does not count as alive


@contextlib.contextmanager
def kept(answers: Answers) -> Iterator[None]:
    """Watch in a thread beside the server that runs meanwhile. answers: whether the server answers a request."""
    stop = threading.Event()
    thread = threading.Thread(target=watch, args=[answers, stop], name="deadline-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def watch(answers: Answers, stop: threading.Event, *, pause: float = PAUSE) -> None:
    """Look again and again until told to stop. Whatever keeps it from a look is told to the operators.

    It never gives up: without it a server in good health would pass for one that has failed.
    """
    is_first = True
    while not stop.wait(pause):
        try:
            look(answers, now=datetime.now(UTC), is_first=is_first)
            is_first = False
        except Exception:
            log.exception("watch_failed")
            connection.close()
    connection.close()


def look(answers: Answers, *, now: datetime, is_first: bool) -> None:
    """Beat when it is time and the service is well; then extend what a silence that has just ended took from."""
    last = heartbeats.last_beat()
    if last and now < last.at + heartbeats.EVERY and not is_first:
        return
    if not is_well(answers, now=now):
        return
    latest = heartbeats.beat(now)
    if is_first or (last and latest.at > last.due):
        settle(now)


def is_well(answers: Answers, *, now: datetime) -> bool:
    """Whether a request is answered, and by the same clock as the database's, which all processes share."""
    skew = abs(database_clock() - now)
    if skew > LARGEST_SKEW:
        log.error("clock_differs_from_database", seconds=skew.total_seconds())
        return False
    if not answers():
        log.error("service_does_not_answer")
        return False
    return True


def database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def settle(now: datetime) -> None:
    """Let bids close later wherever the rule says so."""
    for process in heartbeats.taking_bids():
        if heartbeats.later_end(process, now=now):
            extending.extended(process.ocid, now=now)
