"""Tiles: the tree cut into immutable pieces of 256 hashes, and the bundles of entries below them. Pure.

Format: c2sp.org/tlog-tiles. A narrower tile is the beginning of a wider one, so one growing piece per place is enough.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tenderwell.ledger.tree import Hashes, complete_root

WIDTH = 256  # hashes in a full tile, entries in a full bundle
HASH = 32  # bytes
LONGEST = 65_535  # bytes of an entry; its bundle states the length in two bytes
LARGEST = 2**63 - 1
NUMBER = r"(?P<number>(x[0-9]{3}/)*[0-9]{3})(\.p/(?P<width>[1-9][0-9]{0,2}))?"
TILE = re.compile(rf"(?P<level>entries|0|[1-9][0-9]?)/{NUMBER}")


class BadPath(ValueError):
    """A tile's path that is not in its one form."""


class BadBundle(ValueError):
    """Bytes that are no bundle of entries."""


@dataclass(frozen=True)
class Piece:
    """A tile or, when level is None, a bundle of entries. width: 1 to 256 hashes or entries."""

    level: int | None
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Below the log's prefix: tile/0/x001/234.p/5"""
        suffix = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{'entries' if self.level is None else self.level}/{number_path(self.number)}{suffix}"


@dataclass(frozen=True)
class Tile:
    """Hashes, one after the other, of a tile that may still grow."""

    level: int
    number: int
    hashes: bytes


def number_path(number: int) -> str:
    """1234067 is x001/x234/067."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join(groups)


def parse_path(path: str) -> Piece:
    """What a path below <prefix>/tile/ names. Raises BadPath for any but the canonical form."""
    match = TILE.fullmatch(path)
    if not match:
        raise BadPath("no tile has this path")
    level = None if match["level"] == "entries" else int(match["level"])
    piece = Piece(level, int(match["number"].replace("/", "").replace("x", "")), int(match["width"] or WIDTH))
    if piece.path != f"tile/{path}" or (level or 0) > 63 or piece.number > LARGEST:
        raise BadPath("the path is not in its canonical form")
    return piece


def width_at(level: int | None, number: int, size: int) -> int:
    """How many hashes or entries of a piece a tree of `size` leaves has: 0 to 256."""
    return max(0, min(WIDTH, (size >> 8 * (level or 0)) - WIDTH * number))


def pieces(size: int) -> Iterator[Piece]:
    """Every tile and bundle of a tree of `size` leaves, bundles and leaves first."""
    for level in (None, *range(8)):
        count = -(-(size >> 8 * (level or 0)) // WIDTH)
        for number in range(count):
            yield Piece(level, number, width_at(level, number, size))


def grown(size: int, edge: Callable[[int, int], bytes], leaves: Iterable[bytes]) -> Iterator[Tile]:
    """The tiles that change when leaf hashes are added to a tree of `size` leaves, full ones first.

    edge: reads the hashes of an unfinished tile (level, number); asked only for those that are not empty.
    """
    growing = [Growing(0, size, edge)]
    for leaf in leaves:
        level, made = 0, leaf
        while (full := growing[level].add(made)) is not None:
            yield full
            level, made = level + 1, complete_root(cut(full.hashes))
            if level == len(growing):
                growing.append(Growing(level, size, edge))
    yield from (tile.held for tile in growing if tile.has_grown and tile.held.hashes)


class Growing:
    """The unfinished tile at the right edge of one level."""

    def __init__(self, level: int, size: int, edge: Callable[[int, int], bytes]) -> None:
        self.level = level
        self.number, width = divmod(size >> 8 * level, WIDTH)
        self.hashes = bytearray(edge(level, self.number)[: width * HASH] if width else b"")
        if len(self.hashes) != width * HASH:
            raise ValueError(f"tile {level}/{self.number} lacks hashes")
        self.has_grown = False

    @property
    def held(self) -> Tile:
        return Tile(self.level, self.number, bytes(self.hashes))

    def add(self, made: bytes) -> Tile | None:
        """Take one more hash; returns the tile when that makes it full, and begins the next."""
        self.hashes += made
        self.has_grown = True
        if len(self.hashes) < WIDTH * HASH:
            return None
        full = self.held
        self.number, self.hashes = self.number + 1, bytearray()
        return full


def cut(hashes: bytes) -> list[bytes]:
    return [hashes[place : place + HASH] for place in range(0, len(hashes), HASH)]


def hashes_in(load: Callable[[int, int], bytes]) -> Hashes:
    """Reads the hashes of subtrees out of tiles; `load` gives the bytes of a tile (level, number), asked once each."""
    cached = lru_cache(maxsize=64)(load)

    def read(level: int, index: int) -> bytes:
        tile_level, below = divmod(level, 8)
        number, place = divmod(index << below, WIDTH)
        wanted = cached(tile_level, number)[place * HASH : (place + (1 << below)) * HASH]
        if len(wanted) != HASH << below:
            raise LookupError(f"tile {tile_level}/{number} lacks hashes")
        return complete_root(cut(wanted))

    return read


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each after its length."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_bundle(raw: bytes, *, width: int) -> Sequence[bytes]:
    """The `width` entries of a bundle. Raises BadBundle when there are more or fewer bytes."""
    entries, place = [], 0
    for _ in range(width):
        end = place + 2 + int.from_bytes(raw[place : place + 2], "big")
        if end > len(raw) or place + 2 > len(raw):
            raise BadBundle("the bundle is cut off")
        entries.append(raw[place + 2 : end])
        place = end
    if place != len(raw):
        raise BadBundle("the bundle holds more than its entries")
    return entries
