"""Check a published evaluation package: an independent program that needs nothing but Python.

It shares no code with the program that made the ranking and needs no network, database or installation:

    python3 -m tenderwell.evaluation_check PACKAGE.json [--record RECORD.json] [--json]

Format: docs/reference/evaluation-package.md. Exit status: 0 all is right, 1 something differs, 2 it cannot be read.
"""

import argparse
import json
import sys
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from tenderwell.ledger.verifying.evaluation import Evaluated, check_package, read_package
from tenderwell.ledger.verifying.ranking import Unreadable

LARGEST = 200_000_000  # bytes
EXAMPLE = """Example:
  tenderwell check-evaluation evaluation.json --record record.json
The record is what /api/ocds/records/OCID.json serves; with it the package is compared with what was published."""


def register(subparsers: Any) -> None:
    """Offer the command in the front door."""
    text = "Compute the ranking of a published evaluation again."
    parser = subparsers.add_parser("check-evaluation", help=text, description=text, epilog=EXAMPLE)
    options(parser)
    parser.set_defaults(run=run, needs="nothing")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the published evaluation package")
    parser.add_argument("--record", type=Path, metavar="FILE", help="the public record of the tender, to compare with")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(args: argparse.Namespace) -> int:
    """Check and tell; returns the exit status."""
    try:
        raw = taken(args.file)
        record = json.loads(taken(args.record)) if args.record else None
        report = check_package(read_package(raw), raw=raw, record=record)
    except (Unreadable, OSError, ValueError) as error:
        told = {"tender": None, "ok": False, "unreadable": str(error)}
        print(json.dumps(told) if args.json else f"This cannot be checked: {error}.", file=sys.stdout)
        return 2
    shown = {"ok": not report.findings, **asdict(report)}
    print(json.dumps(shown, indent=1, ensure_ascii=False) if args.json else as_text(report))
    return 1 if report.findings else 0


def taken(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.name} is larger than {LARGEST:,} bytes")
    return path.read_bytes()


def as_text(report: Evaluated) -> str:
    lines = [f"Evaluation of {report.tender}", ""]
    for row in report.ranking:
        place = f"{row['rank']}." if row["rank"] else "out"
        low = " (abnormally low price: to be explained)" if row["marks"] else ""
        lot = f"{row['lot']}: " if row["lot"] else ""
        lines.append(f"  {lot}{place:>4} {row['bid']:<10} {float(Fraction(row['total'])):>8.2f} of 100{low}")
    lines += ["", f"Checked: {', '.join(report.checked)}."]
    if not report.findings:
        return "\n".join([*lines, "All is right: the ranking follows from the published criteria and scores."])
    wrong = [f"  - {finding.text} [{finding.code}]" for finding in report.findings]
    return "\n".join([*lines, f"{len(report.findings)} things are NOT right:", *wrong])


def main() -> int:
    """Run without an installation."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
