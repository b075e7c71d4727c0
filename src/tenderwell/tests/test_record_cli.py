"""The commands of the record: what they print and how they end."""

from pathlib import Path

import pytest

from tenderwell import cli
from tenderwell.public import record
from tenderwell.public.record.models import Record

SAMPLE = Path(record.__file__).parent / "samples" / "dominican-republic.jsonl.gz"
pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    parsed = cli.front_door().parse_args(words)
    return int(parsed.run(parsed))


def test_an_import_is_counted_and_rebuilds_to_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", str(SAMPLE), "--source", "DGCP", "--language", "es") == 0
    assert capsys.readouterr().out.startswith("60 added")
    assert run("rebuild") == 0


def test_a_record_that_was_changed_is_told_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    run("import", str(SAMPLE), "--source", "DGCP")
    Record.objects.filter(pk=Record.objects.values("pk")[:1]).update(body=b"{}")
    assert run("rebuild") == 1
    assert "1 differences" in capsys.readouterr().out
    assert run("rebuild") == 0


def test_a_file_that_is_not_there_is_status_2() -> None:
    assert run("import", "nothing.jsonl", "--source", "X") == 2
