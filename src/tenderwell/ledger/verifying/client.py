"""The programs with which bidders seal: whether what one got is what was logged for everybody."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Policy, check_note
from tenderwell.ledger.verifying.receipt import tell_witnesses
from tenderwell.ledger.verifying.record import Record, read_whole_log
from tenderwell.ledger.verifying.report import Report
from tenderwell.ledger.verifying.source import Json, Source

CLIENT = "client.release/v1"
SERVED = "static/sealing"


def verify_client(source: Source, *, policy: Policy, files: Mapping[str, bytes]) -> Report:
    """files: bytes by name of what one got; when there are none, what the site serves now."""
    report, record = Report(), Record()
    seen = check_note(source.read("log/checkpoint").decode("utf-8", "replace"), policy)
    read_whole_log(record, source, seen.checkpoint)
    tell_witnesses(report, seen, policy)
    releases = [(index, entry["files"]) for index, entry in record.entries.items() if entry["type"] == CLIENT]
    if not releases:
        report.bad("the log names no program")
        return report
    index, last = releases[-1]
    got = files or {str(name): source.read(f"{SERVED}/{name}") for name in last}
    for is_good, text in compared(last, got, index=index):
        report.findings.append((is_good, text))
    report.facts = {"entry": index, "files": last, "releases": len(releases)}
    return report


def compared(logged: Json, got: Mapping[str, bytes], *, index: int) -> Iterator[tuple[bool, str]]:
    for name, raw in got.items():
        if sha256(raw).hexdigest() == logged.get(name):
            yield True, f"{name} is what was logged at entry {index}"
        else:
            yield False, f"{name} is not what was logged last, at entry {index}: do not seal with it, and keep it"
