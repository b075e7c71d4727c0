"""Logs for tests: leaves, a pure tree, and a keys folder of one's own."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from tenderwell.ledger import identity, tree
from tenderwell.ledger.note import Checkpoint, KeyType, Note, Signer, signed
from tenderwell.ledger.policy import Party, Policy
from tenderwell.ledger.store import Leaf

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ORIGIN = "aurora.example/log"


def leaves(count: int, *, start: int = 0) -> list[Leaf]:
    return [Leaf("act/v1", {"c": f"{number:064x}"}, ref=f"act-{number}") for number in range(start, start + count)]


def trusting() -> Policy:
    """The policy of one who believes this log without witnesses."""
    return Policy([Party(key) for key in identity.verifiers()], quorum="none")


def hashes_over(entries: Sequence[bytes]) -> tree.Hashes:
    """Reads subtree hashes of a list of entries, straight from the definition."""
    return lambda level, index: definition(entries[index << level : (index + 1) << level])


def definition(entries: Sequence[bytes]) -> bytes:
    """The Merkle tree hash as RFC 6962 section 2.1 defines it."""
    if len(entries) <= 1:
        return tree.leaf_hash(entries[0]) if entries else sha256(b"").digest()
    middle = 1
    while middle * 2 < len(entries):
        middle *= 2
    return tree.node_hash(definition(entries[:middle]), definition(entries[middle:]))


def signer(name: str, type: KeyType = KeyType.ED25519) -> Signer:
    """The same key for the same name each time."""
    return Signer(name, type, sha256(f"{name} {type}".encode()).digest())


def log_keys() -> list[Signer]:
    return [signer(ORIGIN), signer(ORIGIN, KeyType.ML_DSA_44)]


def log_note(entries: Sequence[bytes], *, time: int = 1_772_442_000) -> Note:
    """A checkpoint over the entries, signed by a log that lives in this test only."""
    return signed(Checkpoint(ORIGIN, len(entries), definition(entries)).text, log_keys(), time=time)


def numbered(count: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(count)]


def prover(entries: Sequence[bytes]) -> Callable[[int], list[bytes]]:
    """Proves from an older size to all of the entries."""
    return lambda old: tree.consistency_proof(old, len(entries), hashes=hashes_over(entries))
