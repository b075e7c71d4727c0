"""Whoever reads writes nothing: what queries, views, pages, notices and rules ask of the database only reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conventions.sources import SOURCE, is_test, named, python_files, tree_of

WRITING = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
LOCKING = {"select_for_update", "set_period"}
WORKROOM = SOURCE / "workroom"
READERS = {"queries.py", "views.py", "rules.py", "notices.py", "pages.py", "overview.py", "preview.py", "choices.py",
           "events.py", "downloads.py", "letters.py", "package.py", "technical.py", "watch.py", "receipts.py",
           "minutes.py", "to_open.py", "tender_file.py", "tasks.py", "moving.py", "api.py", "routes.py"}  # fmt: skip
# A preference of one person, which is no act of procurement: it leaves no entry in the ledger.
PREFERENCES = {WORKROOM / "messages" / "views.py": 3}


def readers() -> list[Path]:
    here = [each for each in python_files() if WORKROOM in each.parents and not is_test(each)]
    return [each for each in here if each.name in READERS or each.parent.name == "rules"]


def writes(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that write or lock rows; `update` with keywords only, for that of a dictionary or set takes none here."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in WRITING | LOCKING or (name == "update" and node.keywords):
                yield node


def test_nothing_that_reads_writes() -> None:
    found = {path: [named(path, call.lineno) for call in writes(tree_of(path))] for path in readers()}
    assert {path: len(calls) for path, calls in found.items() if calls} == PREFERENCES


def test_every_stage_has_readers_to_look_at() -> None:
    assert {"queries.py", "views.py", "rules.py", "notices.py", "pages.py"} <= {path.name for path in readers()}


def test_a_query_that_writes_is_noticed() -> None:
    text = "def here():\n    return Installation.objects.get_or_create(name='here')[0]"
    assert len(list(writes(ast.parse(text)))) == 1
    assert list(writes(ast.parse("found.update({'a': 1})"))) == []
