"""The Merkle tree: leaf and node hashes, roots, inclusion and consistency proofs, and their checks. Pure.

Format: RFC 6962 section 2.1, with the checks of RFC 9162 sections 2.1.3.2 and 2.1.4.2; SHA-256 only.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()

Hashes = Callable[[int, int], bytes]
"""Reads the hash of a complete subtree: (level, index) covers the leaves [index << level, (index + 1) << level)."""


class BadProof(ValueError):
    """A proof that does not show what it should."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def range_root(start: int, end: int, *, hashes: Hashes) -> bytes:
    """The root over the leaves [start, end), as it occurs in a tree: `start` is a multiple of a large enough power."""
    if (end - start).bit_count() == 1:
        level = (end - start).bit_length() - 1
        return hashes(level, start >> level)
    middle = start + split(end - start)
    return node_hash(range_root(start, middle, hashes=hashes), range_root(middle, end, hashes=hashes))


def split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def root(size: int, *, hashes: Hashes) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return range_root(0, size, hashes=hashes) if size else EMPTY_ROOT


def followed_by(tail: Sequence[bytes], *, hashes: Hashes, size: int) -> Hashes:
    """Reads a tree of which `hashes` knows the first `size` leaves, and `tail` has the hashes of those after them."""

    def read(level: int, index: int) -> bytes:
        if (index + 1) << level <= size:
            return hashes(level, index)
        if level == 0:
            return tail[index - size]
        return node_hash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1))

    return read


def inclusion_proof(index: int, size: int, *, hashes: Hashes) -> list[bytes]:
    """The siblings from the leaf up to the root. Raises IndexError for a leaf outside the tree."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} is not in a tree of size {size}")
    start, end, siblings = 0, size, []
    while end - start > 1:
        middle = start + split(end - start)
        siblings.append((middle, end) if index < middle else (start, middle))
        start, end = (start, middle) if index < middle else (middle, end)
    return [range_root(*sibling, hashes=hashes) for sibling in reversed(siblings)]


def consistency_proof(old: int, new: int, *, hashes: Hashes) -> list[bytes]:
    """Shows that the tree of `old` leaves is the beginning of the tree of `new`; empty when old is 0 or new."""
    if not 0 <= old <= new:
        raise IndexError(f"a tree of size {old} is not the beginning of one of size {new}")
    if old in {0, new}:
        return []
    start, end, ranges = 0, new, []
    while old != end:
        middle = start + split(end - start)
        ranges.append((middle, end) if old <= middle else (start, middle))
        start, end = (start, middle) if old <= middle else (middle, end)
    shared = [(start, end)] if start else []
    return [range_root(*part, hashes=hashes) for part in shared + ranges[::-1]]


def check_inclusion(leaf: bytes, *, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """Raises BadProof unless the leaf hash `leaf` stands at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        raise BadProof("the index is outside the tree")
    place, last, made = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise BadProof("the proof is too long")
        if place & 1 or place == last:
            made = node_hash(sibling, made)
            place, last = past_left_edges(place, last)
        else:
            made = node_hash(made, sibling)
        place, last = place >> 1, last >> 1
    if last or made != root:
        raise BadProof("the proof does not lead to the root")


def past_left_edges(place: int, last: int) -> tuple[int, int]:
    """On the right edge of the tree: up to where the node has a sibling on its left."""
    while not place & 1 and place:
        place, last = place >> 1, last >> 1
    return place, last


def check_consistency(*, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises BadProof unless the proof shows that the old tree is the beginning of the new one."""
    if not 0 <= old <= new:
        raise BadProof("the older tree is the larger one")
    if old in {0, new}:
        check_trivial(old=old, old_root=old_root, new=new, new_root=new_root, proof=proof)
        return
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if not path:
        raise BadProof("the proof is empty")
    made_old, made_new = climb(old - 1, new - 1, path)
    if made_old != old_root or made_new != new_root:
        raise BadProof("the trees are not consistent")


def check_trivial(*, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Nothing grew, or it grew from nothing: the proof is empty and the roots say it all."""
    if proof:
        raise BadProof("the proof should be empty")
    if old == 0 and old_root != EMPTY_ROOT or old == new and old_root != new_root:
        raise BadProof("two different trees of one size")


def climb(place: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The roots of the old and of the new tree that a consistency proof leads to."""
    while place & 1:
        place, last = place >> 1, last >> 1
    made_old = made_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise BadProof("the proof is too long")
        if place & 1 or place == last:
            made_old, made_new = node_hash(sibling, made_old), node_hash(sibling, made_new)
            place, last = past_left_edges(place, last)
        else:
            made_new = node_hash(made_new, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise BadProof("the proof is too short")
    return made_old, made_new
