"""Functions and files stay small, names say something, no failure is silent."""

import ast
import re
from statistics import median

from tests.conventions.sources import SOURCE, functions, is_test, lines_of, named, python_files, tree_of

EMPTY_NAMES = re.compile(r"(Manager|Helper|Util|Utils|Mixin|Base)$|^Base(?=[A-Z])")
EMPTY_MODULES = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py"}


def test_no_function_is_over_50_lines() -> None:
    assert [
        f"{named(path, node.lineno)} {node.name}: {lines_of(node)}"
        for path in python_files()
        for node in functions(path)
        if lines_of(node) > 50
    ] == []


def test_the_median_function_has_at_most_8_lines() -> None:
    assert median(lines_of(node) for path in python_files() if not is_test(path) for node in functions(path)) <= 8


def test_no_file_is_over_400_lines() -> None:
    lengths = {named(path): path.read_text("utf-8").count("\n") for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_no_failure_is_swallowed() -> None:
    assert [
        named(path, node.lineno)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or isinstance(node.body[0], ast.Pass))
    ] == []


def test_no_name_is_empty_of_meaning() -> None:
    classes = [
        f"{named(path, node.lineno)} {node.name}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and EMPTY_NAMES.search(node.name)
    ]
    assert classes + [named(path) for path in python_files() if path.name in EMPTY_MODULES] == []


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in python_files() if SOURCE in path.parents}
    assert [named(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [
        named(path)
        for path in python_files()
        if tree_of(path).body and not ast.get_docstring(tree_of(path)) and path.name != "__init__.py"
    ] == []


def test_only_settings_reads_the_environment() -> None:
    allowed = {"settings.py", "conftest.py"}
    reading = re.compile(r"\benviron(\.get\(|\.items\(|\[[^]]*\](?! = ))|\bgetenv\(")
    assert [
        named(path)
        for path in python_files()
        if path.name not in allowed and not is_test(path) and reading.search(path.read_text("utf-8"))
    ] == []


def test_nothing_sleeps_in_tests() -> None:
    calls = re.compile(r"\btime\.sleep\(|\bfrom time import sleep\b")
    assert [named(path) for path in python_files() if is_test(path) and calls.search(path.read_text("utf-8"))] == []
