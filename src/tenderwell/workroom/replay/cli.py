"""`tenderwell replay`: real processes through the ordinary commands, compared with their source."""

import argparse
import logging
import os
import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

TEXT = """Takes a file of OCDS (releases, records or packages; JSON or JSON lines, plain or gzip), lives each process
again through the ordinary commands at the source's own times, with generated people, real sealing and real opening, and
compares what was published with the source, field by field. Data that break a rule are refused by the rule. Everything
is written into the database it runs on: a folder of its own, replay-data, unless --data or a setting names another."""
WIDTH = 30
EXAMPLE = """Example:
  tenderwell replay releases.jsonl.gz --limit 200 --report report.json --page report.html"""


def register(subparsers: "Subparsers") -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "replay", help="live real processes again and compare", description=TEXT, epilog=EXAMPLE
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="OCDS in JSON or JSON lines, plain or gzip")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N processes")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="processes that work (default: the cores)"
    )
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the counts as JSON")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the report as a page")
    parser.set_defaults(run=run, own_data="replay-data")


def run(args: argparse.Namespace) -> int:
    """Replay, say what came of it, write the reports; 1 when something crashed, 2 when nothing can be read."""
    from django.core.management import call_command

    from tenderwell.workroom.replay.files import processes
    from tenderwell.workroom.replay.report import UNREADABLE, write_page
    from tenderwell.workroom.replay.run import replay

    if not args.file.is_file():
        print(f"There is no file {args.file}.", file=sys.stderr)
        return 2
    call_command("migrate", interactive=False, verbosity=0)
    # lines about what is published on the way would break the bar
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    total = sum(1 for _ in islice(processes(args.file), args.limit))
    began = time.monotonic()
    report = replay(
        args.file,
        limit=args.limit,
        workers=args.workers,
        progress=lambda done: told(done, total, time.monotonic() - began),
    )
    print(file=sys.stderr)
    print(report.sentence())
    if args.report:
        args.report.write_text(report.as_json(), encoding="utf-8")
    if args.page:
        write_page(report, args.page, name=args.file.name)
    if report.refused[UNREADABLE]:
        print(f"{report.refused[UNREADABLE]} parts are unreadable. {report.reasons[UNREADABLE]}", file=sys.stderr)
    if report.is_stopped:
        return 130
    return 2 if report.refused[UNREADABLE] == report.processes else int(report.crashed > 0)


def told(done: int, total: int, seconds: float) -> None:
    """Rewrite the bar in place; where nobody watches, a line now and then."""
    if sys.stderr.isatty():
        print(f"\r{bar(done, total, seconds)}", end="", file=sys.stderr, flush=True)
    elif done % 100 == 0 or done == total:
        print(bar(done, total, seconds), file=sys.stderr, flush=True)


def bar(done: int, total: int, seconds: float) -> str:
    """How far it is, and how long it will take at this pace."""
    full = WIDTH * done // total
    left = int(seconds / done * (total - done))
    time_left = f"{left // 60} min {left % 60:2} s left"
    return f"[{'#' * full}{'.' * (WIDTH - full)}] {done} of {total} processes, {time_left:>16}"
