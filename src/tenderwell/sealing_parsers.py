"""What the commands of bidders and members have in common: their parsers, and errors told in a sentence."""

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tenderwell.ledger.sealing.findings import PackageError

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[[argparse.Namespace], int]


@contextlib.contextmanager
def said_plainly() -> Iterator[None]:
    """What is wrong with somebody's files is told in a sentence, not in a traceback."""
    try:
        yield
    except PackageError as error:
        for finding in error.findings:
            print(f"{finding.text} [{finding.verdict}]", file=sys.stderr)
        raise SystemExit(1) from error
    except (OSError, ValueError) as error:
        print(f"tenderwell: {error}", file=sys.stderr)
        raise SystemExit(1) from error


def told(run: Run) -> Run:
    def told(args: argparse.Namespace) -> int:
        with said_plainly():
            return run(args)

    return told


def add(subparsers: "Subparsers", name: str, *, text: str, example: str, run: Run) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(
        name,
        help=text,
        description=text.capitalize() + ".",
        epilog=example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=told(run), needs="nothing")
    return parser


def add_tender(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tender", type=Path, required=True, metavar="FILE", help="tender.json from the tender's page")


def add_unattended(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do not ask before going on")


def add_proved(parser: argparse.ArgumentParser) -> None:
    """What taking shares out asks for: the bids with their proofs, and the member's key."""
    parser.add_argument("bids", nargs="+", type=Path, metavar="PATH", help="bids.json; folders only with --unproved")
    add_tender(parser)
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="your key file")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the shares go")
    parser.add_argument("--policy", type=Path, metavar="FILE", help="the log and witnesses that you believe")
    parser.add_argument("--receipt", type=Path, nargs="+", default=[], metavar="FILE", help="receipts of bids you know")
    parser.add_argument("--unproved", action="store_true", help="go on although the ledger proves nothing")
    add_passphrase(parser)
    add_unattended(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase here, do not ask")
