"""Watches the service from beside it: beats while it answers, and makes good what an outage took from bidders."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import structlog
from django.db import Error as DatabaseError
from django.db import connection

from tenderwell.workroom.bidding import extending, heartbeats

log = structlog.get_logger()
Answers = Callable[[], bool]
PAUSE = 5.0  # seconds between two looks
LARGEST_SKEW = timedelta(seconds=2)  # a server whose clock is not the database's does not count as alive


@contextlib.contextmanager
def kept(answers: Answers, *, end_server: Callable[[], None]) -> Iterator[None]:
    """Watch in a thread beside the server that runs meanwhile. answers: whether the server answers a request.

    end_server: called when the watch is broken by a fault of the program. A service that nobody watches would pass for
    one that has failed, and its deadlines would not hold: it is ended, so that whatever keeps it starts it afresh.
    The fault is raised again at the end.
    """
    stop, faults = threading.Event(), list[Exception]()

    def work() -> None:
        try:
            watch(answers, stop, pause=PAUSE)
        except Exception as fault:
            faults.append(fault)
            log.critical("watch_broken", exc_info=fault)
            end_server()
        finally:
            connection.close()

    thread = threading.Thread(target=work, name="deadline-watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)
    if faults:
        raise faults[0]


def watch(answers: Answers, stop: threading.Event, *, pause: float) -> None:
    """Look again and again until told to stop. A database that cannot be reached is told to operators and waited for.

    Anything else is a fault of the program and ends the watch.
    """
    is_first = True
    while not stop.wait(pause):
        try:
            is_first = not look(answers, now=datetime.now(UTC), is_first=is_first) and is_first
        except DatabaseError as error:
            log.error("watch_waits_for_database", error=type(error).__name__)
            connection.close()


def look(answers: Answers, *, now: datetime, is_first: bool) -> bool:
    """Beat when it is time and the service is well; then extend what a silence that has just ended took from.

    is_first: no look has found the service well yet. Returns whether this one did.
    """
    last = heartbeats.last_beat()
    if last and not is_first and not heartbeats.is_due(last, now=now):
        return True
    if not has_database_clock(now) or not answering(answers, is_first=is_first):
        return False
    latest = heartbeats.beat(now)
    if is_first or (last and latest.at > last.due):
        settle(now)
    return True


def has_database_clock(now: datetime) -> bool:
    """Whether this machine's clock is the database's, which all processes of the service share."""
    skew = abs(database_clock() - now)
    if skew > LARGEST_SKEW:
        log.error("clock_differs_from_database", seconds=skew.total_seconds())
    return skew <= LARGEST_SKEW


def answering(answers: Answers, *, is_first: bool) -> bool:
    """Whether the server answers a request; before it ever has, it is only starting."""
    found = answers()
    if not found and not is_first:
        log.error("service_does_not_answer")
    return found


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
