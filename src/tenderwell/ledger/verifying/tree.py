"""The tree of RFC 6962, read from left to right, and the check that an entry is in it."""

from dataclasses import dataclass, field
from hashlib import sha256

from tenderwell.ledger.verifying.formats import Checkpoint


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def includes(seen: Checkpoint, index: int, leaf: bytes, path: list[bytes]) -> bool:
    """Whether the leaf hash stands at this index of the tree."""
    place, last, made = index, seen.size - 1, leaf
    for sibling in path:
        if last <= 0:
            return False
        if place & 1 or place == last:
            made = node_hash(sibling, made)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        place, last = place >> 1, last >> 1
    return index < seen.size and last == 0 and made == seen.root


def continues(old: Checkpoint, new: Checkpoint, path: list[bytes]) -> bool:
    """Whether the older tree is the beginning of the newer one. RFC 9162 section 2.1.4.2."""
    if not 0 < old.size < new.size:
        return not path and (old.size == 0 or (old.size, old.root) == (new.size, new.root))
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    steps = list(path) if place else [old.root, *path]
    if not steps:
        return False
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (before, after) == (old.root, new.root)


@dataclass
class Peaks:
    """A tree as far as it has been read: the roots of its complete subtrees, with their heights."""

    size: int = 0
    peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        height = 0
        while self.peaks and self.peaks[-1][0] == height:
            height, leaf = height + 1, node_hash(self.peaks.pop()[1], leaf)
        self.peaks.append((height, leaf))
        self.size += 1

    def root(self) -> bytes:
        made = b""
        for _, peak in reversed(self.peaks):
            made = node_hash(peak, made) if made else peak
        return made or sha256(b"").digest()
