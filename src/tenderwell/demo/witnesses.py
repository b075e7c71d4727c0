"""Three witnesses of the demo city's log, in the demo's own process and folder, so that receipts carry cosignatures.

They show how witnesses work, not that this log can be trusted: whoever runs the demo runs them too. What the city lived
through before today they see at the hour of the story, as everybody in it acts then.
"""

import contextlib
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread

from django.conf import settings

from tenderwell.ledger import identity, keys, store
from tenderwell.ledger.note import KeyType
from tenderwell.ledger.serving import Server
from tenderwell.ledger.witness import Witness

NAMES = ("audit-office.demo", "chamber-of-trade.demo", "newspaper.demo")
FOLDER = "demo-witnesses"
VARIABLE = "TENDERWELL_WITNESSES"
_hour: list[datetime] = []  # of the story that is told now; none: the time of day


@contextlib.contextmanager
def running(data: Path) -> Iterator[None]:
    """Serve them on free ports of 127.0.0.1 meanwhile; nothing where the installation has named witnesses itself."""
    if settings.TENDERWELL_WITNESSES:
        yield
        return
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(served(data / FOLDER / name, name)) for name in NAMES]
        lines = [f"{each.verifier.vkey} {server.url}" for server in servers for each in server.witness.signers]
        settings.TENDERWELL_WITNESSES = tuple(lines)
        os.environ[VARIABLE] = ",".join(lines)  # for the server's own processes
        try:
            yield
        finally:
            settings.TENDERWELL_WITNESSES = ()
            os.environ.pop(VARIABLE)


@contextlib.contextmanager
def served(folder: Path, name: str) -> Iterator[Server]:
    """One witness with keys and memory in its folder."""
    keys.create(folder / "witness.key", name=name, types=(KeyType.COSIGNATURE, KeyType.ML_DSA_44))
    signers = keys.load(folder / "witness.key", name=name)
    witness = Witness(folder, signers=signers, logs={identity.origin(): identity.verifiers()})
    with Server(witness, address="127.0.0.1", port=0, clock=hour) as server:
        thread = Thread(target=server.serve_forever, name=name, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()


def hour() -> float:
    """POSIX seconds that they state."""
    return _hour[-1].timestamp() if _hour else time.time()


def seen(at: datetime) -> None:
    """Publish what the story has just added, and let the witnesses see it at its hour."""
    _hour.append(at)
    try:
        store.publish(now=at)
    finally:
        _hour.pop()
