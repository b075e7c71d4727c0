"""What the API offers: each stage's api.py lists its commands, and how a result is shown."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tenderwell.core.command import Command

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


def offered() -> Iterator[tuple[Command, Shown]]:
    """Each offered command with the function that shows its result (public identifiers only)."""
    for stage in STAGES:
        name = f"tenderwell.workroom.{stage}.api"
        if find_spec(f"tenderwell.workroom.{stage}") and find_spec(name):
            module = import_module(name)
            results: dict[Command, Shown] = getattr(module, "RESULTS", {})
            for command in module.COMMANDS:
                yield command, results.get(command, nothing)


def nothing(result: Any) -> dict[str, Any]:
    return {}
