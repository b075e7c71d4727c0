"""The command line of the verifier."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tenderwell.ledger.verifying.formats import Policy, Problem, parse_policy
from tenderwell.ledger.verifying.monitor import verify_log
from tenderwell.ledger.verifying.process import verify_record
from tenderwell.ledger.verifying.receipt import parse_receipt, verify_receipt
from tenderwell.ledger.verifying.released import verify_client, verify_rules
from tenderwell.ledger.verifying.report import Report, plain
from tenderwell.ledger.verifying.source import Source, Unusable

DESCRIPTION = "Checks what a public log and its city publish, trusting neither."
EPILOG = """The policy says whose signatures count. Get it once from the log (its address + /log/policy), compare it
with somebody you trust, keep it, and give it each time. Exit status: 0 all is well, 1 a problem, 2 not understood."""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="verify", description=DESCRIPTION, epilog=EPILOG)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("receipt", help="a bidder's receipt", epilog=EPILOG)
    one.add_argument("file", type=Path, help="the .tlog-proof file")
    one.add_argument("--header", type=Path, help="header.json of the sealed bid, to compare")
    one.set_defaults(run=receipt)
    one = commands.add_parser("record", help="what was published of a process, or of all", epilog=EPILOG)
    one.add_argument("source", help="a downloaded bundle (ZIP or folder), or the site's address")
    one.add_argument("--ocid", default="", help="only this process")
    one.add_argument("--receipt", type=Path, action="append", default=[], help="a bidder's receipt; may be repeated")
    one.add_argument("--tolerance", type=int, default=120, help="how late witnesses may see a bid, in seconds")
    one.set_defaults(run=record)
    one = commands.add_parser("monitor", help="a whole log since last time", epilog=EPILOG)
    one.add_argument("source", help="the site's address, or a folder with a copy of its log")
    one.add_argument("--state", type=Path, required=True, help="file that remembers the last look")
    one.add_argument("--silence", type=int, default=3600, help="longest time without a sign of life, in seconds")
    one.add_argument("--patience", type=int, default=365, help="longest time that a bid may stay sealed, in days")
    one.set_defaults(run=monitor)
    one = commands.add_parser("client", help="the programs with which bidders seal", epilog=EPILOG)
    one.add_argument("source", help="the site's address, or a folder with a copy of its log")
    one.add_argument("file", type=Path, nargs="*", help="what you got, such as offline.html; else what is served now")
    one.set_defaults(run=client)
    one = commands.add_parser("rules", help="the rules and texts that a site shows", epilog=EPILOG)
    one.add_argument("source", help="the site's address, or a folder with a copy of it")
    one.set_defaults(run=rules)
    for command in commands.choices.values():
        command.add_argument("--policy", type=Path, help="the policy file; without it the source's own is believed")
        command.add_argument("--json", action="store_true", help="answer for machines")
    return top


def receipt(args: argparse.Namespace) -> Report:
    if args.policy is None:
        raise Unusable("a receipt is checked with --policy FILE: who signs the log must come from elsewhere")
    header = read(args.header) if args.header else None
    return verify_receipt(text_of(args.file), policy=policy_of(args), header=header)


def record(args: argparse.Namespace) -> Report:
    receipts = [parse_receipt(text_of(path)) for path in args.receipt]
    return verify_record(
        Source(args.source), policy=policy_of(args), ocid=args.ocid, receipts=receipts, tolerance=args.tolerance
    )


def monitor(args: argparse.Namespace) -> Report:
    limits = {"silence": args.silence, "patience": args.patience}
    return verify_log(Source(args.source), policy=policy_of(args), state=args.state, now=args.now, **limits)


def client(args: argparse.Namespace) -> Report:
    files = {path.name: read(path) for path in args.file}
    return verify_client(Source(args.source), policy=policy_of(args), files=files)


def rules(args: argparse.Namespace) -> Report:
    return verify_rules(Source(args.source), policy=policy_of(args))


def policy_of(args: argparse.Namespace) -> Policy:
    if args.policy:
        return parse_policy(text_of(args.policy))
    print("The policy is taken from the source itself: compare it with somebody you trust.", file=sys.stderr)
    return parse_policy(Source(args.source).read("log/policy").decode("utf-8", "replace"))


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(str(error)) from error


def text_of(path: Path) -> str:
    try:
        return read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unusable(f"{path} is not a text file") from error


def main(arguments: Sequence[str] | None = None, *, now: float | None = None) -> int:
    """Run one command; returns the exit status. now: POSIX seconds, for tests."""
    args = parser().parse_args(arguments)
    args.now = time.time() if now is None else now
    try:
        found: Report = args.run(args)
    except (Unusable, OSError) as error:
        print(f"verify: {plain(str(error))}", file=sys.stderr)
        return 2
    except Problem as problem:
        found = Report([(False, str(problem))])
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        # A publisher may send anything, to stop the check.
        found = Report([(False, f"something is published in a form that cannot be checked: {error!r}")])
    print(found.as_json() if args.json else found.as_text())
    return 0 if found.is_good else 1
