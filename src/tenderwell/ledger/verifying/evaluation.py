"""A published evaluation package, checked: sheets are what was committed, and the ranking follows from them.

Format: docs/reference/evaluation-package.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tenderwell.ledger.verifying.ranking import (
    Part,
    Unreadable,
    allowed,
    canonical,
    computed,
    exact,
    gate_lot,
    hex_hash,
    leaves,
    shortlist_rows,
)

VERSION = "tenderwell/evaluation/v1"


@dataclass(frozen=True)
class Flaw:
    """Something that is not as it should be. code: stable, for programs."""

    code: str
    text: str


@dataclass
class Evaluated:
    """What was checked and what was found; ranking: as computed here."""

    tender: str
    checked: list[str] = field(default_factory=list)
    findings: list[Flaw] = field(default_factory=list)
    ranking: list[Part] = field(default_factory=list)

    def take(self, name: str, found: Iterable[Flaw]) -> None:
        self.checked.append(name)
        self.findings.extend(found)


# Reading


def read_package(raw: bytes) -> Part:
    """The package in these bytes; raises Unreadable."""
    try:
        found = json.loads(raw.decode(), object_pairs_hook=without_twins, parse_constant=refuse_constant)
    except ValueError as error:
        raise Unreadable(f"it is no JSON: {error}") from error
    if not isinstance(found, dict) or found.get("v") != VERSION:
        raise Unreadable(f"it is no package of the form {VERSION}")
    return found


def without_twins(pairs: list[tuple[str, Any]]) -> Part:
    if len(dict(pairs)) != len(pairs):
        raise Unreadable("a name stands twice in one object")
    return dict(pairs)


def refuse_constant(word: str) -> Any:
    raise Unreadable(f"{word} is no JSON")


# What is checked


def check_package(package: Part, *, raw: bytes | None = None, record: Part | None = None) -> Evaluated:
    """Everything that the package lets one check; raises Unreadable when a part is missing."""
    report = Evaluated(str(package.get("tender")))
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


def form_findings(package: Part, raw: bytes) -> Iterator[Flaw]:
    if canonical(package) != raw:
        yield Flaw("not_canonical", "The file is not in canonical form (RFC 8785): it was written again by somebody.")


def frozen_findings(package: Part) -> Iterator[Flaw]:
    if hex_hash(canonical(package["frozen"]["criteria"])) != package["frozen"]["sha256"]:
        yield Flaw("criteria_changed", "The criteria are not those whose hash was published with the tender.")
    for tree in package["frozen"]["criteria"]:
        weights = [exact(leaf["weight"]) for leaf in tree["criteria"]]
        if sum(weights) != 100:
            yield Flaw("weights", f"The weights add up to {sum(weights)}, not to 100.")


def seed_findings(package: Part) -> Iterator[Flaw]:
    seed = package["seed"]
    value = hex_hash(b"tenderwell/tie-break/v1\n" + bytes.fromhex(seed["root"]) + package["tender"].encode())
    if value != seed["value"]:
        yield Flaw("seed_wrong", "The seed for draws does not follow from the closing entry of the ledger.")


def shortlist_findings(package: Part) -> Iterator[Flaw]:
    rows = shortlist_rows(package)
    out = sorted({row["bid"] for row in rows if row["score"] == 0 and not gate_lot(row["requirement"])})
    if package["shortlist"] and out != package["shortlist"]["excluded"]:
        yield Flaw("shortlist_wrong", f"By its own rows the shortlist leaves out {out or 'nobody'}.")
    for row in rows:
        if row["score"] not in (0, 1, 2) or not row["reason"].strip():
            yield Flaw("check_wrong", f"The check of {row['bid']} on {row['requirement']} lacks points or a reason.")


def sheet_findings(package: Part) -> Iterator[Flaw]:
    """Each sheet is what its evaluator was committed to, and its leaf hides nothing else."""
    for sheet in package["sheets"]:
        named = f"Version {sheet['version']} of the sheet of {sheet['evaluator']}"
        if commitment(package["tender"], sheet) != sheet["commitment"]:
            yield Flaw("sheet_changed", f"{named} is not what was committed.")
        hidden = sheet["leaf"]["preimage"]
        if hidden["commitment"] != sheet["commitment"] or hidden["subject"] != package["tender"]:
            yield Flaw("leaf_of_another", f"{named} points to a ledger entry that commits to something else.")
        if hex_hash(canonical(hidden)) != sheet["leaf"]["c"]:
            yield Flaw("leaf_wrong", f"The ledger entry of {named[0].lower()}{named[1:]} does not open.")
        yield from row_findings(package, sheet["lot"], sheet["scores"], named)


def commitment(tender: str, sheet: Part) -> str:
    """As docs/reference/evaluation-package.md says."""
    rows = sorted(sheet["scores"], key=lambda row: (row["bid"], row["criterion"]))
    comments = [{name: row[name] for name in ("bid", "criterion", "reason")} for row in rows]
    scores = [{name: row[name] for name in ("bid", "criterion", "points")} for row in rows]
    content = {
        "comments_sha256": hex_hash(canonical(comments)),
        "evaluator": sheet["evaluator"],
        "lot": sheet["lot"],
        "nonce": sheet["nonce"],
        "scores": scores,
        "tender": tender,
    }
    return hex_hash(b"tenderwell/score/v1\n" + canonical(content))


def row_findings(package: Part, lot: str, rows: list[Part], named: str) -> Iterator[Flaw]:
    """Points on the scale, each with a reason."""
    scales = {leaf["id"]: allowed(leaf) for leaf in leaves(package, lot, "quality")}
    for row in rows:
        if exact(row["points"]) not in scales.get(row["criterion"], []):
            yield Flaw("off_the_scale", f"{named} gives {row['points']} points on {row['criterion']}.")
        if not row["reason"].strip():
            yield Flaw("no_reason", f"{named} gives no reason for {row['bid']} on {row['criterion']}.")


def agreement_findings(package: Part) -> Iterator[Flaw]:
    """Each agreement rests on every sheet that counts, says where it differs, and covers every bid."""
    for each in package["agreed"]:
        lot, named = each["lot"], f"The agreement on lot {each['lot']}" if each["lot"] else "The agreement"
        counting = [sheet for sheet in package["sheets"] if sheet["lot"] == lot and sheet["status"] == "counts"]
        if sorted(sheet["commitment"] for sheet in counting) != each["sheets"]:
            yield Flaw("sheets_left_out", f"{named} does not rest on the individual sheets that count.")
        if any(sheet["date"] > each["date"] for sheet in counting):
            yield Flaw("agreed_too_early", f"{named} is older than a sheet that it rests on.")
        yield from row_findings(package, lot, each["scores"], named)
        yield from difference_findings(each, counting, named)


def difference_findings(each: Part, counting: list[Part], named: str) -> Iterator[Flaw]:
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
            yield Flaw("difference_hidden", f"{named} misstates who differed on {row['bid']}, {row['criterion']}.")


def ranking_findings(package: Part, ranking: list[Part]) -> Iterator[Flaw]:
    """Row by row, what the package says against what was computed here."""
    stated = {(row["lot"], row["bid"]): row for row in package["ranking"]}
    here = {(row["lot"], row["bid"]): row for row in ranking}
    for key in sorted(stated.keys() | here.keys()):
        named = f"{key[1]} in lot {key[0]}" if key[0] else key[1]
        if key not in stated or key not in here:
            where = "left out of" if key not in stated else "not to be in"
            yield Flaw("bid_missing", f"{named} is {where} the ranking.")
            continue
        for part in (part for part in here[key] if stated[key].get(part) != here[key][part]):
            text = f"{named}: the package states {part} {stated[key].get(part)!r}, computed is {here[key][part]!r}."
            yield Flaw(f"{part}_differs", text)
    if list(stated) != list(here) and stated.keys() == here.keys():
        yield Flaw("order_differs", "The ranking is listed in another order than it follows.")


def record_findings(package: Part, record: Part, raw: bytes) -> Iterator[Flaw]:
    """Against the public record: the same package, criteria and prices."""
    release = compiled(record)
    evaluation = release["tender"]["evaluation"]
    if release["ocid"] != package["tender"]:
        yield Flaw("other_tender", f"The record is that of {release['ocid']}.")
    if evaluation["package"]["sha256"] != hex_hash(raw):
        yield Flaw("other_package", "The published hash is that of another package.")
    if evaluation["sha256"] != package["frozen"]["sha256"]:
        yield Flaw("criteria_changed", "The record holds the hash of other criteria.")
    shown = {bid["id"]: bid for bid in release.get("bids", {}).get("details", [])}
    for bid in package["bids"]:
        value = shown.get(bid["id"], {}).get("value", {}).get("amount")
        if all(offer["amount"] is None for offer in bid["lots"]):
            if value is not None:
                yield Flaw("opened_out_of_turn", f"{bid['id']} did not pass, but its price was opened: {value}.")
            continue
        total = sum((exact(offer["amount"]) for offer in bid["lots"]), Fraction(0))
        if value is None or Fraction(repr(value)) != total:
            yield Flaw("price_differs", f"{bid['id']} was opened with the price {value}, the package says {total}.")


def compiled(record: Part) -> Part:
    """The compiled release in a record, a record package, or by itself."""
    found = record["records"][0] if "records" in record else record
    release: Part = found.get("compiledRelease", found)
    return release


CHECKS: dict[str, Callable[[Part], Iterator[Flaw]]] = {
    "frozen criteria": frozen_findings,
    "seed of draws": seed_findings,
    "shortlist": shortlist_findings,
    "individual sheets": sheet_findings,
    "agreed scores": agreement_findings,
}
