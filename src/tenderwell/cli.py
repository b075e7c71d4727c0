"""The front door: finds the commands that the parts offer, prepares what each needs, and runs one.

A part offers commands by a module with `register(subparsers)`, named in PARTS. It imports nothing heavy at the top.
Each command is given `run` by set_defaults, a function of the parsed arguments that returns the exit status, and may be
given `needs`: "nothing", "django" (settings and models), or "database" (the default: the database runs as well).
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tenderwell import __version__, database

PARTS = (
    "tenderwell.serve",
    "tenderwell.operate",
    "tenderwell.workroom.parties.cli",
    "tenderwell.ledger.cli",
    "tenderwell.sealing_cli",
    "tenderwell.bidder_cli",
    "tenderwell.public.record.cli",
    "tenderwell.evaluation_check",
    "tenderwell.workroom.replay.cli",
    "tenderwell.suite",
)
DESCRIPTION = "Public procurement in the open, from need to final account."
EPILOG = "Each command says more: tenderwell COMMAND --help. Settings: tenderwell settings."


class Command(argparse.ArgumentParser):
    """A parser whose help keeps the lines of an example as they are written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, **options})


def front_door() -> Command:
    """The parser of the whole program, with every command that the parts offer."""
    parser = Command(prog="tenderwell", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"tenderwell {__version__}")
    parser.add_argument("--data", metavar="DIR", help="folder of keys, documents and embedded database (default: data)")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    for part in PARTS:
        import_module(part).register(subparsers)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    args = front_door().parse_args(arguments)
    if args.data:
        os.environ["TENDERWELL_DATA"] = str(Path(args.data).absolute())
    elif own := getattr(args, "own_data", ""):  # a command that must not write into the data of the site
        os.environ.setdefault("TENDERWELL_DATA", str(Path(own).absolute()))
    try:
        with surroundings(getattr(args, "needs", "database")):
            return int(args.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except (database.DatabaseFailed, ImproperlyConfigured) as failure:
        print(f"tenderwell: {failure}", file=sys.stderr)
        return 1


@contextlib.contextmanager
def surroundings(needs: str) -> Iterator[None]:
    """What a command needs round it: nothing, Django, or Django and a running database."""
    if needs == "nothing":
        yield
        return
    set_up_django()
    from django.conf import settings

    if needs == "django" or settings.TENDERWELL_DATABASE_URL:
        yield
        return
    with database.running(database.cluster_at(settings.TENDERWELL_DATA)):
        yield


def set_up_django() -> None:
    """Load settings and models; raises ImproperlyConfigured when the settings cannot be used."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tenderwell.settings"
    with telling_what_cannot_be_written():
        django.setup()
        from tenderwell import start

        start.prepare()


@contextlib.contextmanager
def telling_what_cannot_be_written() -> Iterator[None]:
    """Turns a folder that cannot be made or written into a message that says what to do."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        text = f"{error.filename} cannot be written ({error.strerror}). Give a folder that can: --data DIR."
        raise ImproperlyConfigured(text) from error
