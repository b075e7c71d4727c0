"""The log in the database: append inside the caller's transaction, read back in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.db import connection

from tenderwell.ledger.models import Entry

LONGEST = 65_535  # bytes of an entry; its bundle states the length in two bytes


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
