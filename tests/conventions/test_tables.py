"""Contract 5: only the ledger writes the log's tables, only the record writes the record's; others may read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conventions.sources import SOURCE, is_test, named, python_files, tree_of

WRITES = {
    *("create", "acreate", "bulk_create", "get_or_create", "update_or_create"),
    *("update", "bulk_update", "delete", "save", "raw", "select_for_update"),
}


@pytest.mark.parametrize("owner", ["ledger", "public.record"])
def test_only_the_owner_writes_its_tables(owner: str) -> None:
    folder = SOURCE.joinpath(*owner.split("."))
    others = [path for path in python_files() if SOURCE in path.parents and folder not in path.parents]
    assert [f for path in others if not is_test(path) for f in writes(path, f"tenderwell.{owner}.models")] == []


def test_a_write_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("from a.models import Entry as E\nE.objects.filter(idx=1).update(ref='')\nE.objects.get(idx=1)\n")
    assert [call.lineno for call in written(path, "a.models")] == [2]


def writes(path: Path, models: str) -> list[str]:
    return [f"{named(path, call.lineno)} {ast.unparse(call.func)}" for call in written(path, models)]


def written(path: Path, models: str) -> Iterator[ast.Call]:
    """The calls that write to a class which this file imports from these models."""
    nodes = list(ast.walk(tree_of(path)))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == models]
    classes = {name.asname or name.name for node in froms for name in node.names}
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return (call for call in calls if called(call) in WRITES and first_name(call.func) in classes)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def first_name(node: ast.expr) -> str:
    """The name that a chain such as Entry.objects.filter(...).get begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""
