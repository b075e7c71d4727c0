"""Every command records: from its body, through functions of the workroom, some way leads to `act.record(...)`."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tenderwell.core.command import commands
from tests.conventions.sources import SOURCE, functions, is_test, python_files

WORKROOM = SOURCE / "workroom"


@cache
def calls() -> dict[str, set[str]]:
    """Name of a function of the workroom -> what it calls; "record" stands for a call of `act.record`."""
    found = dict[str, set[str]]()
    for path in python_files():
        if WORKROOM in path.parents and not is_test(path):
            add_calls(path, found)
    return found


def add_calls(path: Path, found: dict[str, set[str]]) -> None:
    for function in functions(path):
        made = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
        found.setdefault(function.name, set()).update(name for call in made if (name := name_of(call)))


def name_of(call: ast.expr) -> str:
    """The name called; of methods only those of the act, so that `other.record()` is no record of an act."""
    if isinstance(call, ast.Name):
        return call.id
    if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name):
        return call.attr if call.value.id == "act" or call.attr != "record" else ""
    return ""


def leads_to_record(name: str) -> bool:
    reached, new = {name}, {name}
    while new and "record" not in reached:
        new = {called for each in new for called in calls().get(each, ())} - reached
        reached |= new
    return "record" in reached


@pytest.mark.parametrize("name", sorted(commands))
def test_the_command_records(name: str) -> None:
    assert leads_to_record(commands[name].body.__name__)


def test_what_records_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(calls(), "draw_a_veil", {"save", "filter"})
    assert not leads_to_record("draw_a_veil")
