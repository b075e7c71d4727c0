"""What the API offers: each stage's api.py lists its commands, and how a result is shown."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from ninja import Router

from tenderwell.core.command import Command, perform

STAGES = (
    "parties",
    "process",
    "planning",
    "engagement",
    "tendering",
    "bidding",
    "evaluation",
    "awarding",
    "remedies",
    "delivery",
)
Shown = Callable[[Any], dict[str, Any]]
Performer = Callable[..., Any]


def stage_modules() -> Iterator[ModuleType]:
    """The api.py of each stage that has one."""
    for stage in STAGES:
        name = f"tenderwell.workroom.{stage}.api"
        if find_spec(f"tenderwell.workroom.{stage}") and find_spec(name):
            yield import_module(name)


def offered() -> Iterator[tuple[Command, Shown]]:
    """Each offered command with the function that shows its result (public identifiers only)."""
    for module in stage_modules():
        results: dict[Command, Shown] = getattr(module, "RESULTS", {})
        for command in module.COMMANDS:
            yield command, results.get(command, nothing)


def performers() -> dict[Command, Performer]:
    """The commands that a stage performs in a way of its own, which ends in `perform()` all the same."""
    return {command: way for module in stage_modules() for command, way in getattr(module, "PERFORMERS", {}).items()}


def performer(command: Command) -> Performer:
    return performers().get(command, perform)


def readers() -> Iterator[Router]:
    """What a stage offers for reading, beside its commands."""
    for module in stage_modules():
        if router := getattr(module, "READING", None):
            yield router


def nothing(result: Any) -> dict[str, Any]:
    return {}
