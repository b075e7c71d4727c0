"""Runs the server: `serve` for an installation, `demo` for the demo city with everything it needs."""

import argparse
import atexit
import contextlib
import fcntl
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from tenderwell import database, start

if TYPE_CHECKING:
    from granian.server.common import AbstractServer

# Of all processes together, each with a connection to the database. A bid is stamped when a thread has read it, and may
# wait after that: so there are many, and whoever uploads slowly or waits keeps nobody from being stamped in time.
THREADS = 64
SERVE_EXAMPLE = """Example:
  tenderwell serve --port 8000"""
DEMO_EXAMPLE = """Examples:
  tenderwell demo
  tenderwell demo --port 8001 --data second-city
  tenderwell demo --reset"""


class CannotStart(database.DatabaseFailed):
    """The server cannot start; the text says what to do."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer demo and serve."""
    text = "start the demo city, with everything it needs"
    parser = subparsers.add_parser("demo", help=text, description=text.capitalize() + ".", epilog=DEMO_EXAMPLE)
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")
    parser.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="folder of its data (default: data)")
    parser.add_argument("--reset", action="store_true", help="delete its data and start over")
    parser.set_defaults(run=demo, needs="nothing")

    text = "run the server; a reverse proxy with https stands in front"
    parser = subparsers.add_parser("serve", help=text, description=text.capitalize() + ".", epilog=SERVE_EXAMPLE)
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (default: 8000)")
    parser.set_defaults(run=serve)


def serve(args: argparse.Namespace) -> int:
    """Collect the static files when they changed, and serve until told to stop."""
    with stopping_in_order():
        collect_static_files()
        run_server(args.port)
    return 0


def demo(args: argparse.Namespace) -> int:
    """Prepare the demo city step by step, telling each, and serve it until told to stop."""
    from tenderwell.cli import set_up_django

    os.environ["TENDERWELL_ADDRESS"] = f"http://localhost:{args.port}"
    os.environ["TENDERWELL_DEMO"] = "yes"
    os.environ.setdefault("TENDERWELL_TIME_ZONE", "Africa/Nairobi")  # where Port Aurora lies, as its law has it
    os.environ.setdefault("TENDERWELL_LOG_LEVEL", "warning")  # the terminal shows the sign-ins, not each request
    set_up_django()
    from django.conf import settings

    with stopping_in_order(), alone(settings.TENDERWELL_DATA):
        refuse_taken_port(args.port)
        if args.reset:
            with step("Deleting the data of the demo city"):
                reset(settings.TENDERWELL_DATA)
        with step("Styles, scripts and fonts"):
            build_assets()
        with demo_database(), import_module("tenderwell.demo.witnesses").running(settings.TENDERWELL_DATA):
            fill()
            Thread(target=welcome, args=[args.port], daemon=True).start()
            run_server(args.port)
            print("Stopping.", flush=True)
    return 0


@contextlib.contextmanager
def demo_database() -> Iterator[None]:
    """The database of the settings; an embedded one is stopped at the end, also if a killed demo left it running."""
    from django.conf import settings

    if settings.TENDERWELL_DATABASE_URL:
        yield
        return
    cluster = database.cluster_at(settings.TENDERWELL_DATA)
    try:
        with step("Database"):
            database.start(cluster)
        yield
    finally:
        database.stop(cluster)


def fill() -> None:
    """Tables, people, procurements, static files: each only where it is missing."""
    from django.core.management import call_command

    with step("Tables"):
        call_command("migrate", interactive=False, verbosity=0)
    with step("People, procurements and public record"):
        seed()
    with step("Static files"):
        collect_static_files()


def is_not_about_threads(record: logging.LogRecord) -> bool:
    """The server warns of more threads than cores. Ours wait for uploads most of the time, so they are meant."""
    return "Python threads" not in record.getMessage()


def run_server(port: int) -> None:
    """Serve on 127.0.0.1 with processes, until SIGINT or SIGTERM; keep the log, deadlines and post meanwhile."""
    from django.conf import settings
    from django.db import connections

    from tenderwell.ledger import keeper
    from tenderwell.workroom.bidding import watch
    from tenderwell.workroom.messages import post

    log_what_is_handed_out()
    connections.close_all()
    refuse_taken_port(port)
    server = make_server("tenderwell.wsgi:application", port=port, workers=settings.TENDERWELL_WORKERS)
    with keeper.kept(), watch.kept(lambda: answers(port), end_server=end_program), post.kept():
        server.serve(target_loader=load_application)


def make_server(target: str, *, port: int, workers: int) -> "AbstractServer[Any]":
    """A server of "module:name" on 127.0.0.1, whose workers share no lock, thread or handler with this process."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("spawn", force=True)
    logging.getLogger("_granian").addFilter(is_not_about_threads)
    return Server(
        target,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=max(1, THREADS // workers),
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
    )


def load_application(target: str) -> Any:
    """What a worker serves, called in the worker itself.

    A worker that is told to stop waits for everybody who waits for an answer, but a thread may still work for somebody
    who has gone. Were Python then taken apart, that thread would end in the middle of the server's own code, which
    aborts with a panic. So the process leaves at once instead; what the thread had not committed is rolled back.
    """
    atexit.register(leave)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def leave() -> None:
    """End this process after everything that is done at its end, without taking Python apart."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def end_program() -> None:
    """Stop in order, as when told to from outside."""
    os.kill(os.getpid(), signal.SIGTERM)


def log_what_is_handed_out() -> None:
    """Log the hashes of rules, texts and sealing client, where they changed; without assets, not of the client."""
    from tenderwell.ledger import releases
    from tenderwell.public.portal import statements
    from tenderwell.ui.build import STATIC

    statements.log()
    release = STATIC / "sealing" / "release.json"
    if release.exists():
        releases.record_file(release)


def build_assets() -> None:
    """Build the static files when they are missing or older than their sources."""
    from tenderwell.ui import build
    from tenderwell.ui.build.npm import NpmFailed

    if not build.is_fresh():
        try:
            build.build(say=lambda text: print(f"\n    {text}", end="", flush=True))
        except NpmFailed as missing:
            raise CannotStart(str(missing)) from missing


def seed() -> None:
    """Fill the demo city; it does nothing where everything stands already."""
    import_module("tenderwell.demo").seed()


def welcome(port: int) -> None:
    """Print the address and how to sign in, once the server answers."""
    while not answers(port):
        time.sleep(0.05)
    print(f"\nTenderwell runs at http://localhost:{port}/   (stop it with Ctrl-C)")
    for line in import_module("tenderwell.demo").sign_ins():
        print("  " + line)
    print(flush=True)


def collect_static_files() -> None:
    """Copy, hash and compress the static files when one is newer than the last copy."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    manifest = settings.STATIC_ROOT / "staticfiles.json"
    found = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    newest = max((path.stat().st_mtime for path in found), default=0.0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)
        manifest.touch()


def reset(data: Path) -> None:
    """Delete the data of a demo, database included."""
    database.remove(database.cluster_at(data))
    for entry in data.iterdir():
        if entry.name != "demo.lock":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    start.prepare()


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the demo's lock, which ends with the process however it ends; raises CannotStart when another holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with open(data / "demo.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"A demo already runs on {data}. Stop it, or give another --data.") from None
        yield


def answers(port: int) -> bool:
    """Whether this machine's port answers a request, in whatever way."""
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("HEAD", "/account/login/")
        return bool(connection.getresponse().status)
    except OSError:
        return False


def refuse_taken_port(port: int) -> None:
    """Raise CannotStart when something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            hint = f"Give another: --port {port + 1}."
            raise CannotStart(f"Port {port} cannot be used ({taken.strerror}). {hint}") from None


@contextlib.contextmanager
def stopping_in_order() -> Iterator[None]:
    """SIGTERM ends the program as Ctrl-C does, so that the database is stopped."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Tell a step and how long it took."""
    print(f"  {title} ...", end="", flush=True)
    began = time.monotonic()
    yield
    print(f" {time.monotonic() - began:.1f} s", flush=True)
