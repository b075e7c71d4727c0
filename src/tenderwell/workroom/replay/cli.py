"""`tenderwell replay`: real processes through the ordinary commands, compared with their source."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

TEXT = """Takes a file of OCDS (releases, records or packages; JSON or JSON lines, plain or gzip), lives each process
again through the ordinary commands at the source's own times, with generated people, real sealing and real opening, and
compares what was published with the source, field by field. Data that break a rule are refused by the rule. Everything
is written into the database it runs on: a folder of its own, replay-data, unless --data or a setting names another."""
EXAMPLE = """Example:
  tenderwell replay releases.jsonl.gz --limit 200 --report report.json --page report.html"""


def register(subparsers: "Subparsers") -> None:
    """Offer the command."""
    parser = subparsers.add_parser(
        "replay", help="live real processes again and compare", description=TEXT, epilog=EXAMPLE
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="OCDS in JSON or JSON lines, plain or gzip")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N processes")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the counts as JSON")
    parser.add_argument("--page", type=Path, metavar="FILE", help="write the report as a page")
    parser.set_defaults(run=run, own_data="replay-data")


def run(args: argparse.Namespace) -> int:
    """Replay, say what came of it, write the reports; 1 when something crashed, 2 when nothing can be read."""
    from django.core.management import call_command

    from tenderwell.workroom.replay.report import write_page
    from tenderwell.workroom.replay.run import UNREADABLE, replay

    if not args.file.is_file():
        print(f"There is no file {args.file}.", file=sys.stderr)
        return 2
    call_command("migrate", interactive=False, verbosity=0)
    report = replay(args.file, limit=args.limit, progress=told)
    print(file=sys.stderr)
    print(report.sentence())
    if args.report:
        args.report.write_text(report.as_json(), encoding="utf-8")
    if args.page:
        write_page(report, args.page, name=args.file.name)
    if report.refused[UNREADABLE]:
        print(f"{report.refused[UNREADABLE]} lines are unreadable. {report.reasons[UNREADABLE]}", file=sys.stderr)
    return 2 if report.refused[UNREADABLE] == report.processes else int(report.crashed > 0)


def told(done: int) -> None:
    """One line that counts, rewritten in place."""
    if done % 10 == 0 or done < 10:
        print(f"\r{done} processes", end="", file=sys.stderr, flush=True)
