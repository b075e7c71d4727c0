"""Keeps the log alive beside the server: publishes what is new, and shows at intervals that the log still stands."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import structlog
from django.db import DatabaseError, connection

from tenderwell.ledger import publishing
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.keys import BadKeyFile

log = structlog.get_logger()


@contextlib.contextmanager
def kept(*, beat: timedelta = timedelta(minutes=1)) -> Iterator[None]:
    """Keep the log in a thread beside the server that runs meanwhile. Why it may not sign goes to the operators."""
    stop = threading.Event()

    def work() -> None:
        try:
            keep(stop=stop, beat=beat)
        except (MayNotSign, BadKeyFile) as problem:
            log.error("log_may_not_sign", problem=str(problem))
        finally:
            connection.close()

    thread = threading.Thread(target=work, name="log-keeper", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def keep(*, stop: threading.Event, pause: float = 1.0, beat: timedelta = timedelta(minutes=1)) -> None:
    """Publish and beat until `stop` is set. MayNotSign and BadKeyFile end it: somebody must look.

    pause: seconds between two looks; beat: the longest time without a new signature. A database that cannot be
    reached is waited for.
    """
    while not stop.is_set():
        try:
            step(now=datetime.now(UTC), beat=beat)
        except DatabaseError as error:
            log.warning("log_waits_for_database", error=type(error).__name__)
            connection.close()
        stop.wait(pause)


def step(*, now: datetime, beat: timedelta) -> Callable[..., object] | None:
    """Publish when there is something new, beat when it is time; returns what was done."""
    row = publishing.latest()
    if row is None or row.size != publishing.size():
        publishing.publish(now=now)
        return publishing.publish
    if publishing.stated_time(row.latest) + beat <= now:
        publishing.heartbeat(now=now)
        return publishing.heartbeat
    return None
