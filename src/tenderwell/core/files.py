"""Uploaded files, kept once under the hash of their bytes, written in streams, never executed or trusted."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Stored:
    """A stored file: sha256 in hex, size in bytes."""

    sha256: str
    size: int


class TooLarge(ValueError):
    """The upload is larger than the limit told before it began."""


def folder() -> Path:
    path = Path(settings.TENDERWELL_DATA) / "files"
    path.mkdir(parents=True, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    """Where the file with this hash is kept; raises ValueError for anything but 64 hex digits."""
    if len(sha256) != 64 or not set(sha256) <= HEX:
        raise ValueError("not a SHA-256 in lower-case hex")
    return folder() / sha256[:2] / sha256[2:4] / sha256


def is_stored(sha256: str) -> bool:
    return path_of(sha256).is_file()


def size_of(sha256: str) -> int:
    return path_of(sha256).stat().st_size


def open_stored(sha256: str) -> BinaryIO:
    return path_of(sha256).open("rb")


def store(chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Write the stream to disk and return its hash; raises TooLarge above `limit` bytes and keeps nothing."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=folder(), prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge(f"larger than {limit} bytes")
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        place = path_of(digest.hexdigest())
        place.parent.mkdir(parents=True, exist_ok=True)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Stored(digest.hexdigest(), size)
