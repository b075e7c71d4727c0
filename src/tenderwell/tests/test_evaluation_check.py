"""The independent checker finds a published package right, and sees what was changed in it."""

import ast
import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings

from tenderwell import cli
from tenderwell.ledger.verifying import evaluation, ranking
from tenderwell.ledger.verifying.evaluation import check_package, read_package
from tenderwell.ledger.verifying.ranking import Part, canonical
from tenderwell.public.record.models import Record
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.tests import journey as j
from tenderwell.workroom.evaluation.tests.lots import with_bids_on_lots
from tenderwell.workroom.evaluation.tests.packages import packages
from tenderwell.workroom.process.models import Process

Published = tuple[Path, Path, Part]


def package_of(process: Process) -> bytes:
    found = queries.current_evaluation(process)
    assert found
    return queries.package_of(found)


@pytest.fixture
def published(db: None, tmp_path: Path) -> Published:
    """(path of the package, path of the record, the package)"""
    process = j.evaluated(points={("bid-2", j.METHOD): "4"})
    package, record = tmp_path / "package.json", tmp_path / "record.json"
    package.write_bytes(package_of(process))
    record.write_text(json.dumps({"compiledRelease": Record.objects.get(ocid=process.ocid).compiled}))
    return package, record, read_package(package.read_bytes())


def test_a_published_package_is_right(published: Published, capsys: pytest.CaptureFixture[str]) -> None:
    package, record, _ = published
    assert cli.main(["check-evaluation", str(package), "--record", str(record)]) == 0
    told = capsys.readouterr().out
    assert "1. bid-2" in told and "All is right" in told
    assert cli.main(["check-evaluation", str(package), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


def test_a_package_of_lots_is_right(db: None) -> None:
    process = j.evaluated(with_bids_on_lots())
    raw = package_of(process)
    record = Record.objects.get(ocid=process.ocid).compiled
    assert check_package(read_package(raw), raw=raw, record=record).findings == []


def lower_price(package: Part) -> None:
    package["bids"][0]["lots"][0]["amount"] = "1"


def better_points(package: Part) -> None:
    package["agreed"][0]["scores"][0]["points"] = "4"


def other_sheet(package: Part) -> None:
    package["sheets"][0]["scores"][0]["points"] = "4"


def other_reason(package: Part) -> None:
    package["sheets"][0]["scores"][0]["reason"] = "Because."


def lost_sheet(package: Part) -> None:
    del package["sheets"][1]


def other_weight(package: Part) -> None:
    package["frozen"]["criteria"][0]["criteria"][0]["weight"] = "36"


def other_rank(package: Part) -> None:
    package["ranking"][0]["rank"], package["ranking"][1]["rank"] = 2, 1


def other_leaf(package: Part) -> None:
    package["sheets"][0]["leaf"]["preimage"]["version"] = 2


def other_seed(package: Part) -> None:
    package["seed"]["value"] = "00" * 32


def other_exclusion(package: Part) -> None:
    package["shortlist"]["rows"][0]["score"] = 0


CHANGES: dict[Callable[[Part], None], set[str]] = {
    lower_price: {"price_differs", "other_package", "scores_differs", "total_differs"},
    better_points: {"difference_hidden", "other_package", "scores_differs", "total_differs"},
    other_sheet: {"sheet_changed", "other_package", "difference_hidden"},
    other_reason: {"sheet_changed", "other_package"},
    lost_sheet: {"sheets_left_out", "other_package"},
    other_weight: {"criteria_changed", "weights", "other_package"},
    other_rank: {"rank_differs", "other_package"},
    other_leaf: {"leaf_wrong", "other_package"},
    other_seed: {"seed_wrong", "other_package"},
    other_exclusion: {"shortlist_wrong", "bid_missing", "other_package"},
}


def test_whatever_is_changed_in_a_package_is_found(published: Published) -> None:
    _, record, package = published
    for change, codes in CHANGES.items():
        changed = deepcopy(package)
        change(changed)
        report = check_package(changed, raw=canonical(changed), record=json.loads(record.read_text()))
        assert codes <= {finding.code for finding in report.findings}, change.__name__


def test_a_changed_package_gives_status_1(published: Published, capsys: pytest.CaptureFixture[str]) -> None:
    path, _, package = published
    other_rank(package)
    path.write_bytes(canonical(package))
    assert cli.main(["check-evaluation", str(path)]) == 1
    assert "NOT right" in capsys.readouterr().out


@pytest.mark.parametrize(
    "raw", ["", "{}", '{"v": "tenderwell/evaluation/v1"}', '{"a": 1, "a": 2}', "[" * 10, '{"a": NaN}']
)
def test_what_is_no_package_gives_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: str) -> None:
    path = tmp_path / "package.json"
    path.write_text(raw)
    assert cli.main(["check-evaluation", str(path)]) == 2
    assert cli.main(["check-evaluation", str(tmp_path / "none.json"), "--json"]) == 2
    assert "cannot be checked" in capsys.readouterr().out


@settings(max_examples=150)
@given(packages())
def test_a_second_program_finds_the_same_ranking(package: dict[str, Any]) -> None:
    assert ranking.computed(package) == package["ranking"]


@pytest.mark.parametrize("module", [evaluation, ranking])
def test_the_checker_is_independent(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text())
    taken = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in taken if name and name.startswith("tenderwell")} <= {"tenderwell.ledger.verifying.ranking"}
    assert not taken & {"django", "rfc8785", "pydantic"}
