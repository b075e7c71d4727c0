"""The tools agree: ruff, mypy --strict, and the import contracts."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conventions.sources import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS: list[dict[str, Any]] = PYPROJECT["tool"]["importlinter"]["contracts"]


def said(*command: str | Path) -> str:
    """What a tool printed, empty when it found nothing."""
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_ruff_is_clean() -> None:
    assert said(sys.executable, "-m", "ruff", "check", "--output-format=concise", ".") == ""


@pytest.mark.timeout(900)
def test_types_are_strict() -> None:
    assert said(sys.executable, "-m", "mypy", "--no-error-summary") == ""


def test_import_contracts_hold(tmp_path: Path) -> None:
    assert broken(CONTRACTS, folder=tmp_path) == ""


def test_a_broken_contract_is_noticed(tmp_path: Path) -> None:
    wrong = {"name": "wrong", "type": "layers", "layers": ["tenderwell.ledger", "tenderwell.core"]}
    assert "tenderwell.core is not allowed to import tenderwell.ledger" in broken([wrong], folder=tmp_path)


def broken(contracts: list[dict[str, Any]], *, folder: Path) -> str:
    """What import-linter says of contracts that do not hold."""
    config = folder / "contracts.ini"
    config.write_text(as_ini(contracts))
    return said(Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", config)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract["name"])
def test_no_contract_has_an_exception(contract: dict[str, Any]) -> None:
    assert not contract.get("ignore_imports")


def as_ini(contracts: list[dict[str, Any]]) -> str:
    """The contracts in the form that import-linter reads."""
    text = "[importlinter]\nroot_package = tenderwell\ninclude_external_packages = True\n"
    for number, contract in enumerate(contracts):
        text += f"[importlinter:contract:{number}]\n" + "".join(map(as_line, contract.items()))
    return text


def as_line(item: tuple[str, Any]) -> str:
    key, value = item
    return f"{key} = " + ("\n    " + "\n    ".join(value) if isinstance(value, list) else str(value)) + "\n"
