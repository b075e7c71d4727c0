"""A published record against the log: every release, every blind entry that was opened, every score and rank."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Checkpoint, Policy, Problem, Seen, decimal, hash32
from tenderwell.ledger.verifying.receipt import BLIND, Receipt, check_receipt
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source, Unusable, from_json
from tenderwell.ledger.verifying.tree import Peaks, continues, includes, leaf_hash

RELEASES = ("ocds.release/v1", "ocds.import/v1")
INSIDE = (
    "drafts, roles, questions before their answer. They name people or would give away work in progress; an auditor "
    "opens them with the journal"
)
BUNDLE = "bundle.json"
BUNDLE_VERSION = "tenderwell/bundle/v1"


@dataclass
class Record:
    """What the log and the site say about one process, or about all.

    closed: when the period ended, by process; roots: of the log at the ends of periods, by size; shares: index, member
    of the committee and bid; contested: member and bid, where the envelope held no good share; handed: index and entry
    of what a member gave to a deputy, by process; is_whole: whether every entry of the log was read, not only those of
    one process.
    """

    entries: dict[int, Json] = field(default_factory=dict)
    releases: dict[str, list[Json]] = field(default_factory=dict)
    closed: dict[str, tuple[int, str]] = field(default_factory=dict)
    done: dict[str, set[str]] = field(default_factory=dict)
    committees: dict[str, list[tuple[int, Json]]] = field(default_factory=dict)
    admitted: dict[str, list[tuple[int, Json]]] = field(default_factory=dict)
    shares: list[tuple[int, str, str]] = field(default_factory=list)
    contested: list[tuple[str, str]] = field(default_factory=list)
    handed: dict[str, list[tuple[int, Json]]] = field(default_factory=dict)
    opened: dict[int, Json] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)
    is_whole: bool = True


def keep_entry(record: Record, index: int, entry: Json) -> None:
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        raise Problem(f"entry {index} has no type")
    record.entries[index] = entry
    tender = str(entry.get("tender"))
    match entry["type"]:
        case "tender.closed/v1":
            record.closed.setdefault(tender, (index, str(entry.get("end"))))
        case "opening.done/v1":
            record.done.setdefault(tender, set()).add(str(entry.get("sha256")))
        case "committee/v1":
            record.committees.setdefault(tender, []).append((index, entry))
        case "opening.next/v1":
            record.admitted.setdefault(tender, []).append((index, entry))
        case "share.handover/v1":
            record.handed.setdefault(tender, []).append((index, entry))
        case "opening.share/v1":
            record.shares.append((index, str(entry.get("member")), str(entry.get("commitment"))))
        case "opening.complaint/v1" | "opening.unreadable/v1":
            record.contested.append((str(entry.get("member")), str(entry.get("commitment"))))


# Where the entries come from


def read_whole_log(record: Record, source: Source, seen: Checkpoint) -> None:
    """Every entry of the log; raises Problem unless they are what was signed."""
    peaks = Peaks()
    for index, raw in source.entries(0, seen.size):
        peaks.add(leaf_hash(raw))
        keep_entry(record, index, from_json(raw))
        if record.entries[index]["type"] == "tender.closed/v1":
            record.roots[peaks.size] = peaks.root()
    if peaks.root() != seen.root:
        raise Problem("the entries are not those that were signed: something was changed, added or left out")


def read_bundle(record: Record, source: Source, seen: Checkpoint) -> str:
    """The entries of one process, each with its proof; returns the process. Raises Problem."""
    bundle = from_json(source.read(BUNDLE))
    if bundle.get("v") != BUNDLE_VERSION or not isinstance(bundle.get("ocid"), str):
        raise Problem(f"{BUNDLE} is not of the form {BUNDLE_VERSION}")
    record.is_whole = False
    for one in sorted(bundle["entries"], key=lambda one: int(one["index"])):
        index, raw = whole_number(one["index"]), str(one["entry"]).encode("utf-8", "surrogatepass")
        if index in record.entries or not includes(seen, index, leaf_hash(raw), [hash32(h) for h in one["path"]]):
            raise Problem(f"entry {index} of the bundle is not in the log at this place")
        keep_entry(record, index, from_json(raw))
    for one in bundle["roots"]:
        old = Checkpoint(seen.origin, whole_number(one["size"]), hash32(one["root"]))
        if not continues(old, seen, [hash32(h) for h in one["path"]]):
            raise Problem(f"the log of {old.size} entries is not the beginning of the log that was signed")
        record.roots[old.size] = old.root
    return str(bundle["ocid"])


def whole_number(value: Json) -> int:
    """JSON's true and 1.0 are no index."""
    if type(value) is not int:
        raise Problem("an index is not a whole number")
    return decimal(str(value))


def read_entries(report: Report, record: Record, source: Source, seen: Seen, *, ocid: str) -> str:
    """Fill the record from a bundle or from the whole log; returns the process to check, empty for all."""
    if not source.has(BUNDLE):
        read_whole_log(record, source, seen.checkpoint)
        report.good("all its entries are there, none changed, added or left out")
        return ocid
    held = read_bundle(record, source, seen.checkpoint)
    if ocid not in {"", held}:
        raise Problem(f"the bundle is of {held}, not of {ocid}")
    report.good(f"the {len(record.entries)} entries about {held} are in it, each by its proof")
    return held


# Releases


def check_releases(report: Report, record: Record, source: Source, *, ocid: str) -> None:
    """Each release as it is published has the hash that was logged, and none of a row is missing."""
    wanted = [entry for entry in record.entries.values() if entry["type"] in RELEASES]
    wanted = [entry for entry in wanted if ocid in {"", entry["ocid"]}]
    wrong = [problem for entry in wanted if (problem := check_release(record, source, entry))]
    wrong += list(gaps(wanted))
    for problem in wrong:
        report.bad(problem)
    if not wanted:
        report.bad(f"the log has no release of {ocid or 'any process'}")
    if wanted and not wrong:
        of = "1 process" if len(record.releases) == 1 else f"{len(record.releases)} processes"
        report.good(f"{len(wanted)} publications of {of} are what was logged, and none between is missing")


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


def gaps(wanted: Iterable[Json]) -> Iterator[str]:
    """The releases of a process are numbered from 1 in the order of the log."""
    numbers: dict[str, list[int]] = {}
    for entry in wanted:
        rest = str(entry["id"]).removeprefix(f"{entry['ocid']}-")
        if re.fullmatch(r"[0-9]{5,9}", rest, re.ASCII):
            numbers.setdefault(str(entry["ocid"]), []).append(int(rest))
    for ocid, found in numbers.items():
        if found != list(range(1, len(found) + 1)):
            yield f"a release of {ocid} is missing, there twice or out of turn: they are numbered {found}"


# Receipts


def check_is_in(report: Report, record: Record, receipt: Receipt, *, policy: Policy, named: str) -> None:
    """The bid of a receipt is accounted for in the opening record of its process."""
    _, entry = check_receipt(receipt, policy)
    here = record.entries.get(receipt.index)
    hidden = from_json(receipt.extra) if receipt.extra else {}
    tender = hidden.get("tender", "")
    if here is None and not record.is_whole:
        report.bad(f"{named}: its bid for {tender or 'a process'} is not in this bundle: it was left out")
    elif here is None or here != from_json(entry):
        report.bad(f"{named}: the log has another entry at {receipt.index}, or none: this is not one log")
    elif receipt.index in record.opened:
        report.good(f"{named}: its bid is in the opening record, as {record.opened[receipt.index].get('verdict')}")
    elif tender in record.done:
        report.bad(f"{named}: the bids of {tender} were opened, but this one was left out")
    else:
        report.good(f"{named}: its entry is there; the bids of {tender or 'its process'} are not opened yet")


# What stays shut


def tell_shut(report: Report, record: Record) -> None:
    """How many blind entries nobody opened here, by kind, and why."""
    whose = "of other processes, or not opened yet" if record.is_whole else "not opened yet"
    names = {
        "sealed/v1": ("sealed entries about bids", whose),
        "score.commit/v1": ("sealed score sheets", whose),
        "act/v1": ("sealed acts inside the buyer's house", INSIDE),
    }
    for kind, (name, reason) in names.items():
        blind = [index for index, entry in record.entries.items() if entry["type"] == kind]
        left = len([index for index in blind if index not in record.opened])
        if left:
            report.good(f"{left} of {len(blind)} {name} stay shut: {reason}")
        elif blind:
            report.good(f"all {len(blind)} {name} are opened: nothing is kept back")
    if not record.is_whole:
        report.good("acts inside the buyer's house (drafts, roles, questions) stay sealed in the log, not in a bundle")
    report.facts["shut"] = {
        kind: sum(e["type"] == kind and i not in record.opened for i, e in record.entries.items()) for kind in BLIND
    }
