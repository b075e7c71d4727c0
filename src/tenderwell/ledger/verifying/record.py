"""A published record against the log: every release, every blind entry that was opened, every bid in its time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Policy, Problem, check_note
from tenderwell.ledger.verifying.receipt import Receipt, check_receipt, tell_witnesses
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source, Unusable, from_json, jcs
from tenderwell.ledger.verifying.tree import Peaks, leaf_hash

RELEASES = ("ocds.release/v1", "ocds.import/v1")
NOT_IN_TIME = ("late",)

# Another program may add a check of the published evaluations: releases of one process in, problems as texts out.
evaluation_checks: list[Callable[[list[Json]], Iterable[str]]] = []


@dataclass
class Record:
    """What the log and the site say about one process, or about all. closed: when the period ended, by process."""

    entries: dict[int, Json] = field(default_factory=dict)
    releases: dict[str, list[Json]] = field(default_factory=dict)
    closed: dict[str, tuple[int, str]] = field(default_factory=dict)
    done: dict[str, set[str]] = field(default_factory=dict)
    opened: dict[int, Json] = field(default_factory=dict)


def verify_record(source: Source, *, policy: Policy, ocid: str, receipts: Iterable[Receipt]) -> Report:
    """ocid: the one process to check; empty: every process."""
    report, record = Report(), Record()
    seen = check_note(source.read("log/checkpoint").decode("utf-8", "replace"), policy)
    report.good(f"the checkpoint of {seen.checkpoint.origin} with {seen.checkpoint.size} entries is signed")
    tell_witnesses(report, seen, policy)
    peaks = Peaks()
    for index, raw in source.entries(0, seen.checkpoint.size):
        peaks.add(leaf_hash(raw))
        keep_entry(record, index, from_json(raw))
    if peaks.root() != seen.checkpoint.root:
        raise Problem("the entries are not those that were signed: something was changed, added or left out")
    report.good("all its entries are there, none changed, added or left out")
    check_releases(report, record, source, ocid=ocid)
    check_opened(report, record)
    for place, receipt in enumerate(receipts, 1):
        check_is_in(report, record, receipt, policy=policy, named=f"receipt {place}")
    report.facts = {"origin": seen.checkpoint.origin, "size": seen.checkpoint.size, "opened": len(record.opened)}
    report.facts |= {"releases": {key: len(found) for key, found in record.releases.items()}}
    return report


def keep_entry(record: Record, index: int, entry: Json) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise Problem(f"entry {index} has no type")
    record.entries[index] = entry
    tender = str(entry.get("tender"))
    if entry["type"] == "tender.closed/v1":
        record.closed.setdefault(tender, (index, str(entry.get("end"))))
    if entry["type"] == "opening.done/v1":
        record.done.setdefault(tender, set()).add(str(entry.get("sha256")))


def check_releases(report: Report, record: Record, source: Source, *, ocid: str) -> None:
    """Each release as it is published has the hash that was logged."""
    wanted = [entry for entry in record.entries.values() if entry["type"] in RELEASES]
    wanted = [entry for entry in wanted if ocid in {"", entry["ocid"]}]
    wrong = [problem for entry in wanted if (problem := check_release(record, source, entry))]
    for problem in wrong:
        report.bad(problem)
    if not wanted:
        report.bad(f"the log has no release of {ocid or 'any process'}")
    if wanted and not wrong:
        report.good(f"{len(wanted)} releases of {len(record.releases)} processes are published as they were logged")


def check_release(record: Record, source: Source, entry: Json) -> str:
    """What is wrong with a release; it is kept when nothing is."""
    try:
        raw = source.read(str(entry["url"]))
    except Unusable as error:
        return f"release {entry['id']} is in the log but cannot be read: {error}"
    if sha256(raw).hexdigest() != entry["sha256"]:
        return f"release {entry['id']} is not what was logged"
    release = from_json(raw)
    if release["ocid"] != entry["ocid"]:
        return f"release {entry['id']} is of another process than the log says"
    record.releases.setdefault(entry["ocid"], []).append(release)
    return ""


def opened_in(value: Json) -> Iterator[Json]:
    """Every object, however deep, that opens a blind entry: it has an index and a preimage."""
    if isinstance(value, dict):
        if isinstance(value.get("index"), int) and isinstance(value.get("preimage"), dict):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from opened_in(part)


def check_opened(report: Report, record: Record) -> None:
    """Every blind entry that a release opens hides what it is said to hide; bids came before the end."""
    problems = []
    for ocid, releases in record.releases.items():
        for release in releases:
            problems += [p for one in opened_in(release) if (p := check_one_opened(record, one, ocid=ocid))]
            problems += check_minutes(record, release, ocid=ocid)
        problems += [text for check in evaluation_checks for text in check(releases)]
    for problem in problems:
        report.bad(problem)
    blind = [index for index, entry in record.entries.items() if entry["type"] == "sealed/v1"]
    left = len([index for index in blind if index not in record.opened])
    if record.opened and not problems:
        report.good(f"{len(record.opened)} blind entries were opened, and hide what they are said to hide")
    if blind:
        report.good(f"{left} of {len(blind)} sealed entries are not opened here: other processes, or not opened yet")


def check_one_opened(record: Record, one: Json, *, ocid: str) -> str:
    entry, preimage = record.entries.get(one["index"], {}), one["preimage"]
    if entry.get("c") != sha256(jcs(preimage).encode()).hexdigest():
        return f"entry {one['index']} does not hide what the record of {ocid} says"
    if ocid not in {preimage.get("tender"), preimage.get("subject")}:
        return f"entry {one['index']} was made for another process than {ocid}"
    record.opened[one["index"]] = one
    return ""


def check_minutes(record: Record, release: Json, *, ocid: str) -> Iterator[str]:
    """The opening record is the one that was logged, and no bid that counts came after the end."""
    minutes = release.get("tender", {}).get("openingRecord") if isinstance(release.get("tender"), dict) else None
    if minutes is None:
        return
    if sha256(jcs(minutes).encode()).hexdigest() not in record.done.get(ocid, set()):
        yield f"the opening record of {ocid} is not the one that was logged"
    last, end = record.closed.get(ocid, (-1, ""))
    if last < 0:
        yield f"{ocid} was opened, but the log does not say when its period ended"
    for bid in minutes.get("bids", []):
        hidden = bid.get("preimage", {})
        if bid.get("verdict") in NOT_IN_TIME or hidden.get("act") != "bid.received":
            continue
        if bid["index"] > last >= 0 or str(hidden.get("received")) >= end > "":
            yield f"bid {bid['id']} of {ocid} came after the end of the period, but counts"


def check_is_in(report: Report, record: Record, receipt: Receipt, *, policy: Policy, named: str) -> None:
    """The bid of a receipt is accounted for in the opening record of its process."""
    _, entry = check_receipt(receipt, policy)
    here = record.entries.get(receipt.index)
    hidden = from_json(receipt.extra) if receipt.extra else {}
    tender = hidden.get("tender", "")
    if here is None or here != from_json(entry):
        report.bad(f"{named}: the log has another entry at {receipt.index}, or none: this is not one log")
    elif receipt.index in record.opened:
        report.good(f"{named}: its bid is in the opening record, as {record.opened[receipt.index].get('verdict')}")
    elif tender in record.done:
        report.bad(f"{named}: the bids of {tender} were opened, but this one was left out")
    else:
        report.good(f"{named}: its entry is there; the bids of {tender or 'its process'} are not opened yet")
