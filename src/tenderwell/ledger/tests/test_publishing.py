"""Many writers, many publishers, a restored backup: real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, Settings

from tenderwell.ledger import identity, keys, store
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.models import Checkpoint, Entry
from tenderwell.ledger.note import KeyType, parse_note
from tenderwell.ledger.proof import check_proof, parse_proof
from tenderwell.ledger.tests.logs import NOW, leaves, trusting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.TENDERWELL_KEYS_DIR = tmp_path
    return tmp_path


def at_once(works: list[Callable[[], object]]) -> None:
    """Run each in a thread with a connection of its own."""

    def closing(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(closing, work) for work in works]:
            future.result()


def writing(writer: int, *, acts: int) -> Callable[[], None]:
    """Acts of one or two leaves; every fourth is taken back."""

    def work() -> None:
        for act in range(acts):
            with transaction.atomic():
                store.append(leaves(1 + act % 2, start=writer * 1000 + 2 * act))
                transaction.set_rollback(act % 4 == 3)

    return work


def test_the_root_of_any_size_is_told_before_and_after_it_is_published(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    store.append(leaves(300))
    before = [store.root_at(size) for size in (0, 1, 299, 300)]
    published = store.publish(now=NOW)
    store.append(leaves(5, start=300))
    assert [store.root_at(size) for size in (0, 1, 299, 300)] == before
    assert published.root == before[-1]
    with django_assert_max_num_queries(5):
        beyond = store.root_at(305)
    assert store.publish(now=NOW).root == beyond


def test_eight_writers_lose_no_act_and_leave_no_gap() -> None:
    at_once([writing(writer, acts=20) for writer in range(8)])
    refs = list(Entry.objects.order_by("idx").values_list("idx", "ref"))
    assert [index for index, _ in refs] == list(range(8 * 20))
    expected = {f"act-{w * 1000 + 2 * act + i}" for w in range(8) for act in range(20) for i in range(1 + act % 2)}
    lost = {f"act-{w * 1000 + 2 * act + i}" for w in range(8) for act in range(3, 20, 4) for i in range(2)}
    assert {ref for _, ref in refs} == expected - lost


def test_writers_and_publishers_at_once_end_in_one_right_tree() -> None:
    publishing = [lambda: [store.publish(now=NOW) for _ in range(8)] for _ in range(3)]
    at_once([*(writing(writer, acts=12) for writer in range(4)), *publishing])
    size = store.publish(now=NOW).size
    assert size == Entry.objects.count() == store.head().size
    for entry in Entry.objects.all():
        check_proof(parse_proof(store.proof(entry.idx)), bytes(entry.leaf_hash), policy=trusting())


def test_a_publisher_waits_for_no_writer() -> None:
    with transaction.atomic():
        store.append(leaves(1))
        at_once([lambda: store.publish(now=NOW)])
    assert store.head().size == 0
    assert store.publish(now=NOW).size == 1


def test_nothing_is_published_inside_a_transaction() -> None:
    with transaction.atomic():
        store.append(leaves(1))
        with pytest.raises(RuntimeError, match="durable"):
            store.publish(now=NOW)
    assert not identity.memory_path().exists()


def test_what_is_published_stands_outside_the_database_too(keys_dir: Path) -> None:
    store.append(leaves(3))
    store.publish(now=NOW)
    assert parse_note((keys_dir / "log.checkpoint").read_bytes()) == parse_note(store.head().note)
    assert (keys_dir / "log.key").stat().st_mode & 0o777 == 0o600


def test_a_killed_publisher_is_finished_by_the_next() -> None:
    store.append(leaves(3))
    store.publish(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; UPDATE ledger_checkpoint SET is_published = false")
        cursor.execute("SET session_replication_role = origin")
    assert store.head().size == 0
    assert store.publish(now=NOW).size == store.head().size == 3
    assert Checkpoint.objects.count() == 1


def restore_backup(size: int) -> None:
    """Bring the database back to an earlier size, as a restored backup does."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM ledger_entry WHERE idx >= %s", [size])
        cursor.execute("UPDATE ledger_head SET size = %s", [size])
        cursor.execute("DELETE FROM ledger_checkpoint; DELETE FROM ledger_tile")
        cursor.execute("SET session_replication_role = origin")


def test_a_restored_backup_is_not_signed() -> None:
    store.append(leaves(5))
    store.publish(now=NOW)
    restore_backup(3)
    with pytest.raises(MayNotSign, match="holds 3 entries"):
        store.publish(now=NOW)
    assert Checkpoint.objects.count() == 0


def test_a_restored_backup_that_went_on_otherwise_is_a_fork_and_not_signed() -> None:
    store.append(leaves(5))
    store.publish(now=NOW)
    restore_backup(3)
    store.append(leaves(4, start=50))
    with pytest.raises(MayNotSign, match="fork"):
        store.publish(now=NOW)
    assert store.head().size == 0


def test_the_same_entries_brought_back_are_signed_again() -> None:
    store.append(leaves(5))
    store.publish(now=NOW)
    restore_backup(3)
    store.append(leaves(3, start=3))
    assert store.publish(now=NOW).size == 6


def test_a_lost_key_is_not_replaced_in_silence(keys_dir: Path) -> None:
    store.append(leaves(1))
    store.publish(now=NOW)
    identity.signers_in.cache_clear()
    (keys_dir / "log.key").unlink()
    store.append(leaves(1, start=1))
    with pytest.raises(keys.BadKeyFile, match="Put the key file back"):
        store.publish(now=NOW)


def test_a_new_key_in_its_place_does_not_sign(keys_dir: Path, settings: Settings) -> None:
    store.append(leaves(1))
    store.publish(now=NOW)
    settings.TENDERWELL_KEYS_DIR = keys_dir / "empty"
    store.append(leaves(1, start=1))
    with pytest.raises(MayNotSign, match="Put the key back"):
        store.publish(now=NOW)


def test_another_origin_does_not_sign(keys_dir: Path, settings: Settings) -> None:
    store.append(leaves(1))
    store.publish(now=NOW)
    settings.TENDERWELL_LOG_ORIGIN = "other.example/log"
    store.append(leaves(1, start=1))
    with pytest.raises(keys.BadKeyFile, match=r"not for other\.example/log"):
        store.publish(now=NOW)


def test_damaged_memory_stops_the_log(keys_dir: Path) -> None:
    store.append(leaves(1))
    store.publish(now=NOW)
    (keys_dir / "log.checkpoint").write_text("nothing")
    store.append(leaves(1, start=1))
    with pytest.raises(MayNotSign, match="damaged"):
        store.publish(now=NOW)


def test_of_two_starters_the_first_key_wins(keys_dir: Path) -> None:
    path = keys_dir / "two.key"
    keys.create(path, name="a.example", types=(KeyType.ED25519,))
    first = path.read_text()
    keys.create(path, name="a.example", types=(KeyType.ED25519,))
    assert path.read_text() == first
    assert list(keys_dir.glob("two.key.*")) == []
