"""Where a process stands on the guideline steps, from its compiled release. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tenderwell.public.playbook.evidence import Evidence, walk
from tenderwell.public.playbook.steps import STAGES, STEPS, GuidelineStep, Stage

Status = Literal["done", "partly", "missing", "not_applicable"]


@dataclass(frozen=True)
class Standing:
    """One step of one process: what was found and where, what is missing, or why the step does not apply."""

    step: GuidelineStep
    status: Status
    found: tuple[tuple[Evidence, int], ...]
    missing: tuple[Evidence, ...]
    reason: str = ""


@dataclass(frozen=True)
class StageStanding:
    stage: Stage
    steps: tuple[Standing, ...]

    @property
    def settled(self) -> int:
        return sum(each.status in ("done", "not_applicable") for each in self.steps)


def standing_of(release: Mapping[str, Any]) -> tuple[StageStanding, ...]:
    """All four stages with their steps, in order; `release` is a compiled release of any publisher."""
    reasons = {
        str(entry.get("id")): str(entry.get("rationale", ""))
        for entry in walk(dict(release), ["notApplicable"])
        if isinstance(entry, dict)
    }
    found = {step.id: judge(step, dict(release), reasons.get(step.id, "")) for step in STEPS}
    return tuple(
        StageStanding(stage, tuple(found[step.id] for step in STEPS if step.stage == stage.id)) for stage in STAGES
    )


def judge(step: GuidelineStep, release: dict[str, Any], reason: str) -> Standing:
    """Evidence counts before a reason for leaving it out: what is there is there."""
    counts = [(each, each.found_in(release)) for each in step.evidence]
    found = tuple((each, count) for each, count in counts if count)
    missing = tuple(each for each, count in counts if not count)
    if found and not missing:
        return Standing(step, "done", found, missing)
    if reason:
        return Standing(step, "not_applicable", found, missing, reason)
    return Standing(step, "partly" if found else "missing", found, missing)
