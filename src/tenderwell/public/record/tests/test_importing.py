"""Other publishers' OCDS: streamed, marked, logged, and never mixed with ours."""

import json
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tenderwell.ledger.models import Entry
from tenderwell.public.record import importing
from tenderwell.public.record.importing import Imported, import_releases
from tenderwell.public.record.models import Record, Release, Source
from tenderwell.public.record.projection import rebuild
from tenderwell.public.record.search import SearchQuery, search
from tenderwell.public.record.tests.making import OCID, jsonl, publish, release

pytestmark = pytest.mark.django_db
SAMPLE = Path(importing.__file__).parent / "samples" / "dominican-republic.jsonl.gz"


def foreign(number: int, **parts: Any) -> dict[str, Any]:
    """Untidy, as real data are: a date without zone, a number for an id."""
    base = {
        "ocid": f"ocds-other-{number}",
        "id": f"r-{number}",
        "date": "2021-10-28 18:04:36.1234567",
        "tag": ["compiled"],
    }
    items = [{"id": 7, "description": "GASOIL", "classification": {"id": 15101505}}]
    return {**base, "tender": {"id": "T", "title": f"Número {number}", "items": items}, **parts}


def bring(path: Path) -> Imported:
    return import_releases(path, source="Elsewhere", licence="ODbL 1.0", language="es")


def test_each_release_is_kept_marked_and_logged(tmp_path: Path) -> None:
    assert bring(jsonl(tmp_path / "a.jsonl.gz", [foreign(1), foreign(2)])).added == 2
    release = Release.objects.get(ocid="ocds-other-1")
    leaf = json.loads(bytes(Entry.objects.get(ref=release.id).body))
    assert (leaf["type"], leaf["sha256"], leaf["source"]) == ("ocds.import/v1", release.sha256, "Elsewhere")
    assert Record.objects.get(ocid="ocds-other-1").source == "Elsewhere"
    assert Source.objects.get().licence == "ODbL 1.0"


def test_importing_again_adds_nothing(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl.gz", [foreign(1), foreign(1)])
    assert (bring(path).added, bring(path).known) == (1, 2)


def test_a_later_compiled_release_replaces_the_earlier_one(tmp_path: Path) -> None:
    bring(jsonl(tmp_path / "a.jsonl.gz", [foreign(1)]))
    bring(jsonl(tmp_path / "b.jsonl.gz", [foreign(1, date="2022-01-01", tender={"id": "T"})]))
    assert Record.objects.get().compiled["tender"] == {"id": "T"}


def test_lines_that_are_no_release_are_refused_and_the_rest_goes_in(tmp_path: Path) -> None:
    lines = ["nonsense", "[1]", foreign(1, date="soon"), foreign(2, id=None), '{"ocid":NaN}', foreign(3), ""]
    done = bring(jsonl(tmp_path / "a.jsonl.gz", lines))
    assert done.added == 1
    assert [number for number, _ in done.refused] == [1, 2, 3, 4, 5]


def test_nobody_else_can_speak_for_our_processes(tmp_path: Path) -> None:
    publish(release(1))
    done = bring(jsonl(tmp_path / "a.jsonl.gz", [foreign(1, ocid=OCID)]))
    assert done.refused == [(1, "has the ocid of another publisher")]
    assert Record.objects.get().source == ""


def test_an_import_can_be_rebuilt(tmp_path: Path) -> None:
    bring(jsonl(tmp_path / "a.jsonl.gz", [foreign(1), foreign(2)]))
    before = list(Record.objects.order_by("ocid").values())
    Record.objects.filter(ocid="ocds-other-1").delete()
    assert [mismatch.key for mismatch in rebuild()] == ["ocds-other-1"]
    assert list(Record.objects.order_by("ocid").values()) == before


def test_a_batch_takes_a_constant_number_of_queries(
    tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = jsonl(tmp_path / "a.jsonl.gz", [foreign(number) for number in range(100)])
    with django_assert_max_num_queries(14):
        assert bring(path).added == 100


def test_progress_is_told_after_each_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    told: list[int] = []
    path = jsonl(tmp_path / "a.jsonl.gz", [foreign(number) for number in range(5)])
    import_releases(path, source="Elsewhere", licence="", progress=told.append)
    assert told == [2, 4, 5]


def test_the_sample_of_a_real_publisher_goes_in_and_names_no_telephone() -> None:
    done = import_releases(SAMPLE, source="DGCP", licence="ODbL 1.0", language="es")
    assert (done.added, done.refused) == (60, [])
    assert not any("contactPoint" in party for row in Record.objects.all() for party in row.compiled["parties"])
    assert search(SearchQuery(words="camiones")).total >= 1
    assert rebuild() == []
