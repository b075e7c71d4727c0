"""What the conventions look at: the tracked files, and the Python sources with their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tenderwell"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that git keeps, without those deleted in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def python_files() -> tuple[Path, ...]:
    """Python files of the project, migrations left out: those are written by a tool."""
    return tuple(path for path in tracked_files() if path.suffix == ".py" and "migrations" not in path.parts)


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file, nested ones too."""
    return (n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def text_of(path: Path) -> str | None:
    """The text of a file, or None when it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def named(path: Path, line: int | None = None) -> str:
    """How a finding names its place."""
    return str(path.relative_to(ROOT)) + (f":{line}" if line else "")
