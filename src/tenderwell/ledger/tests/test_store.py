"""The log in the database: appended, published, proved; never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from tenderwell.ledger import identity, store
from tenderwell.ledger.models import Checkpoint, Entry
from tenderwell.ledger.note import parse_checkpoint, parse_note, verified
from tenderwell.ledger.proof import check_proof, parse_proof
from tenderwell.ledger.store import Leaf
from tenderwell.ledger.tests.logs import NOW, leaves, trusting
from tenderwell.ledger.tree import EMPTY_ROOT, leaf_hash


@pytest.mark.django_db
def test_entries_are_numbered_from_zero_without_gaps() -> None:
    assert store.append(leaves(3)) == [0, 1, 2]
    assert store.append(leaves(2, start=3)) == [3, 4]
    assert [(entry.idx, entry.ref) for entry in store.entries(1, 4)] == [(1, "act-1"), (2, "act-2"), (3, "act-3")]


@pytest.mark.django_db
def test_an_entry_is_canonical_json_with_its_kind_and_its_leaf_hash() -> None:
    store.append([Leaf("act/v1", {"c": "é", "b": 1})])
    entry = Entry.objects.get()
    assert bytes(entry.body) == '{"b":1,"c":"é","type":"act/v1"}'.encode()
    assert bytes(entry.leaf_hash) == leaf_hash(bytes(entry.body))


@pytest.mark.django_db
def test_nothing_is_published_before_publish() -> None:
    store.append(leaves(1))
    assert store.head() == store.Head(0, EMPTY_ROOT, "")


@pytest.mark.django_db
def test_a_published_checkpoint_is_signed_with_both_keys() -> None:
    store.append(leaves(5))
    seen = store.publish(now=NOW)
    note = parse_note(store.head().note)
    assert (seen.size, seen.origin) == (5, identity.origin())
    assert parse_checkpoint(note.text) == seen
    assert [key.type for key, _ in verified(note, identity.verifiers())] == [1, 6]


@pytest.mark.django_db
def test_publishing_again_changes_nothing() -> None:
    store.append(leaves(5))
    assert store.publish(now=NOW) == store.publish(now=NOW)
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("batches", [[1], [1, 1, 1], [255, 1, 1], [256, 300], [700, 13, 1]])
def test_every_entry_has_a_proof(batches: list[int]) -> None:
    for batch in batches:
        store.append(leaves(batch))
        store.publish(now=NOW)
    for entry in [*Entry.objects.order_by("idx")[:3], *Entry.objects.order_by("-idx")[:3]]:
        proof = parse_proof(store.proof(entry.idx, extra=b"secret"))
        check_proof(proof, bytes(entry.leaf_hash), policy=trusting())
        assert (proof.index, proof.extra) == (entry.idx, b"secret")


@pytest.mark.django_db
def test_a_proof_without_a_preimage_carries_the_entry() -> None:
    store.append(leaves(2))
    assert leaf_hash(parse_proof(store.proof(1)).extra) == bytes(Entry.objects.get(idx=1).leaf_hash)


@pytest.mark.django_db
def test_a_proof_publishes_first_and_stays_the_same() -> None:
    store.append(leaves(2))
    first = store.proof(0)
    store.append(leaves(2, start=2))
    store.publish(now=NOW)
    assert store.proof(0) == first


@pytest.mark.django_db
@pytest.mark.parametrize("index", [-1, 2])
def test_what_is_not_in_the_log_has_no_proof(index: int) -> None:
    store.append(leaves(2))
    with pytest.raises(IndexError):
        store.proof(index)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET ref = 'other'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_tile SET hashes = substring(hashes FROM 1 FOR 32)",
        "UPDATE ledger_tile SET hashes = hashes || hashes, number = 7",
        "DELETE FROM ledger_tile",
        "UPDATE ledger_checkpoint SET size = 9",
        "UPDATE ledger_checkpoint SET is_published = false",
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_head SET size = 1",
        "DELETE FROM ledger_head",
    ],
)
def test_the_database_refuses_to_change_what_is_logged(statement: str) -> None:
    store.append(leaves(2))
    store.publish(now=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_too_long_an_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="65535"):
        store.append([Leaf("act/v1", {"c": "x" * 65_535})])


@pytest.mark.django_db
def test_a_statement_of_our_own_is_signed_with_the_first_key() -> None:
    note = parse_note(store.sign("tenderwell/refusal/v1\nlate\n"))
    assert [key.type for key, _ in verified(note, identity.verifiers())] == [1]


@pytest.mark.parametrize("text", ["tenderwell/x", "cosignature/v1\ntime 1\n", "port-aurora.example/log\n1\nx\n"])
def test_what_could_be_taken_for_a_checkpoint_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="our own"):
        store.sign(text)
