"""The whole log, looked at again and again: it only grew, enough witnesses saw it, and it is alive."""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tenderwell.ledger.verifying.formats import Policy, Problem, Seen, check_note
from tenderwell.ledger.verifying.opened import check_one_opened
from tenderwell.ledger.verifying.process import openings
from tenderwell.ledger.verifying.receipt import as_time, tell_witnesses
from tenderwell.ledger.verifying.record import RELEASES, Record, check_release, keep_entry
from tenderwell.ledger.verifying.released import tell_new
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source, Unusable, from_json
from tenderwell.ledger.verifying.tree import Peaks, leaf_hash

DAY = 24 * 60 * 60
SHUT = ("sealed/v1", "score.commit/v1")


@dataclass
class Memory:
    """What was seen last time. blind: entries not opened so far: their hash, and when they were first seen."""

    origin: str = ""
    tree: Peaks = field(default_factory=Peaks)
    blind: dict[int, tuple[str, int]] = field(default_factory=dict)


def load(path: Path) -> Memory:
    """Raises Unusable for a file that is no memory."""
    if not path.exists():
        return Memory()
    try:
        kept = json.loads(path.read_text("utf-8"))
        peaks = [(int(height), bytes.fromhex(peak)) for height, peak in kept["peaks"]]
        blind = {int(index): (str(c), int(when)) for index, (c, when) in kept["blind"].items()}
        return Memory(kept["origin"], Peaks(int(kept["size"]), peaks), blind)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unusable(f"{path} is not what an earlier look has written: {error}") from error


def save(path: Path, memory: Memory) -> None:
    """In one step, so that a look that is cut off leaves the last memory."""
    peaks = [[height, peak.hex()] for height, peak in memory.tree.peaks]
    kept = {"origin": memory.origin, "size": memory.tree.size, "peaks": peaks, "blind": memory.blind}
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(kept), encoding="utf-8")
    draft.replace(path)


def verify_log(source: Source, *, policy: Policy, state: Path, silence: int, patience: int, now: float) -> Report:
    """silence: seconds without a sign of life; patience: days that a sealed entry may stay shut; now: POSIX."""
    report, memory = Report(), load(state)
    note = source.read("log/checkpoint").decode("utf-8", "replace")
    seen = check_note(note, policy)
    report.facts = {"origin": seen.checkpoint.origin, "size": seen.checkpoint.size, "before": memory.tree.size}
    with evidence(state, note):
        check_same_log(memory, seen)
        record = grow(memory, source, seen, now=int(now))
    report.good(f"the log grew from {report.facts['before']} to {memory.tree.size} entries and changed nothing")
    tell_witnesses(report, seen, policy)
    check_published(report, record, memory, source)
    tell_new(report, record)
    check_alive(report, seen, silence=silence, now=now)
    check_shut(report, memory, patience=patience, now=now)
    save(state, memory)
    return report


@contextlib.contextmanager
def evidence(state: Path, note: str) -> Iterator[None]:
    """A checkpoint that contradicts what was seen is kept beside the memory, and the memory stays."""
    try:
        yield
    except Problem as problem:
        kept = state.with_name(f"{state.name}.evidence-{int(time.time())}")
        kept.write_text(note, encoding="utf-8")
        raise Problem(f"{problem} (the signed checkpoint is kept in {kept.name})") from problem


def check_same_log(memory: Memory, seen: Seen) -> None:
    if memory.origin not in {"", seen.checkpoint.origin}:
        raise Problem(f"this is the log {seen.checkpoint.origin}, before it was {memory.origin}")
    if seen.checkpoint.size < memory.tree.size:
        raise Problem(f"the log shrank from {memory.tree.size} to {seen.checkpoint.size} entries")
    memory.origin = seen.checkpoint.origin


def grow(memory: Memory, source: Source, seen: Seen, *, now: int) -> Record:
    """Read what is new on top of what is remembered; raises Problem unless that gives the signed root."""
    record = Record()
    for index, raw in source.entries(memory.tree.size, seen.checkpoint.size):
        memory.tree.add(leaf_hash(raw))
        entry = from_json(raw)
        keep_entry(record, index, entry)
        if entry["type"] in SHUT:
            memory.blind[index] = (str(entry.get("c")), now)
    if memory.tree.root() != seen.checkpoint.root:
        raise Problem("what was seen before is not the beginning of this log: its history was rewritten")
    return record


def check_published(report: Report, record: Record, memory: Memory, source: Source) -> None:
    """Each new release is published as it was logged; what the releases open is taken off the list."""
    record.entries |= {index: {"type": "sealed/v1", "c": c} for index, (c, _) in memory.blind.items()}
    for entry in (entry for entry in record.entries.values() if entry["type"] == "key.rotated/v1"):
        report.good(f"the log announces new keys: ask for its policy again, and compare it with {entry['new']}")
    wanted = [entry for entry in record.entries.values() if entry["type"] in RELEASES]
    problems = [problem for entry in wanted if (problem := check_release(record, source, entry))]
    for ocid, releases in record.releases.items():
        problems += [problem for release in releases for problem in opened_by(record, source, release, ocid=ocid)]
    for index in record.opened:
        memory.blind.pop(index, None)
    for problem in problems:
        report.bad(problem)
    if wanted and not problems:
        report.good(f"{len(wanted)} new releases are published as they were logged")


def opened_by(record: Record, source: Source, release: Json, *, ocid: str) -> Iterator[str]:
    """What is wrong with the entries that a release opens."""
    try:
        found = openings(source, release)
    except Unusable as error:
        yield f"the evaluation of {ocid} cannot be read: {error}"
        return
    known = (one for one in found if one["index"] in record.entries)
    yield from filter(None, (check_one_opened(record, one, ocid=ocid) for one in known))


def check_alive(report: Report, seen: Seen, *, silence: int, now: float) -> None:
    age = int(now) - seen.latest
    report.facts["age"] = age
    if age > silence:
        report.bad(f"the last sign of life is of {as_time(seen.latest)}, more than {silence} seconds ago")
    else:
        report.good(f"the last sign of life is of {as_time(seen.latest)}")


def check_shut(report: Report, memory: Memory, *, patience: int, now: float) -> None:
    """Sealed entries that nobody has opened or accounted for in all that time."""
    old = [index for index, (_, when) in memory.blind.items() if now - when > patience * DAY]
    report.facts["shut"] = len(memory.blind)
    if old:
        report.bad(f"{len(old)} sealed entries are shut for more than {patience} days, the first is {min(old)}")
