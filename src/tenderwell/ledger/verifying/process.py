"""Everything that can be checked of one process, or of all: releases, opening, scores, ranking, receipts."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from tenderwell.ledger.verifying.evaluation import check_package, read_package
from tenderwell.ledger.verifying.formats import Policy, check_note
from tenderwell.ledger.verifying.opened import (
    check_in_time,
    check_minutes,
    check_one_opened,
    check_shown,
    minutes_in,
    opened_in,
)
from tenderwell.ledger.verifying.outages import backward_beats, check_outages, longest_silences
from tenderwell.ledger.verifying.receipt import Receipt, tell_witnesses
from tenderwell.ledger.verifying.record import Record, check_is_in, check_releases, read_entries, tell_shut
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source, Unusable, from_json


def verify_record(source: Source, *, policy: Policy, ocid: str, receipts: Iterable[Receipt], tolerance: int) -> Report:
    """ocid: the one process to check; empty: every process. tolerance: seconds until witnesses must have seen a bid."""
    report, record = Report(), Record()
    seen = check_note(source.read("log/checkpoint").decode("utf-8", "replace"), policy)
    report.good(f"the log {seen.checkpoint.origin} of {seen.checkpoint.size} entries is signed by its own key")
    tell_witnesses(report, seen, policy)
    ocid = read_entries(report, record, source, seen, ocid=ocid)
    check_releases(report, record, source, ocid=ocid)
    for each in record.releases:
        check_process(report, record, source, policy, ocid=each, tolerance=tolerance)
    for place, receipt in enumerate(receipts, 1):
        check_is_in(report, record, receipt, policy=policy, named=f"receipt {place}")
    tell_shut(report, record)
    tell_silences(report, record)
    report.facts |= {"origin": seen.checkpoint.origin, "size": seen.checkpoint.size, "opened": len(record.opened)}
    report.facts |= {"releases": {key: len(found) for key, found in record.releases.items()}}
    return report


def check_process(report: Report, record: Record, source: Source, policy: Policy, *, ocid: str, tolerance: int) -> None:
    """The opening and the evaluations of one process."""
    before = len(report.findings)
    releases, held = record.releases[ocid], len(record.opened)
    for release in releases:
        found = [check_one_opened(record, one, ocid=ocid) for one in opened_in(release)]
        report.bad_all([*filter(None, found), *check_minutes(record, release, ocid=ocid)])
        report.bad_all(check_outages(record.entries, release, ocid=ocid))
    report.bad_all(check_shown(releases, ocid=ocid))
    report.bad_all(check_in_time(record, source, policy, ocid=ocid, tolerance=tolerance))
    if len(record.opened) > held and len(report.findings) == before:
        count = len(record.opened) - held
        report.good(f"{count} sealed entries of {ocid} were opened, and each had held what is shown now")
        if any(minutes_in(release) for release in releases):
            report.good(f"every bid of the opening record of {ocid} {came(policy)} and was opened in its turn")
        for index, entry in record.handed.get(ocid, []):
            to = str(entry.get("recipient"))
            report.good(f"{entry.get('member')} handed its shares over to a deputy with the key {to}, at entry {index}")
    check_evaluations(report, record, source, ocid=ocid)


def tell_silences(report: Report, record: Record) -> None:
    """When the service was silent longer than it promised; which of it let bids close later is told by the records."""
    for index in backward_beats(record.entries):
        report.bad(f"the heartbeat in entry {index} goes back in time: it was written afterwards")
    for silence in longest_silences(record.entries) if record.is_whole else ():
        report.good(f"the service was silent {silence}")


# Scores and ranks


def check_evaluations(report: Report, record: Record, source: Source, *, ocid: str) -> None:
    """Each published evaluation: its sheets are what was committed in the log, and its ranking follows from them."""
    told: Json = {"ocid": ocid, "tender": {"evaluation": {}}, "bids": {"details": []}}
    for release in record.releases[ocid]:
        evaluation = fold(told, release)
        stated = evaluation.get("package") if evaluation else None
        if not stated:
            continue
        name = str(stated.get("id"))
        problems = list(check_evaluation(record, source, stated, told))
        report.bad_all(f"{name} of {ocid}: {problem}" for problem in problems)
        if not problems:
            report.good(f"{name} of {ocid}: every score sheet is the one sealed before, and gives the ranking shown")


def came(policy: Policy) -> str:
    """What is shown of the time of a bid: without witnesses only the order in the log, not the hour."""
    if policy.quorum == "none":
        return "came before the end was announced (no witness says at which hour)"
    return "came in time, as enough witnesses saw,"


def fold(told: Json, release: Json) -> Json:
    """Take what one more release says of bids and evaluation into `told`; returns what it says of the evaluation."""
    tender, bids = release.get("tender"), release.get("bids")
    details = {bid["id"]: bid for bid in told["bids"]["details"]}
    for bid in bids.get("details", []) if isinstance(bids, dict) else []:
        details[bid["id"]] = details.get(bid["id"], {}) | bid
    told["bids"]["details"] = list(details.values())
    evaluation = tender.get("evaluation") if isinstance(tender, dict) else None
    told["tender"]["evaluation"] |= evaluation or {}
    return evaluation


def check_evaluation(record: Record, source: Source, stated: Json, told: Json) -> Iterator[str]:
    """The package as a second program finds it, and its place in the log."""
    try:
        raw = source.read(str(stated["url"]))
        if sha256(raw).hexdigest() != stated["sha256"]:
            yield "the package is not the one whose hash was published"
            return
        package = read_package(raw)
        yield from (flaw.text for flaw in check_package(package, raw=raw, record=told).findings)
    except Unusable as error:
        yield f"its package cannot be read: {error}"
        return
    except ValueError as error:
        yield f"its package cannot be checked: {error}"
        return
    found = [check_one_opened(record, one, ocid=told["ocid"]) for one in opened_in(from_json(raw))]
    yield from filter(None, found)
    yield from check_commitments(record, package)


def check_commitments(record: Record, package: Json) -> Iterator[str]:
    """Sheets stand in the log as such, before the agreement; the seed of draws is of the log at the closing."""
    for sheet in package["sheets"]:
        if record.entries.get(sheet["leaf"]["index"], {}).get("type") != "score.commit/v1":
            yield f"the sheet at entry {sheet['leaf']['index']} was not committed as a score sheet"
    if record.roots.get(package["seed"]["size"], b"").hex() != package["seed"]["root"]:
        yield "the seed of draws is not of this log at the end of the period"


def openings(source: Source, release: Json) -> list[Json]:
    """What a release opens, by itself and in the evaluation package that it names; Unusable when that is not there."""
    tender = release.get("tender")
    stated = (tender.get("evaluation") or {}).get("package") if isinstance(tender, dict) else None
    within = list(opened_in(release))
    return within + (list(opened_in(from_json(source.read(str(stated["url"]))))) if stated else [])
