"""Check a published evaluation package: an independent program that needs nothing but Python.

It shares no code with the program that made the ranking and needs no network, database or installation:

    python3 -m tenderwell.evaluation_check PACKAGE.json [--record RECORD.json] [--json]

Format: docs/reference/evaluation-package.md. Exit status: 0 all is right, 1 something differs, 2 it cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tenderwell.evaluation_recompute import (
    Json,
    Unreadable,
    allowed,
    canonical,
    computed,
    exact,
    gate_lot,
    leaves,
    sha256,
    shortlist_rows,
)

VERSION = "tenderwell/evaluation/v1"
LARGEST = 200_000_000  # bytes
EXAMPLE = """Example:
  tenderwell check-evaluation evaluation.json --record record.json
The record is what /api/ocds/records/OCID.json serves; with it the package is compared with what was published."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be. code: stable, for programs."""

    code: str
    text: str


@dataclass
class Report:
    """What was checked and what was found; ranking: as computed here."""

    tender: str
    checked: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ranking: list[Json] = field(default_factory=list)

    def take(self, name: str, found: Iterable[Finding]) -> None:
        self.checked.append(name)
        self.findings.extend(found)


# Reading


def read(raw: bytes) -> Json:
    """The package in these bytes; raises Unreadable."""
    try:
        found = json.loads(raw.decode(), object_pairs_hook=without_twins, parse_constant=refuse)
    except ValueError as error:
        raise Unreadable(f"it is no JSON: {error}") from error
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise Unreadable(f"it is no package of the form {VERSION}")
    return found


def without_twins(pairs: list[tuple[str, Any]]) -> Json:
    if len(dict(pairs)) != len(pairs):
        raise Unreadable("a name stands twice in one object")
    return dict(pairs)


def refuse(word: str) -> Any:
    raise Unreadable(f"{word} is no JSON")


# What is checked


def check(package: Json, *, raw: bytes | None = None, record: Json | None = None) -> Report:
    """Everything that the package lets one check; raises Unreadable when a part is missing."""
    report = Report(str(package.get("tender")))
    try:
        report.ranking = computed(package)
        for name, look in CHECKS.items():
            report.take(name, look(package))
        report.take("ranking", ranking_findings(package, report.ranking))
        if record is not None:
            report.take("published record", record_findings(package, record, raw or canonical(package)))
    except (KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError) as error:
        raise Unreadable(f"a part is missing or of another kind: {error!r}") from error
    if raw is not None:
        report.take("canonical form", form_findings(package, raw))
    return report


def form_findings(package: Json, raw: bytes) -> Iterator[Finding]:
    if canonical(package) != raw:
        yield Finding(
            "not_canonical", "The file is not in canonical form (RFC 8785): it was written again by somebody."
        )


def frozen_findings(package: Json) -> Iterator[Finding]:
    if sha256(canonical(package["frozen"]["criteria"])) != package["frozen"]["sha256"]:
        yield Finding("criteria_changed", "The criteria are not those whose hash was published with the tender.")
    for tree in package["frozen"]["criteria"]:
        weights = [exact(leaf["weight"]) for leaf in tree["criteria"]]
        if sum(weights) != 100:
            yield Finding("weights", f"The weights add up to {sum(weights)}, not to 100.")


def seed_findings(package: Json) -> Iterator[Finding]:
    seed = package["seed"]
    value = sha256(b"tenderwell/tie-break/v1\n" + bytes.fromhex(seed["root"]) + package["tender"].encode())
    if value != seed["value"]:
        yield Finding("seed_wrong", "The seed for draws does not follow from the closing entry of the ledger.")


def shortlist_findings(package: Json) -> Iterator[Finding]:
    rows = shortlist_rows(package)
    out = sorted({row["bid"] for row in rows if row["score"] == 0 and not gate_lot(row["requirement"])})
    if package["shortlist"] and out != package["shortlist"]["excluded"]:
        yield Finding("shortlist_wrong", f"By its own rows the shortlist leaves out {out or 'nobody'}.")
    for row in rows:
        if row["score"] not in (0, 1, 2) or not row["reason"].strip():
            yield Finding("check_wrong", f"The check of {row['bid']} on {row['requirement']} lacks points or a reason.")


def sheet_findings(package: Json) -> Iterator[Finding]:
    """Each sheet is what its evaluator was committed to, and its leaf hides nothing else."""
    for sheet in package["sheets"]:
        named = f"Version {sheet['version']} of the sheet of {sheet['evaluator']}"
        if commitment(package["tender"], sheet) != sheet["commitment"]:
            yield Finding("sheet_changed", f"{named} is not what was committed.")
        hidden = sheet["leaf"]["preimage"]
        if hidden["commitment"] != sheet["commitment"] or hidden["subject"] != package["tender"]:
            yield Finding("leaf_of_another", f"{named} points to a ledger entry that commits to something else.")
        if sha256(canonical(hidden)) != sheet["leaf"]["c"]:
            yield Finding("leaf_wrong", f"The ledger entry of {named[0].lower()}{named[1:]} does not open.")
        yield from row_findings(package, sheet["lot"], sheet["scores"], named)


def commitment(tender: str, sheet: Json) -> str:
    """As docs/reference/evaluation-package.md says."""
    rows = sorted(sheet["scores"], key=lambda row: (row["bid"], row["criterion"]))
    comments = [{name: row[name] for name in ("bid", "criterion", "reason")} for row in rows]
    scores = [{name: row[name] for name in ("bid", "criterion", "points")} for row in rows]
    content = {
        "comments_sha256": sha256(canonical(comments)),
        "evaluator": sheet["evaluator"],
        "lot": sheet["lot"],
        "nonce": sheet["nonce"],
        "scores": scores,
        "tender": tender,
    }
    return sha256(b"tenderwell/score/v1\n" + canonical(content))


def row_findings(package: Json, lot: str, rows: list[Json], named: str) -> Iterator[Finding]:
    """Points on the scale, each with a reason."""
    scales = {leaf["id"]: allowed(leaf) for leaf in leaves(package, lot, "quality")}
    for row in rows:
        if exact(row["points"]) not in scales.get(row["criterion"], []):
            yield Finding("off_the_scale", f"{named} gives {row['points']} points on {row['criterion']}.")
        if not row["reason"].strip():
            yield Finding("no_reason", f"{named} gives no reason for {row['bid']} on {row['criterion']}.")


def agreement_findings(package: Json) -> Iterator[Finding]:
    """Each agreement rests on every sheet that counts, says where it differs, and covers every bid."""
    for each in package["agreed"]:
        lot, named = each["lot"], f"The agreement on lot {each['lot']}" if each["lot"] else "The agreement"
        counting = [sheet for sheet in package["sheets"] if sheet["lot"] == lot and sheet["status"] == "counts"]
        if sorted(sheet["commitment"] for sheet in counting) != each["sheets"]:
            yield Finding("sheets_left_out", f"{named} does not rest on the individual sheets that count.")
        if any(sheet["date"] > each["date"] for sheet in counting):
            yield Finding("agreed_too_early", f"{named} is older than a sheet that it rests on.")
        yield from row_findings(package, lot, each["scores"], named)
        yield from difference_findings(each, counting, named)


def difference_findings(each: Json, counting: list[Json], named: str) -> Iterator[Finding]:
    own = {
        (sheet["evaluator"], row["bid"], row["criterion"]): row["points"]
        for sheet in counting
        for row in sheet["scores"]
    }
    for row in each["scores"]:
        others = [
            f"{code}: {points}"
            for (code, bid, criterion), points in own.items()
            if (bid, criterion) == (row["bid"], row["criterion"]) and points != row["points"]
        ]
        if "; ".join(others) != row["difference"]:
            yield Finding("difference_hidden", f"{named} misstates who differed on {row['bid']}, {row['criterion']}.")


def ranking_findings(package: Json, ranking: list[Json]) -> Iterator[Finding]:
    """Row by row, what the package says against what was computed here."""
    stated = {(row["lot"], row["bid"]): row for row in package["ranking"]}
    here = {(row["lot"], row["bid"]): row for row in ranking}
    for key in sorted(stated.keys() | here.keys()):
        named = f"{key[1]} in lot {key[0]}" if key[0] else key[1]
        if key not in stated or key not in here:
            where = "left out of" if key not in stated else "not to be in"
            yield Finding("bid_missing", f"{named} is {where} the ranking.")
            continue
        for part in (part for part in here[key] if stated[key].get(part) != here[key][part]):
            text = f"{named}: the package states {part} {stated[key].get(part)!r}, computed is {here[key][part]!r}."
            yield Finding(f"{part}_differs", text)
    if list(stated) != list(here) and stated.keys() == here.keys():
        yield Finding("order_differs", "The ranking is listed in another order than it follows.")


def record_findings(package: Json, record: Json, raw: bytes) -> Iterator[Finding]:
    """Against the public record: the same package, criteria and prices."""
    release = compiled(record)
    evaluation = release["tender"]["evaluation"]
    if release["ocid"] != package["tender"]:
        yield Finding("other_tender", f"The record is that of {release['ocid']}.")
    if evaluation["package"]["sha256"] != sha256(raw):
        yield Finding("other_package", "The published hash is that of another package.")
    if evaluation["sha256"] != package["frozen"]["sha256"]:
        yield Finding("criteria_changed", "The record holds the hash of other criteria.")
    shown = {bid["id"]: bid for bid in release.get("bids", {}).get("details", [])}
    for bid in package["bids"]:
        total = sum((exact(offer["amount"]) for offer in bid["lots"]), Fraction(0))
        value = shown.get(bid["id"], {}).get("value", {}).get("amount")
        if value is None or Fraction(repr(value)) != total:
            yield Finding("price_differs", f"{bid['id']} was opened with the price {value}, the package says {total}.")


def compiled(record: Json) -> Json:
    """The compiled release in a record, a record package, or by itself."""
    found = record["records"][0] if "records" in record else record
    release: Json = found.get("compiledRelease", found)
    return release


CHECKS: dict[str, Callable[[Json], Iterator[Finding]]] = {
    "frozen criteria": frozen_findings,
    "seed of draws": seed_findings,
    "shortlist": shortlist_findings,
    "individual sheets": sheet_findings,
    "agreed scores": agreement_findings,
}


# The command


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
        report = check(read(raw), raw=raw, record=record)
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


def as_text(report: Report) -> str:
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
