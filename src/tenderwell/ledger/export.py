"""The published log as files: what the addresses below /log/ serve, written to a folder, and read back after a loss."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from tenderwell.ledger import identity, models, publishing, tiles, tree
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.keys import write_durably
from tenderwell.ledger.note import parse_checkpoint, parse_note
from tenderwell.ledger.tiles import WIDTH, Piece


class NotPublished(LookupError):
    """A piece that the last published checkpoint does not cover."""


def content(piece: Piece, *, size: int) -> bytes:
    """The bytes of a tile or bundle, as far as a published tree of `size` has it. Raises NotPublished."""
    if piece.width > tiles.width_at(piece.level, piece.number, size):
        raise NotPublished(piece.path)
    if piece.level is not None:
        return publishing.stored_tile(piece.level, piece.number)[: piece.width * tiles.HASH]
    start = piece.number * WIDTH
    rows = models.Entry.objects.filter(idx__gte=start, idx__lt=start + piece.width).order_by("idx")
    return tiles.bundle(bytes(body) for body in rows.values_list("body", flat=True))


def export(folder: Path) -> int:
    """Write the published log into a folder that any web server can carry; returns its size.

    Full tiles that are there already stay, so the next export is quick. The checkpoint comes last, so that a reader
    never sees one without its tiles.
    """
    row = publishing.latest()
    if row is None:
        raise NotPublished("nothing is published yet")
    for piece in tiles.pieces(row.size):
        path = folder / piece.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_durably(path, content(piece, size=row.size))
    write_durably(folder / "policy", str(identity.policy()))
    write_durably(folder / "checkpoint", row.latest)
    return row.size


def repair(folder: Path) -> int:
    """Bring entries back that the database has lost, from an export; returns how many.

    Only the log comes back, for its own sake: the tables of the acts come from their backup. Raises MayNotSign, and
    changes nothing, unless the result is exactly what this log has signed.
    """
    note = parse_note((folder / "checkpoint").read_bytes())
    if not publishing.is_ours(note):
        raise MayNotSign(f"{folder} holds the checkpoint of another log, or one by another key.")
    seen = parse_checkpoint(note.text)
    with publishing.alone(), transaction.atomic(durable=True):
        held, grown = publishing.size(), publishing.grown_size()
        append_again(list(exported(folder, start=held, end=seen.size)))
        publishing.keep_tiles(publishing.grown_tiles(grown, max(held, seen.size)))
        publishing.compare(note, max(held, seen.size), who=str(folder / "checkpoint"))
        publishing.compare_with_memory(max(held, seen.size))
        known = models.Checkpoint.objects.filter(size__gte=seen.size).exists()
        if not known:
            keep_checkpoint(str(note), root=tree.root(seen.size, hashes=publishing.hashes()))
    return max(0, seen.size - held)


def keep_checkpoint(note: str, *, root: bytes) -> None:
    """The checkpoint of an export becomes a row again; the next publication goes on from it."""
    seen = parse_checkpoint(parse_note(note).text)
    row = models.Checkpoint(size=seen.size, root=root, note=note, is_published=True)
    row.signed_at = publishing.stated_time(note)
    row.save(force_insert=True)


def exported(folder: Path, *, start: int, end: int) -> Iterator[bytes]:
    """The entries from `start` up to, not including, `end`."""
    for number in range(start // WIDTH, -(-end // WIDTH)):
        piece = Piece(None, number, tiles.width_at(None, number, end))
        found = tiles.parse_bundle((folder / piece.path).read_bytes(), width=piece.width)
        yield from found[max(0, start - number * WIDTH) :]


def append_again(bodies: list[bytes]) -> None:
    """Append entries as they were; what they are about is read from them."""
    values = [json.loads(body) for body in bodies]
    kinds, refs = [value["type"] for value in values], [value.get("id", "") for value in values]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_append(%s::text[], %s::bytea[], %s::text[])", [kinds, bodies, refs])
