"""What came of a replay: counts, and for people a page that needs nothing else."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.template.loader import render_to_string

from tenderwell.ui import parts
from tenderwell.workroom.replay.compare import Difference

SHOWN = 200  # differences on the page
UNREADABLE = "unreadable"  # the code of what is no process


@dataclass(frozen=True)
class Outcome:
    """What became of one process: refused with (code, text) of its reasons, crashed, or lived and compared."""

    ocid: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    differences: tuple[Difference, ...] = ()
    has_crashed: bool = False


@dataclass
class Report:
    """refused and different: how many processes by code of the reason, or by field."""

    processes: int = 0
    replayed: int = 0
    equal: int = 0
    crashed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    different: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    is_stopped: bool = False
    examples: list[tuple[str, Difference]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """One process more; of several reasons the first counts, as the API would list it first."""
        self.processes += 1
        if outcome.has_crashed:
            self.crashed += 1
        elif outcome.refused:
            code, text = outcome.refused[0]
            self.refused[code] += 1
            self.reasons.setdefault(code, text)
        else:
            self.add_compared(outcome)

    def add_compared(self, outcome: Outcome) -> None:
        found = outcome.differences
        self.replayed += 1
        self.equal += not found
        self.different.update({each.field for each in found})
        self.examples += [(outcome.ocid, each) for each in found][: SHOWN - len(self.examples)]

    def as_json(self) -> str:
        shown = {
            "processes": self.processes,
            "replayed": self.replayed,
            "equal": self.equal,
            "crashed": self.crashed,
            "refused": dict(sorted(self.refused.items())),
            "different": dict(sorted(self.different.items())),
            "seconds": round(self.seconds, 1),
        }
        return json.dumps(shown, indent=2) + "\n"

    def sentence(self) -> str:
        return (
            f"{self.processes} processes: {self.replayed} replayed ({self.equal} equal), "
            f"{sum(self.refused.values())} refused, {self.crashed} crashed, {self.seconds:.0f} s."
            f"{' Stopped before the end of the file.' if self.is_stopped else ''}"
        )


def write_page(report: Report, path: Path, *, name: str) -> None:
    """The report as one page."""
    refused = [(code, count, report.reasons.get(code, "")) for code, count in report.refused.most_common()]
    different = [(name, count) for name, count in report.different.most_common()]
    chart = parts.Chart(
        kind="bars",
        title="What became of the processes",
        description="One bar each for equal, replayed with a difference, refused and crashed.",
        unit="processes",
        labels=["Equal", "With a difference", "Refused by a rule", "Crashed"],
        series=[
            parts.Series(
                "Processes",
                [report.equal, report.replayed - report.equal, sum(report.refused.values()), report.crashed],
            )
        ],
        axis="Result",
    )
    shown = {"report": report, "name": name, "refused": refused, "different": different, "chart": chart}
    path.write_text(render_to_string("replay/report.html", shown), encoding="utf-8")
