"""Where things are read from, a folder or a site, and JSON in its one form."""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from zipfile import BadZipFile, ZipFile

from tenderwell.ledger.verifying.formats import Problem

LONGEST = 64 * 1024 * 1024  # bytes of one file that is read
WIDTH = 256  # entries in a bundle
Json = Any
UNREADABLE = (
    OSError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    BadZipFile,
    struct.error,
    zlib.error,
)


class Unusable(Exception):
    """A file or address that was given cannot be read."""


@dataclass(frozen=True)
class Source:
    """A site's address, or a folder or ZIP with the same layout: log/ and what the entries point at."""

    place: str

    def read(self, path: str) -> bytes:
        """Raises Unusable."""
        parts = path.removeprefix("/").split("/")
        if any(part in {"", ".", ".."} or "\\" in part for part in parts):
            raise Unusable(f"{path!r} is not a path that is followed")
        where = "/".join([self.place.rstrip("/").removesuffix("/log"), *parts])
        try:
            raw = self.opened("/".join(parts), where)
        except HTTPError as error:
            with error:
                raise Unusable(f"{where}: {error.code}") from error
        except UNREADABLE as error:
            raise Unusable(f"{where}: {error}") from error
        if len(raw) > LONGEST:
            raise Unusable(f"{where} is too large")
        return raw

    def opened(self, path: str, where: str) -> bytes:
        """The bytes, at most one more than are read."""
        if self.is_zip:
            with ZipFile(self.place) as bundle, bundle.open(path) as part:
                return part.read(LONGEST + 1)
        if where.startswith(("https://", "http://")):
            with urlopen(where, timeout=30) as response:
                return bytes(response.read(LONGEST + 1))
        with open(where, "rb") as file:
            return file.read(LONGEST + 1)

    @property
    def is_zip(self) -> bool:
        return self.place.endswith(".zip") and not self.place.startswith(("https://", "http://"))

    def has(self, path: str) -> bool:
        """Whether this is a file of a downloaded folder or ZIP."""
        if not self.is_zip:
            return not self.place.startswith(("https://", "http://")) and Path(self.place, path).is_file()
        try:
            with ZipFile(self.place) as bundle:
                return path in bundle.namelist()
        except UNREADABLE as error:
            raise Unusable(f"{self.place}: {error}") from error

    def entries(self, start: int, end: int) -> Iterator[tuple[int, bytes]]:
        """Index and bytes of each entry from `start` up to, not including, `end`."""
        for number in range(start // WIDTH, -(-end // WIDTH)):
            width = min(WIDTH, end - number * WIDTH)
            groups = re.findall(r"\d{3}", f"{number:0{-(-len(str(number)) // 3) * 3}}")
            name = "/".join([*("x" + group for group in groups[:-1]), groups[-1]])
            raw = self.read(f"log/tile/entries/{name}" + (f".p/{width}" if width < WIDTH else ""))
            for place, entry in enumerate(unbundle(raw, width)):
                if number * WIDTH + place >= start:
                    yield number * WIDTH + place, entry


def unbundle(raw: bytes, width: int) -> Iterator[bytes]:
    place = 0
    for _ in range(width):
        length = int.from_bytes(raw[place : place + 2], "big")
        if place + 2 + length > len(raw):
            raise Problem("a bundle of entries is cut off")
        yield raw[place + 2 : place + 2 + length]
        place += 2 + length
    if place != len(raw):
        raise Problem("a bundle holds more than its entries")


def time_of(text: str) -> int | None:
    """POSIX seconds of a time such as 2026-03-02T12:00:00.000Z; None when it is none."""
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        return None


def jcs(value: Json) -> str:
    """RFC 8785, for what was read by `from_json`: numbers stay as they were written."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{jcs(name)}:{jcs(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    return value.text if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)


class Number(float):
    """A fraction that remembers how it was written."""

    text: str


def number(text: str) -> Number:
    made = Number(text)
    made.text = text
    return made


def from_json(raw: bytes) -> Json:
    try:
        return json.loads(raw.decode("utf-8"), parse_float=number)
    except (ValueError, RecursionError) as error:
        raise Problem("not JSON") from error
