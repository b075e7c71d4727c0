"""Tells people beside the server: what is new in the ledger becomes messages, and messages become e-mail."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import structlog
from django.db import connection

from tenderwell.workroom.messages.mailing import mail
from tenderwell.workroom.messages.telling import tell

log = structlog.get_logger()
PAUSE = 5.0  # seconds between two looks


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Tell people in a thread beside the server that runs meanwhile."""
    stop = threading.Event()
    thread = threading.Thread(target=work, args=[stop], name="post", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def work(stop: threading.Event, *, pause: float = PAUSE) -> None:
    """Go on until told to stop. Nothing is lost by a failure: what was not told or sent waits in the database."""
    while not stop.wait(pause):
        try:
            now = datetime.now(UTC)
            tell(now)
            mail(now)
        except Exception:
            log.exception("post_failed")
            connection.close()
    connection.close()
