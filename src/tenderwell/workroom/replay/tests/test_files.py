"""OCDS is handed around in many shapes; the processes in it are found in all of them, the rest is told."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tenderwell.workroom.replay.files import Unreadable, processes

COMPILED = {"ocid": "ocds-1", "tag": ["compiled"], "tender": {"title": "Roofs"}}
FIRST = {"ocid": "ocds-2", "tag": ["tender"], "date": "2020-01-01T00:00:00Z", "tender": {"title": "Old"}}
SECOND = {"ocid": "ocds-2", "tag": ["award"], "date": "2020-02-01T00:00:00Z", "awards": [{"id": "1"}]}
OTHER = {"ocid": "ocds-3", "tag": "tender", "tender": {"title": "Bridge"}}


def titles(path: Path) -> list[tuple[str, str]]:
    return [(each["ocid"], each["tender"]["title"]) for each in processes(path) if not isinstance(each, Unreadable)]


def unreadable(path: Path) -> int:
    return sum(isinstance(each, Unreadable) for each in processes(path))


@pytest.mark.parametrize(
    "document",
    [
        COMPILED,
        [COMPILED],
        {"releases": [COMPILED]},
        {"records": [{"ocid": "ocds-1", "compiledRelease": COMPILED}]},
        {"records": [{"ocid": "ocds-1", "releases": [COMPILED]}]},
        {"ocid": "ocds-1", "compiledRelease": {"tender": {"title": "Roofs"}}},
        {"ocid": "ocds-1", "releases": [COMPILED]},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_process_is_found_in_every_shape(tmp_path: Path, document: Any, indent: int | None) -> None:
    path = tmp_path / "given.json"
    path.write_text(json.dumps(document, indent=indent))
    assert titles(path) == [("ocds-1", "Roofs")]


def test_single_releases_are_merged_over_the_whole_file_in_the_order_of_their_dates(tmp_path: Path) -> None:
    path = tmp_path / "single.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in (SECOND, OTHER, FIRST)))
    assert titles(path) == [("ocds-2", "Old"), ("ocds-3", "Bridge")]
    assert [each["awards"] for each in processes(path) if "awards" in each] == [[{"id": "1"}]]  # type: ignore[operator,index]


def test_packed_files_are_known_by_what_they_hold_not_by_their_name(tmp_path: Path) -> None:
    path = tmp_path / "packed.jsonl"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + json.dumps(COMPILED).encode() + b"\r\n\r\n"))
    assert titles(path) == [("ocds-1", "Roofs")]


def test_numbers_are_read_exactly_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "exact.jsonl"
    path.write_text('{"ocid": "x", "tag": ["compiled"], "amount": 12345678901234567.89}\n')
    (found,) = processes(path)
    assert found["amount"] == Decimal("12345678901234567.89")  # type: ignore[index]


@pytest.mark.parametrize(
    "line",
    [
        "{not json}",
        "[]",
        "null",
        "5",
        '"text"',
        "{}",
        '{"releases": []}',
        '{"releases": [{"date": "2020"}]}',
        '{"records": [{"ocid": "x", "releases": [{"url": "https://publisher.example/1"}]}]}',
        '{"ocid": null}',
        "[" * 100_000,
    ],
)
def test_what_is_no_process_is_told_once(tmp_path: Path, line: str) -> None:
    path = tmp_path / "strange.jsonl"
    path.write_text(f"{json.dumps(COMPILED)}\n{line}\n")
    assert (titles(path), unreadable(path)) == ([("ocds-1", "Roofs")], 1)


def test_an_empty_file_has_no_process(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_bytes(b"\n \n")
    assert list(processes(path)) == []


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bytes.jsonl"
    path.write_bytes(b"\xff\xfe\x00\n" + json.dumps(COMPILED).encode())
    assert (titles(path), unreadable(path)) == ([("ocds-1", "Roofs")], 1)


def test_a_packed_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(COMPILED) + "\n").encode())[:-4])
    assert (titles(path), unreadable(path)) == ([("ocds-1", "Roofs")], 1)
