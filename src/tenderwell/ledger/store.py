"""The log in the database: append inside the caller's transaction, publish after it, prove, read back in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785
from django.db import connection
from django.utils import timezone

from tenderwell.ledger import export as static
from tenderwell.ledger import identity, publishing, tree
from tenderwell.ledger.models import Entry
from tenderwell.ledger.note import Checkpoint, parse_note, signed
from tenderwell.ledger.proof import Proof
from tenderwell.ledger.tiles import LONGEST

OWN_NOTES = "tenderwell/"


@dataclass(frozen=True)
class Leaf:
    """What to append. kind: the leaf's "type"; body: JSON values; ref: finds it again."""

    kind: str
    body: dict[str, Any]
    ref: str = ""

    def encoded(self) -> bytes:
        text = rfc8785.dumps({"type": self.kind, **self.body})
        if len(text) > LONGEST:
            raise ValueError(f"an entry has at most {LONGEST} bytes")
        return text


@dataclass(frozen=True)
class Head:
    """The last published checkpoint. note: signed; empty when nothing is published yet."""

    size: int
    root: bytes
    note: str


def append(leaves: Sequence[Leaf]) -> list[int]:
    """Append in one round trip, holding the log's lock to the end of the transaction; returns the indexes."""
    kinds = [leaf.kind for leaf in leaves]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_append(%s::text[], %s::bytea[], %s::text[])",
            [kinds, [leaf.encoded() for leaf in leaves], [leaf.ref for leaf in leaves]],
        )
        (first,) = cursor.fetchone()
    return list(range(first, first + len(leaves)))


def entries(start: int, end: int) -> Iterator[Entry]:
    """The entries from `start` up to, not including, `end`, in order, streamed."""
    yield from Entry.objects.filter(idx__gte=start, idx__lt=end).order_by("idx").iterator()


def head() -> Head:
    """What the log says now."""
    row = publishing.latest()
    return Head(row.size, bytes(row.root), row.latest) if row else Head(0, tree.EMPTY_ROOT, "")


def publish(*, now: datetime) -> Checkpoint:
    """Put every committed entry under a signed checkpoint and ask the witnesses; does nothing when nothing is new.

    Never inside a transaction: what is signed must be committed. Safe to call from many processes at once.
    Raises MayNotSign when the database has lost entries that were published.
    """
    return publishing.publish(now=now)


def heartbeat(*, now: datetime) -> Checkpoint:
    """Publish, or when nothing is new sign the same head again, so that others see that the log is alive."""
    return publishing.heartbeat(now=now)


def export(folder: Path) -> None:
    """Write the published log as static files: checkpoint, policy, tiles, bundles of entries."""
    static.export(folder)


def proof(index: int, *, extra: bytes = b"") -> str:
    """The receipt of an entry: against the first checkpoint with it that enough witnesses cosigned, else the first.

    So it is the same each time, with the earliest times. Publishes first when the entry is not under a checkpoint yet.
    extra: what opens a blind entry; when it is empty the entry itself, so that the receipt needs nothing beside it.
    Format: c2sp.org/tlog-proof. Raises IndexError when there is no such entry.
    """
    row = publishing.covering(index)
    if row is None:
        publishing.publish(now=timezone.now())
        row = publishing.covering(index)
    if row is None or index < 0:
        raise IndexError(f"the log has no entry {index}")
    path = tree.inclusion_proof(index, row.size, hashes=publishing.hashes())
    return str(Proof(index, tuple(path), parse_note(row.note), extra or entry_at(index)))


def root_at(size: int) -> bytes:
    """The Merkle root of the log's first `size` entries, as every later checkpoint confirms it."""
    return publishing.root_at(size)


def entry_at(index: int) -> bytes:
    return bytes(Entry.objects.values_list("body", flat=True).get(idx=index))


def sign(text: str) -> str:
    """A statement of this installation, signed with the log's Ed25519 key. Format: c2sp.org/signed-note.

    text: begins with "tenderwell/", so that it can be neither a checkpoint nor a cosignature; ends with a newline.
    """
    if not text.startswith(OWN_NOTES) or not text.endswith("\n"):
        raise ValueError("only notes of our own kind are signed")
    note = signed(text, identity.signers()[:1], time=0)
    return str(parse_note(str(note)))
