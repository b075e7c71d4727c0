"""Replay a whole file: each process by itself; a refusal or a crash of one leaves the others alone."""

import itertools
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone
from pydantic import ValidationError

from tenderwell.core.errors import Refused
from tenderwell.ledger import store
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.public.record.reading import record_of
from tenderwell.workroom.replay import compare
from tenderwell.workroom.replay.cast import Cast, gather
from tenderwell.workroom.replay.crew import Crew
from tenderwell.workroom.replay.files import Found, Unreadable, processes
from tenderwell.workroom.replay.play import live
from tenderwell.workroom.replay.report import UNREADABLE, Outcome, Report
from tenderwell.workroom.replay.source import Source, read, text

JURISDICTIONS = {"ocds-6550wx": ("do_1", "DO")}  # by the registered prefix of the publisher
OTHERS = ("none_1", "XA")
SCHEMES = {"ocds-6550wx": "UNSPSC"}  # what this publisher's awards name for the codes that its tenders leave bare
PUBLISHED_EVERY = 20  # processes
Progress = Callable[[int], None]


def replay(path: Path, *, limit: int | None = None, workers: int = 1, progress: Progress) -> Report:
    """Live every process of the file again and compare; progress is told how many are done.

    workers: processes that share the work; what is reported does not depend on their number. Stopped with Ctrl-C, it
    reports on those that are done.
    """
    report, began = Report(), time.monotonic()
    with Crew(Stage, workers=workers) as crew:
        try:
            for outcome in crew.results(itertools.islice(processes(path), limit)):
                report.add(outcome)
                progress(report.processes)
        except KeyboardInterrupt:
            report.is_stopped = True
            for outcome in crew.begun():
                report.add(outcome)
    report.seconds = time.monotonic() - began
    return report


@dataclass
class Stage:
    """Where one worker lives its processes. casts: by country; alone: held while somebody is registered."""

    alone: AbstractContextManager[object]
    casts: dict[str, Cast] = field(default_factory=dict)
    lived: int = 0

    def cast(self, country: str) -> Cast:
        if country not in self.casts:
            self.casts[country] = gather(country, alone=self.alone)
        return self.casts[country]

    def __call__(self, found: Found) -> Outcome:
        """One process; the log is published now and then, as an installation does all the time."""
        self.lived += 1
        if self.lived % PUBLISHED_EVERY == 0:
            store.publish(now=timezone.now())
        return one(found, self)


def prefix_of(ocid: str) -> str:
    """The registered prefix of the publisher."""
    return "-".join(ocid.split("-")[:2])


def law_of(source: Source) -> tuple[str, str]:
    return JURISDICTIONS.get(prefix_of(source.ocid), OTHERS)


def one(found: Found, stage: Stage) -> Outcome:
    """One process: replayed and compared, refused with its reason, or crashed with its trace."""
    if isinstance(found, Unreadable):
        return Outcome(refused=((UNREADABLE, found.why),))
    try:
        scheme = SCHEMES.get(prefix_of(text(found, "ocid")), "")
        return compared(read(found, scheme=scheme), stage)
    except Refused as refused:
        return Outcome(refused=tuple((reason.code, reason.message) for reason in refused.reasons))
    except PackageError as unsealable:
        return Outcome(refused=((f"package.{unsealable.verdict.value}", str(unsealable)),))
    except ValidationError as problem:
        return Outcome(refused=tuple(map(input_reason, problem.errors())))
    except Exception:  # noqa: BLE001 - one broken process must not end the replay; it is counted and told
        traceback.print_exc()
        return Outcome(has_crashed=True)


def compared(source: Source, stage: Stage) -> Outcome:
    """Live the process again and compare what was published."""
    jurisdiction, country = law_of(source)
    cast = stage.cast(country)
    published = record_of(live(source, cast, jurisdiction=jurisdiction))
    assert published
    found = compare.differences(source, published.compiled, firms=cast.firms)
    return Outcome(source.ocid, differences=tuple(found))


def input_reason(error: Any) -> tuple[str, str]:
    """What no input takes: the field and why."""
    where = ".".join(str(part) for part in error["loc"] if not isinstance(part, int))
    return f"input.{where}.{error['type']}", str(error["msg"])
