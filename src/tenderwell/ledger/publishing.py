"""From committed entries to a signed, remembered, witnessed checkpoint: tiles, root, signatures, in this order."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import islice

import structlog
from django.db import connection, transaction

from tenderwell.ledger import identity, models, tiles, tree, witness
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.note import BadNote, Checkpoint, Note, Verifier, parse_checkpoint, parse_note, verified
from tenderwell.ledger.policy import cosigned

LOCK = 7_365_316  # the publisher's advisory lock
BATCH = 500  # tiles a statement
BEHIND = (
    "The database holds {size} entries, but {who} shows that this log has signed {signed}. Publishing now would fork "
    "the log. Bring the missing entries back: tenderwell ledger repair --help."
)
FORKED = (
    "The first {signed} entries of the database are not those that this log has signed, as {who} shows. Publishing "
    "now would fork the log. Restore the right database."
)

log = structlog.get_logger()


def latest() -> models.Checkpoint | None:
    """The last published checkpoint."""
    return models.Checkpoint.objects.filter(is_published=True).order_by("-size").first()


def covering(index: int) -> models.Checkpoint | None:
    """The published checkpoint for a receipt: the first with this entry that is witnessed, else the first with it."""
    rows = models.Checkpoint.objects.filter(is_published=True, size__gt=index)
    return rows.order_by("-is_witnessed", "size").first()


def size() -> int:
    """How many entries are committed."""
    return models.Head.objects.values_list("size", flat=True).first() or 0


def grown_size() -> int:
    """How many entries the stored tiles cover: those of the last signed checkpoint, shown or not."""
    return models.Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0


def stated_time(note: str) -> datetime:
    """The latest time that the log's own signatures state."""
    times = [s.time for key, s in verified(parse_note(note), identity.verifiers()) if key.type.is_timed]
    return datetime.fromtimestamp(max(times, default=0), UTC)


def publish(*, now: datetime) -> Checkpoint:
    """See ledger.store.publish."""
    row = latest()
    if row is None or row.size != size():
        with alone():
            compare_at_start(identity.origin(), tuple(keys_by_url()))
            row = shown(drafted(now))
    return checkpoint(row)


def heartbeat(*, now: datetime) -> Checkpoint:
    """See ledger.store.heartbeat."""
    row = latest()
    if row is None or row.size != size():
        return publish(now=now)
    with alone():
        compare_with_memory(row.size)
        note = witnessed(identity.sign(checkpoint(row).text, time=int(now.timestamp())))
        row.fresh, is_witnessed = str(note), meets_quorum(note)
        if is_witnessed and not row.is_witnessed:
            row.note, row.is_witnessed = str(note), True
        row.save(update_fields=["note", "fresh", "is_witnessed"])
    return checkpoint(row)


def checkpoint(row: models.Checkpoint) -> Checkpoint:
    return parse_checkpoint(parse_note(row.note).text)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One publisher at a time, in whatever process; the others wait and then find the work done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def drafted(now: datetime) -> models.Checkpoint:
    """The row of a signed checkpoint over every committed entry; not shown to anybody yet. Raises MayNotSign."""
    # durable: entries of a transaction that is still open could be rolled back after they were signed
    with transaction.atomic(durable=True):
        last = models.Checkpoint.objects.order_by("-size").first()
        end = size()
        if last is not None and last.size == end:
            return last
        check_key(last)
        keep_tiles(grown_tiles(last.size if last else 0, end))
        compare_with_memory(end)
        root = tree.root(end, hashes=hashes())
        note = identity.sign(Checkpoint(identity.origin(), end, root).text, time=int(now.timestamp()))
        return models.Checkpoint.objects.create(size=end, root=root, note=str(note), signed_at=now)


def shown(row: models.Checkpoint) -> models.Checkpoint:
    """Remember the checkpoint outside the database, ask the witnesses, and publish it."""
    if row.is_published:
        return row
    # on_commit runs it at once; only where everything is rolled back in the end, in tests, there is nothing to remember
    transaction.on_commit(partial(identity.remember, row.note))
    note = witnessed(parse_note(row.note))
    row.note, row.is_published, row.is_witnessed = str(note), True, meets_quorum(note)
    row.save(update_fields=["note", "is_published", "is_witnessed"])
    log.info("log_published", size=row.size, witnessed=row.is_witnessed)
    return row


# Tiles


def hashes() -> tree.Hashes:
    """Reads the hashes of subtrees out of the stored tiles."""
    return tiles.hashes_in(stored_tile)


def root_at(end: int) -> bytes:
    """The root of the first `end` entries, of which the last need not be under a checkpoint yet."""
    covered = min(grown_size(), end)
    rows = models.Entry.objects.filter(idx__gte=covered, idx__lt=end).order_by("idx")
    tail = [bytes(leaf) for leaf in rows.values_list("leaf_hash", flat=True)]
    return tree.root(end, hashes=tree.followed_by(tail, hashes=hashes(), size=covered))


def stored_tile(level: int, number: int) -> bytes:
    return bytes(models.Tile.objects.values_list("hashes", flat=True).get(level=level, number=number))


def grown_tiles(old: int, new: int) -> Iterator[tiles.Tile]:
    """The tiles that the entries from `old` up to, not including, `new` change."""
    rows = models.Entry.objects.filter(idx__gte=old, idx__lt=new).order_by("idx")
    leaves = rows.values_list("leaf_hash", flat=True).iterator(chunk_size=2000)
    return tiles.grown(old, stored_tile, map(bytes, leaves))


def keep_tiles(changed: Iterable[tiles.Tile]) -> None:
    """Insert or widen."""
    remaining = iter(changed)
    while batch := list(islice(remaining, BATCH)):
        models.Tile.objects.bulk_create(
            [models.Tile(level=tile.level, number=tile.number, hashes=tile.hashes) for tile in batch],
            update_conflicts=True,
            unique_fields=["level", "number"],
            update_fields=["hashes"],
        )


# May it be signed?


def check_key(last: models.Checkpoint | None) -> None:
    """Raises MayNotSign when the last checkpoint is by another key: a lost key is not replaced in silence."""
    if last is not None and not verified(parse_note(last.note), identity.verifiers()):
        raise MayNotSign(f"The key in {identity.key_path()} is not the one that signed this log. Put the key back.")


def compare_with_memory(end: int) -> None:
    """Raises MayNotSign unless the stored tiles, of `end` leaves, continue what is remembered outside the database."""
    note = identity.remembered()
    if note is not None:
        compare(note, end, who=str(identity.memory_path()))


@lru_cache(maxsize=8)
def compare_at_start(origin: str, urls: tuple[str, ...]) -> None:
    """Once a process, before anything is signed: does the database continue what the witnesses hold?"""
    compare_with_witnesses(urls, origin=origin, end=grown_size())


def compare_with_witnesses(urls: Iterable[str], *, origin: str, end: int) -> None:
    """Raises MayNotSign unless the stored tiles continue what each witness holds, where it can be asked."""
    for url in urls:
        note = witness.held_by(url, origin=origin)
        if note is not None and is_ours(note):
            compare(note, end, who=url)


def is_ours(note: Note) -> bool:
    """Whether the log's own key made it: a witness alone cannot stop the log."""
    try:
        return bool(verified(note, identity.verifiers()))
    except BadNote:
        return False


def compare(note: Note, end: int, *, who: str) -> None:
    """Raises MayNotSign unless the log of `end` entries continues a checkpoint it has signed."""
    try:
        seen = parse_checkpoint(note.text)
    except BadNote as error:
        raise MayNotSign(f"{who} holds no checkpoint: {error}") from error
    if seen.origin != identity.origin() or not is_ours(note):
        raise MayNotSign(f"{who} is of another log or by another key: {seen.origin}. The origin of a log is fixed.")
    if seen.size > end:
        raise MayNotSign(BEHIND.format(size=end, who=who, signed=seen.size))
    if tree.root(seen.size, hashes=hashes()) != seen.root:
        raise MayNotSign(FORKED.format(who=who, signed=seen.size))


# Witnesses


def keys_by_url() -> dict[str, list[Verifier]]:
    """The witnesses' keys by address; one witness may sign with two keys."""
    keys: dict[str, list[Verifier]] = {}
    for party in identity.witnesses():
        keys.setdefault(party.url, []).append(party.verifier)
    return keys


def witnessed(note: Note) -> Note:
    """The note with what the witnesses that answered added. Raises MayNotSign when one shows that the log forks."""
    keys = keys_by_url()
    if not keys:
        return note
    end = parse_checkpoint(note.text).size
    held = {url: size_held(verifiers) for url, verifiers in keys.items()}
    answers = witness.ask(note, keys=keys, held=held, prove=partial(proof_from, new=end))
    for answer in answers:
        if answer.trouble:
            log.warning("witness_failed", witness=answer.url, trouble=answer.trouble)
    if any(answer.is_conflict or answer.size is not None for answer in answers):
        compare_with_witnesses(keys, origin=identity.origin(), end=end)
    return Note(note.text, note.signatures + tuple(s for answer in answers for s in answer.signatures))


def proof_from(old: int, *, new: int) -> list[bytes]:
    return tree.consistency_proof(old, new, hashes=hashes()) if old <= new else []


def size_held(keys: list[Verifier]) -> int:
    """The size of the last checkpoint that this witness cosigned for us, as far as the last few tell."""
    for row in models.Checkpoint.objects.filter(is_published=True).order_by("-size")[:3]:
        if any(key.made(signature) for signature in parse_note(row.latest).signatures for key in keys):
            return row.size
    return 0


def meets_quorum(note: Note) -> bool:
    """Whether enough of the witnesses cosigned; False for a log without any."""
    policy = identity.policy()
    return bool(policy.witnesses) and policy.is_met(set(cosigned(note, policy=policy)))
