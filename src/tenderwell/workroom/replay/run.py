"""Replay a whole file: each line its own process; a refusal or a crash of one leaves the others alone."""

import gzip
import itertools
import time
import traceback
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from pydantic import ValidationError

from tenderwell.core.errors import Refused
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.replay import compare
from tenderwell.workroom.replay.cast import Cast, gather
from tenderwell.workroom.replay.play import live
from tenderwell.workroom.replay.report import Report
from tenderwell.workroom.replay.source import Source, read

JURISDICTIONS = {"ocds-6550wx": ("do_1", "DO")}  # by the registered prefix of the publisher
OTHERS = ("none_1", "XA")
UNREADABLE = "unreadable"  # the code of a line that is no compiled release
Progress = Callable[[int], None]


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a .jsonl or .jsonl.gz file, each a compiled release. Raises OSError, EOFError or zlib.error."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        yield from (line for line in file if line.strip())


def replay(path: Path, *, limit: int | None = None, progress: Progress) -> Report:
    """Live every process of the file again and compare; progress is told how many are done."""
    report, began = Report(), time.monotonic()
    casts: dict[str, Cast] = {}
    try:
        for line in itertools.islice(lines(path), limit):
            report.processes += 1
            one(line, casts, report)
            progress(report.processes)
    except (OSError, EOFError, zlib.error) as error:
        report.processes += 1
        report.add_refused([(UNREADABLE, f"The file breaks off: {error}")])
    report.seconds = time.monotonic() - began
    return report


def law_of(source: Source) -> tuple[str, str]:
    prefix = "-".join(source.ocid.split("-")[:2])
    return JURISDICTIONS.get(prefix, OTHERS)


def one(line: bytes, casts: dict[str, Cast], report: Report) -> None:
    """One process: replayed and compared, refused with its reason, or crashed with its trace."""
    try:
        source = read(msgspec.json.decode(line, type=dict[str, Any]))
        jurisdiction, country = law_of(source)
        cast = casts.setdefault(country, casts.get(country) or gather(country))
        ocid = live(source, cast, jurisdiction=jurisdiction)
    except msgspec.DecodeError as error:
        report.add_refused([(UNREADABLE, f"The line is not one compiled release: {error}")])
    except Refused as refused:
        report.add_refused([(reason.code, reason.message) for reason in refused.reasons])
    except PackageError as unsealable:
        report.add_refused([(f"package.{unsealable.verdict.value}", str(unsealable))])
    except ValidationError as problem:
        report.add_refused([input_reason(error) for error in problem.errors()])
    except Exception:  # noqa: BLE001 - one broken process must not end the replay; it is counted and told
        report.crashed += 1
        traceback.print_exc()
    else:
        published = record_of(ocid)
        assert published
        report.add_compared(source.ocid, compare.differences(source, published.compiled, ids=cast.ids))


def input_reason(error: Any) -> tuple[str, str]:
    """What no input takes: the field and why."""
    where = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
    return f"input.{where}.{error['type']}", str(error["msg"])
