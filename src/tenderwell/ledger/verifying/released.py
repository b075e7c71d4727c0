"""What everybody is given alike, programs, rules and texts: whether what one got is what was logged for all."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Policy, Problem, check_note
from tenderwell.ledger.verifying.receipt import tell_witnesses
from tenderwell.ledger.verifying.record import Record, read_whole_log
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source

CLIENT, RULES, TEXTS = "client.release/v1", "rules.release/v1", "texts.release/v1"
SERVED = {CLIENT: "static/sealing", RULES: "rules", TEXTS: "texts"}
NAMED = {CLIENT: "programs for sealing", RULES: "rules", TEXTS: "texts of the site"}
WARNING = {CLIENT: "do not seal with it, and keep it", RULES: "keep it and ask why", TEXTS: "keep it and ask why"}


def verify_client(source: Source, *, policy: Policy, files: Mapping[str, bytes]) -> Report:
    """files: bytes by name of what one got; when there are none, what the site serves now."""
    report, record = read_log(source, policy)
    index, last = last_release(report, record, CLIENT)
    tell_compared(report, CLIENT, index, last, files or served(source, CLIENT, last))
    return report


def verify_rules(source: Source, *, policy: Policy) -> Report:
    """The rules and the texts that the site serves now."""
    report, record = read_log(source, policy)
    for kind in (RULES, TEXTS):
        index, last = last_release(report, record, kind)
        tell_compared(report, kind, index, last, served(source, kind, last))
    return report


def read_log(source: Source, policy: Policy) -> tuple[Report, Record]:
    report, record = Report(), Record()
    seen = check_note(source.read("log/checkpoint").decode("utf-8", "replace"), policy)
    read_whole_log(record, source, seen.checkpoint)
    tell_witnesses(report, seen, policy)
    return report, record


def last_release(report: Report, record: Record, kind: str) -> tuple[int, Json]:
    """Index and hashes by name of the last entry of the kind; none, and a finding, when there is none."""
    found = releases(record, kind)
    if not found:
        report.bad(f"the log names no {NAMED[kind]}")
        return -1, {}
    index, files = found[-1]
    report.facts |= {kind: {"entry": index, "files": files, "releases": len(found)}}
    return index, files


def releases(record: Record, kind: str) -> list[tuple[int, Json]]:
    """Raises Problem for an entry that holds no list of hashes."""
    found = [(index, entry.get("files")) for index, entry in record.entries.items() if entry["type"] == kind]
    for index, files in found:
        if not isinstance(files, dict) or not files:
            raise Problem(f"entry {index} names no files")
    return found


def served(source: Source, kind: str, last: Json) -> dict[str, bytes]:
    return {str(name): source.read(f"{SERVED[kind]}/{name}") for name in last}


def tell_compared(report: Report, kind: str, index: int, last: Json, got: Mapping[str, bytes]) -> None:
    findings = list(compared(last, got, index=index, warning=WARNING[kind]))
    wrong = [finding for finding in findings if not finding[0]]
    if len(findings) > len(wrong) and kind != CLIENT:
        report.good(f"{len(findings) - len(wrong)} {NAMED[kind]} are what was logged at entry {index}")
        findings = wrong
    report.findings += findings


def compared(logged: Json, got: Mapping[str, bytes], *, index: int, warning: str) -> Iterator[tuple[bool, str]]:
    for name, raw in got.items():
        if sha256(raw).hexdigest() == logged.get(name):
            yield True, f"{name} is what was logged at entry {index}"
        else:
            yield False, f"{name} is not what was logged last, at entry {index}: {warning}"


def tell_new(report: Report, record: Record) -> None:
    """New programs, rules and texts among the entries read."""
    for kind, name in NAMED.items():
        for index, _files in releases(record, kind):
            report.good(f"entry {index} announces new {name}: everybody gets what it names from then on")
