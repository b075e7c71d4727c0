"""The parts of a sealed payload on their way: kept by hash, one folder a bidder, until the whole is put together."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from msgspec import UnsetType

from tenderwell.core import files
from tenderwell.ledger.sealing.header import PART, Header
from tenderwell.workroom.bidding.inputs import LARGEST_PAYLOAD

CHUNK = 1_048_576
MOST_PARTS = 2 * LARGEST_PAYLOAD // PART  # that wait for one bidder: two of the largest bids


class Readable(Protocol):
    """A request's body."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""


class OtherPart(ValueError):
    """The bytes are not those of the named part, or are too many for one."""


def folder(bidder: str) -> Path:
    """Where this organisation's parts wait; nobody else's are reached from here."""
    name = hashlib.sha256(bidder.encode()).hexdigest()[:32]
    path = Path(settings.TENDERWELL_DATA) / "parts" / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def is_kept(sha256: str, *, bidder: str) -> bool:
    return (folder(bidder) / sha256).is_file()


def keep(body: Readable, *, sha256: str, bidder: str) -> None:
    """Write one part to disk, in the place of this bidder's oldest when too many wait.

    Raises OtherPart when its hash is another or it is too long.
    """
    place = folder(bidder)
    make_room(place)
    handle, name = tempfile.mkstemp(dir=place, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as target:
            found = copied(body, into=target)
            os.fsync(target.fileno())
        if found != sha256:
            raise OtherPart("another hash")
        Path(name).replace(place / sha256)
    finally:
        Path(name).unlink(missing_ok=True)


def make_room(place: Path) -> None:
    """Forget the oldest parts, so that neither many nor tiny ones fill the disk; a bidder only loses its own."""
    names = list(os.scandir(place))
    if len(names) < MOST_PARTS:
        return
    aged = sorted(names, key=lambda entry: entry.stat().st_mtime_ns)
    for entry in aged[: len(aged) + 1 - MOST_PARTS]:
        Path(entry.path).unlink(missing_ok=True)


def copied(body: Readable, *, into: BinaryIO) -> str:
    """Copy at most one part; its SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := body.read(CHUNK):
        size += len(piece)
        if size > PART:
            raise OtherPart("longer than a part")
        digest.update(piece)
        into.write(piece)
    into.flush()
    return digest.hexdigest()


def hashes_of(header: Header) -> Sequence[str]:
    """The parts of this bid's payload, in order."""
    parts = header.payload.parts
    return (header.payload.sha256,) if isinstance(parts, UnsetType) else parts.sha256


def missing(header: Header, *, bidder: str) -> list[str]:
    """The parts that have not arrived; none when the whole payload is stored."""
    if files.is_stored(header.payload.sha256):
        return []
    return [sha256 for sha256 in hashes_of(header) if not is_kept(sha256, bidder=bidder)]


def put_together(header: Header, *, bidder: str) -> None:
    """Store the whole payload and forget the parts; the command compares its hash with the header."""
    if files.is_stored(header.payload.sha256):
        return
    hashes = hashes_of(header)
    files.store(pieces(hashes, bidder=bidder), limit=LARGEST_PAYLOAD)
    for sha256 in set(hashes):
        (folder(bidder) / sha256).unlink(missing_ok=True)


def pieces(hashes: Sequence[str], *, bidder: str) -> Iterator[bytes]:
    for sha256 in hashes:
        with (folder(bidder) / sha256).open("rb") as part:
            yield from iter(lambda: part.read(CHUNK), b"")
