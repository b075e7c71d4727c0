"""Replay a whole file: each process by itself; a refusal or a crash of one leaves the others alone."""

import itertools
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tenderwell.core.errors import Refused
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.replay import compare
from tenderwell.workroom.replay.cast import Cast, gather
from tenderwell.workroom.replay.files import Found, Unreadable, processes
from tenderwell.workroom.replay.play import live
from tenderwell.workroom.replay.report import Report
from tenderwell.workroom.replay.source import Source, read, text

JURISDICTIONS = {"ocds-6550wx": ("do_1", "DO")}  # by the registered prefix of the publisher
OTHERS = ("none_1", "XA")
SCHEMES = {"ocds-6550wx": "UNSPSC"}  # what this publisher's awards name for the codes that its tenders leave bare
UNREADABLE = "unreadable"  # the code of what is no process
Progress = Callable[[int], None]


def replay(path: Path, *, limit: int | None = None, progress: Progress) -> Report:
    """Live every process of the file again and compare; progress is told how many are done.

    Stopped with Ctrl-C, it reports on those that are done.
    """
    report, began = Report(), time.monotonic()
    casts: dict[str, Cast] = {}
    try:
        for found in itertools.islice(processes(path), limit):
            one(found, casts, report)
            report.processes += 1
            progress(report.processes)
    except KeyboardInterrupt:
        report.is_stopped = True
    report.seconds = time.monotonic() - began
    return report


def prefix_of(ocid: str) -> str:
    """The registered prefix of the publisher."""
    return "-".join(ocid.split("-")[:2])


def law_of(source: Source) -> tuple[str, str]:
    return JURISDICTIONS.get(prefix_of(source.ocid), OTHERS)


def one(found: Found, casts: dict[str, Cast], report: Report) -> None:
    """One process: replayed and compared, refused with its reason, or crashed with its trace."""
    if isinstance(found, Unreadable):
        report.add_refused([(UNREADABLE, found.why)])
        return
    try:
        scheme = SCHEMES.get(prefix_of(text(found, "ocid")), "")
        compared(read(found, scheme=scheme), casts, report)
    except Refused as refused:
        report.add_refused([(reason.code, reason.message) for reason in refused.reasons])
    except PackageError as unsealable:
        report.add_refused([(f"package.{unsealable.verdict.value}", str(unsealable))])
    except ValidationError as problem:
        report.add_refused([input_reason(error) for error in problem.errors()])
    except Exception:  # noqa: BLE001 - one broken process must not end the replay; it is counted and told
        report.crashed += 1
        traceback.print_exc()


def compared(source: Source, casts: dict[str, Cast], report: Report) -> None:
    """Live the process again and compare what was published."""
    jurisdiction, country = law_of(source)
    cast = casts.setdefault(country, casts.get(country) or gather(country))
    published = record_of(live(source, cast, jurisdiction=jurisdiction))
    assert published
    report.add_compared(source.ocid, compare.differences(source, published.compiled, firms=cast.firms))


def input_reason(error: Any) -> tuple[str, str]:
    """What no input takes: the field and why."""
    where = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
    return f"input.{where}.{error['type']}", str(error["msg"])
