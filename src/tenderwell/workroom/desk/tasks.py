"""A process as a task list: the 19 guideline steps, the commands that bring each forward, and why one must wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tenderwell.core.command import Actor, Command
from tenderwell.core.errors import Reason
from tenderwell.core.forms import told
from tenderwell.core.web import possible_steps
from tenderwell.public.playbook.standing import Standing, standing_of
from tenderwell.public.playbook.steps import Stage
from tenderwell.ui import parts
from tenderwell.workroom.process.models import Process


@dataclass(frozen=True)
class Chance:
    """A command this person may perform on a subject, now or, for the reasons given, not yet."""

    command: Command
    reasons: tuple[Reason, ...]

    @property
    def may(self) -> bool:
        return not self.reasons

    @property
    def title(self) -> str:
        return _(self.command.title)

    @property
    def why_not(self) -> list[parts.Reason]:
        return [parts.Reason(told(reason), reason.source) for reason in self.reasons]


@dataclass(frozen=True)
class GuidelineTask:
    """One guideline step with this person's commands for it."""

    standing: Standing
    chances: tuple[Chance, ...]

    @property
    def state(self) -> str:
        """As the task list names it: done, skipped, doing, todo, waiting."""
        fixed = {"done": "done", "not_applicable": "skipped", "partly": "doing"}
        if self.standing.status in fixed:
            return fixed[self.standing.status]
        return "todo" if any(chance.may for chance in self.chances) else "waiting"

    @property
    def hint(self) -> str:
        """What is missing, or why it must wait."""
        if self.state in ("done", "skipped"):
            return self.standing.reason
        return _(self.standing.missing[0].title) if self.standing.missing else ""


@dataclass(frozen=True)
class StageTasks:
    stage: Stage
    steps: tuple[GuidelineTask, ...]


@dataclass(frozen=True)
class TaskList:
    """stages: the guideline steps with this person's commands. others: commands that belong to no one step."""

    stages: tuple[StageTasks, ...]
    others: tuple[Chance, ...]

    @property
    def done(self) -> int:
        return sum(step.state in ("done", "skipped") for stage in self.stages for step in stage.steps)

    @property
    def total(self) -> int:
        return sum(len(stage.steps) for stage in self.stages)

    @property
    def everything(self) -> list[Chance]:
        """Every command of this person, for those to whom the guideline's steps are not addressed."""
        placed = [chance for stage in self.stages for step in stage.steps for chance in step.chances]
        found = {chance.command.name: chance for chance in (*placed, *self.others)}
        return list(found.values())

    @property
    def everything_now(self) -> list[Chance]:
        return [chance for chance in self.everything if chance.may]

    @property
    def others_now(self) -> list[Chance]:
        return [chance for chance in self.others if chance.may]

    @property
    def others_later(self) -> list[Chance]:
        return [chance for chance in self.others if not chance.may]

    def step(self, number: str) -> GuidelineTask | None:
        steps = (step for stage in self.stages for step in stage.steps)
        return next((step for step in steps if step.standing.step.id == number), None)

    def groups(self, ocid: str) -> list[parts.TaskGroup]:
        """The list as the page draws it, each step leading to its own page."""
        return [parts.TaskGroup(_(each.stage.title), [line(step, ocid) for step in each.steps]) for each in self.stages]


def line(step: GuidelineTask, ocid: str) -> parts.Task:
    guideline = step.standing.step
    url = reverse("desk:step", args=(ocid, guideline.id))
    return parts.Task(_(guideline.title), step.state, url, step.hint)


def task_list(process: Process, actor: Actor, compiled: Mapping[str, Any], *, now: datetime) -> TaskList:
    """What this person can do in the process; `compiled` is its public record ({} before the first release)."""
    mine = [Chance(command, reasons) for command, reasons in possible_steps(process, actor, now=now)]
    stages = tuple(
        StageTasks(each.stage, tuple(GuidelineTask(step, chances_of(step, mine)) for step in each.steps))
        for each in standing_of(compiled)
    )
    placed = {chance.command.name for stage in stages for step in stage.steps for chance in step.chances}
    return TaskList(stages, tuple(chance for chance in mine if chance.command.name not in placed))


def chances_of(standing: Standing, mine: Sequence[Chance]) -> tuple[Chance, ...]:
    return tuple(chance for chance in mine if chance.command.name in standing.step.commands)
