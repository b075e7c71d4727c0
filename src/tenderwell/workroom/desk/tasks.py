"""A process as a task list: the 19 guideline steps, the commands that bring each forward, and why one must wait."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tenderwell.core.command import Actor, Command
from tenderwell.core.errors import Reason
from tenderwell.core.fields import Place, lacks_choice
from tenderwell.core.forms import told
from tenderwell.core.web import possible_steps
from tenderwell.public.playbook.standing import Standing, standing_of
from tenderwell.public.playbook.steps import STEPS, Stage
from tenderwell.ui import parts
from tenderwell.workroom.desk.moving import ONCE, forward_steps
from tenderwell.workroom.desk.queries import settled, waiting, with_waiting_in
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at

CORRECTING = (
    "remove_",
    "end_role",
    "withdraw_",
    "mark_applicable",
    "cancel_",
    "end_without_",
    "withhold_",
    "buy_nothing",
)
# Where what a reason asks for is done, when its source names no step or another one.
MENDED_BY = {
    "one_responsible": "process.assign_role",
    "no_dates": "tendering.set_dates",
    "too_short": "tendering.set_dates",
    "no_committee": "bidding.name_committee",
}
GUIDELINE = re.compile(r"\b4\.[1-4]\.[1-8]\b")
NOTHING_THERE = Reason("nothing_there", gettext_noop("There is nothing yet that this could be done with."))
NO_KEYS = Reason(
    "no_keys",
    gettext_noop(
        "No member of the opening committee has a key yet. Give at least {members} people that role; each of them "
        "signs in and registers a key."
    ),
)


@dataclass(frozen=True)
class Chance:
    """A command this person may perform on a subject, now or, for the reasons given, not yet."""

    command: Command
    reasons: tuple[Reason, ...]
    moves_on: bool = False  # whether it brings the process into a later state
    is_pressing: bool = False  # whether it waits for this very person
    is_settled: bool = False  # whether this person has done it, so that doing it again only changes what was said

    @property
    def is_correction(self) -> bool:
        """Whether it takes something back: no work that waits for anybody."""
        return self.is_settled or self.command.verb.startswith(CORRECTING)

    @property
    def may(self) -> bool:
        return not self.reasons

    @property
    def title(self) -> str:
        return _(self.command.title)

    @property
    def why_not(self) -> list[parts.Reason]:
        return [parts.Reason(told(reason), reason.source) for reason in self.reasons]

    def blockers(self, ocid: str) -> list[parts.Reason]:
        """The same reasons, each leading to the guideline step that its source names."""
        return [parts.Reason(told(reason), reason.source, step_url(reason, ocid)) for reason in self.reasons]


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
    def status(self) -> str:
        """In other words than the state's usual ones: a step in which this person has nothing to do is for others."""
        return _("Waiting for others") if self.state == "waiting" and not self.chances else ""

    @property
    def hint(self) -> str:
        """What is missing; nothing while it must wait."""
        if self.state in ("done", "skipped"):
            return self.standing.reason
        if not self.standing.missing or self.state == "waiting":
            return ""
        return _("Missing: {what}").format(what=", ".join(_(each.title) for each in self.standing.missing))


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
    def moving(self) -> list[Chance]:
        """What brings the process into its next state, if that is for this person to do."""
        return [chance for chance in self.everything if chance.moves_on]

    @property
    def pressing(self) -> list[Chance]:
        """What waits for this person before anything else; what moves the process on is shown anyway."""
        return [chance for chance in self.everything if chance.is_pressing and chance.may and not chance.moves_on]

    @property
    def work_now(self) -> list[Chance]:
        """Everything that can be done now, but what only takes something back."""
        return [chance for chance in self.everything if chance.may and not chance.is_correction]

    @property
    def others_now(self) -> list[Chance]:
        return [chance for chance in self.others if chance.may and not chance.is_correction]

    @property
    def corrections_now(self) -> list[Chance]:
        return [chance for chance in self.everything if chance.may and chance.is_correction]

    @property
    def later(self) -> list[Chance]:
        """What this person may not do now; what is a matter of correcting something is left out."""
        return [chance for chance in self.everything if not chance.may and not chance.is_correction]

    def step(self, number: str) -> GuidelineTask | None:
        steps = (step for stage in self.stages for step in stage.steps)
        return next((step for step in steps if step.standing.step.id == number), None)

    def groups(self, ocid: str) -> list[parts.TaskGroup]:
        """The list as the page draws it, each step leading to its own page."""
        return [parts.TaskGroup(_(each.stage.title), [line(step, ocid) for step in each.steps]) for each in self.stages]


def line(step: GuidelineTask, ocid: str) -> parts.Task:
    guideline = step.standing.step
    url = reverse("desk:step", args=(ocid, guideline.id))
    return parts.Task(_(guideline.title), step.state, url, step.hint, step.status)


def task_list(process: Process, actor: Actor, compiled: Mapping[str, Any], *, now: datetime) -> TaskList:
    """What this person can do in the process; `compiled` is its public record ({} before the first release)."""
    possible = possible_steps(process, actor, now=now)
    roles, state = process.roles_of(actor), state_at(process, now)
    known = with_waiting_in(process, actor.id)
    pressing = waiting(known)
    ahead = {command.name for command in forward_steps(process.procedure_key, state, roles, settled(known))}
    place = Place(process, actor)
    mine = [
        replace(
            chance_of(command, reasons, place),
            moves_on=command.name in ahead,
            is_pressing=command.name in pressing,
            is_settled=command.name in ONCE and command.name not in pressing,
        )
        for command, reasons in possible
    ]
    stages = tuple(
        StageTasks(each.stage, tuple(GuidelineTask(step, chances_of(step, mine)) for step in each.steps))
        for each in standing_of(compiled)
    )
    placed = {chance.command.name for stage in stages for step in stage.steps for chance in step.chances}
    return TaskList(stages, tuple(chance for chance in mine if chance.command.name not in placed))


def chance_of(command: Command, reasons: tuple[Reason, ...], place: Place) -> Chance:
    """With a reason more when the rules allow it but there is nothing that it could be done with."""
    if not reasons and lacks_choice(command.input, place):
        reasons = (missing_choice(command, place),)
    return Chance(command, reasons)


def missing_choice(command: Command, place: Place) -> Reason:
    """Why there is nothing to choose, and who changes that where the desk knows."""
    if command.name != "bidding.name_committee":
        return NOTHING_THERE
    subject = place.subject
    _least, members = subject.jurisdiction.committee_for(subject.value_amount)[0]
    return replace(NO_KEYS, values={"members": str(members)})


def step_url(reason: Reason, ocid: str) -> str:
    """The page of the guideline step where the reason is mended, else of the one its source names; "" for neither."""
    named = GUIDELINE.search(reason.source)
    wanted = MENDED_BY.get(reason.code)
    number = next((step.id for step in STEPS if wanted in step.commands), named[0] if named else "")
    known = number in {step.id for step in STEPS}
    return reverse("desk:step", args=(ocid, number)) if known else ""


def chances_of(standing: Standing, mine: Sequence[Chance]) -> tuple[Chance, ...]:
    return tuple(chance for chance in mine if chance.command.name in standing.step.commands)
