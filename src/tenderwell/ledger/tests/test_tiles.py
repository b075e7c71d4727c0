"""Tiles: where they lie, how they grow, and paths that are refused."""

from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger import tiles, tree
from tenderwell.ledger.tests.logs import definition, numbered
from tenderwell.ledger.tiles import BadBundle, BadPath, Piece, Tile

STORED = dict[tuple[int, int], bytes]


def add(stored: STORED, size: int, leaves: list[bytes]) -> None:
    for tile in tiles.grown(size, lambda level, number: stored[level, number], leaves):
        assert tile.hashes.startswith(stored.get((tile.level, tile.number), b""))
        stored[tile.level, tile.number] = tile.hashes


def test_the_layout_of_70000_entries() -> None:
    stored: STORED = {}
    add(stored, 0, [b"\1" * 32] * 70_000)
    widths = {place: len(hashes) // 32 for place, hashes in stored.items()}
    assert Counter(level for level, _ in stored) == {0: 274, 1: 2, 2: 1}
    assert (widths[0, 272], widths[0, 273], widths[1, 0], widths[1, 1], widths[2, 0]) == (256, 112, 256, 17, 1)
    listed = {(p.level, p.number): p.width for p in tiles.pieces(70_000) if p.level is not None}
    assert listed == widths


def test_a_tree_of_256_has_a_full_tile_and_the_next_level_one_hash() -> None:
    paths = [piece.path for piece in tiles.pieces(256)]
    assert paths == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


@given(st.lists(st.integers(0, 600), min_size=1, max_size=5))
def test_growing_in_steps_gives_the_same_tiles_and_the_right_root(steps: list[int]) -> None:
    entries = numbered(sum(steps))
    leaves, at_once, stepwise, size = [tree.leaf_hash(entry) for entry in entries], STORED(), STORED(), 0
    add(at_once, 0, leaves)
    for step in steps:
        add(stepwise, size, leaves[size : size + step])
        size += step
    assert stepwise == at_once
    read = tiles.hashes_in(lambda level, number: at_once[level, number])
    assert tree.root(size, hashes=read) == definition(entries)


def test_older_trees_are_read_from_the_same_tiles() -> None:
    stored: STORED = {}
    add(stored, 0, [tree.leaf_hash(entry) for entry in numbered(700)])
    read = tiles.hashes_in(lambda level, number: stored[level, number])
    assert all(tree.root(size, hashes=read) == definition(numbered(size)) for size in (1, 255, 256, 257, 511, 699))


def test_a_tile_that_lost_hashes_is_noticed() -> None:
    with pytest.raises(ValueError, match="lacks"):
        list(tiles.grown(3, lambda level, number: bytes(64), [bytes(32)]))
    with pytest.raises(LookupError):
        tiles.hashes_in(lambda level, number: bytes(32))(1, 0)


@pytest.mark.parametrize(
    ("path", "piece"),
    [
        ("0/000", Piece(0, 0)),
        ("0/x001/x234/067", Piece(0, 1234067)),
        ("63/x001/000.p/255", Piece(63, 1000, 255)),
        ("entries/005.p/1", Piece(None, 5, 1)),
    ],
)
def test_a_path_and_back(path: str, piece: Piece) -> None:
    assert tiles.parse_path(path) == piece
    assert piece.path == f"tile/{path}"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            "0",
            "0/",
            "0/0",
            "0/0000",
            "00/000",
            "01/000",
            "64/000",
            "99/000",
            "-1/000",
            "0/000/",
            "0//000",
            "/0/000",
        ),
        *(
            "0/x000/000",
            "0/x000/x001/002",
            "0/001/002",
            "0/x001",
            "0/X001/000",
            "0/000.p/0",
            "0/000.p/256",
            "0/000.p/01",
        ),
        *("0/000.p/", "0/000.p", "0/000.p/1/", "0/000.p/999", "0/000\n", "0/٠٠٠", "0/０００", "0/000.p/１", "٠/000"),
        *("entries/../0/000", "../000", "0/x001/../000", "data/000", "Entries/000", "0/000%2ep/1", "0/000?x"),
        "0/" + "x999/" * 9 + "999",
    ],
)
def test_an_evil_path_is_refused(path: str) -> None:
    with pytest.raises(BadPath):
        tiles.parse_path(path)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_and_back(entries: list[bytes]) -> None:
    assert tiles.parse_bundle(tiles.bundle(entries), width=len(entries)) == entries


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\5abc", b"\0\1ab", b"\0\1a\0"])
def test_a_bundle_with_other_bytes_is_refused(raw: bytes) -> None:
    with pytest.raises(BadBundle):
        tiles.parse_bundle(raw, width=1)


@pytest.mark.parametrize(("size", "width"), [(0, 0), (255, 255), (256, 256), (257, 256)])
def test_the_width_of_a_tile_at_a_size(size: int, width: int) -> None:
    at = partial(tiles.width_at, size=size)
    assert (at(0, 0), at(None, 0), at(0, 5)) == (width, width, 0)
    assert Tile(0, 0, b"").level == 0
