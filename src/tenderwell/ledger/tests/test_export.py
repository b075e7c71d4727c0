"""The log as files: read by outsiders, and brought back into a database that has lost entries."""

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from tenderwell.ledger import export, identity, store
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.models import Entry
from tenderwell.ledger.store import Leaf
from tenderwell.ledger.tests.logs import NOW, leaves
from tenderwell.ledger.tests.test_publishing import restore_backup
from tenderwell.ledger.verifying import command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the log is exported to; the keys are one's own too."""
    settings.TENDERWELL_KEYS_DIR = tmp_path / "keys"
    return tmp_path / "site" / "log"


def published(count: int, *, start: int = 0) -> None:
    store.append(leaves(count, start=start))
    store.publish(now=NOW)


def bodies() -> list[tuple[str, str, bytes]]:
    rows = Entry.objects.order_by("idx").values_list("kind", "ref", "body")
    return [(kind, ref, bytes(body)) for kind, ref, body in rows]


def test_an_export_passes_the_verifier(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    published(300)
    store.export(folder)
    policy = folder.parent / "policy"
    policy.write_text(str(identity.policy()))
    words = ["monitor", str(folder), "--state", str(folder.parent / "seen"), "--policy", str(policy)]
    assert command.main(words, now=NOW.timestamp() + 60) == 0
    assert "grew from 0 to 300 entries" in capsys.readouterr().out
    published(20, start=300)
    store.export(folder)
    assert command.main(words, now=NOW.timestamp() + 60) == 0


def test_nothing_published_is_nothing_to_export(folder: Path) -> None:
    with pytest.raises(export.NotPublished):
        store.export(folder)


def test_lost_entries_come_back_from_an_export(folder: Path) -> None:
    published(280)
    store.append([Leaf("ocds.release/v1", {"id": "release-7", "ocid": "o"}, ref="release-7")])
    published(19, start=280)
    before = bodies()
    store.export(folder)
    restore_backup(270)
    assert export.repair(folder) == 30
    assert [body for _, _, body in bodies()] == [body for _, _, body in before]
    assert Entry.objects.get(ref="release-7").idx == 280
    store.append(leaves(1, start=999))
    assert store.publish(now=NOW).size == 301


def test_repairing_a_whole_log_changes_nothing(folder: Path) -> None:
    published(5)
    store.export(folder)
    before = bodies()
    assert export.repair(folder) == 0
    assert bodies() == before


def test_a_database_that_went_on_otherwise_is_not_repaired(folder: Path) -> None:
    published(9)
    store.export(folder)
    restore_backup(5)
    store.append(leaves(1, start=777))
    with pytest.raises(MayNotSign, match="fork"):
        export.repair(folder)
    assert Entry.objects.count() == 6


def test_a_false_export_is_not_taken_in(folder: Path) -> None:
    published(9)
    store.export(folder)
    restore_backup(5)
    bundle = folder / "tile/entries/000.p/9"
    bundle.write_bytes(bundle.read_bytes().replace(b"act/v1", b"ACT/v1"))
    with pytest.raises(MayNotSign, match="fork"):
        export.repair(folder)
    assert Entry.objects.count() == 5


def test_the_export_of_another_log_is_not_taken_in(folder: Path, settings: Settings) -> None:
    published(3)
    store.export(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    settings.TENDERWELL_KEYS_DIR = folder.parent / "other-keys"
    with pytest.raises(MayNotSign, match="another log"):
        export.repair(folder)
