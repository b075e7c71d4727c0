"""The receipt: an entry's place in the log, provable years later without the server. Pure.

Format: c2sp.org/tlog-proof.
"""

from dataclasses import dataclass

from tenderwell.ledger.note import (
    BadNote,
    Note,
    from_base64,
    parse_checkpoint,
    parse_decimal,
    parse_hash,
    parse_note,
    to_base64,
)
from tenderwell.ledger.policy import Policy, Seen, check_note
from tenderwell.ledger.tree import BadProof, check_inclusion

TITLE = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 63


@dataclass(frozen=True)
class Proof:
    """extra: not vouched for by the log; here the preimage of a blind leaf."""

    index: int
    path: tuple[bytes, ...]
    note: Note
    extra: bytes = b""

    def __str__(self) -> str:
        lines = [TITLE]
        lines += [f"extra {to_base64(self.extra)}"] if self.extra else []
        lines += [f"index {self.index}", *map(to_base64, self.path)]
        return "".join(f"{line}\n" for line in lines) + f"\n{self.note}"


def parse_proof(text: str) -> Proof:
    """Raises BadProof for anything but the one form."""
    head, gap, note = text.partition("\n\n")
    title, *lines = head.split("\n")
    try:
        if title != TITLE or not gap or not lines:
            raise BadNote("not a proof of this format")
        has_extra = lines[0].startswith("extra ")
        extra = from_base64(lines.pop(0).removeprefix("extra ")) if has_extra else b""
        if not lines or not lines[0].startswith("index ") or len(lines) > LONGEST_PATH + 1:
            raise BadNote("no index, or too many hashes")
        if has_extra and not extra:
            raise BadNote("an empty extra line")
        path = tuple(parse_hash(line) for line in lines[1:])
        proof = Proof(parse_decimal(lines[0].removeprefix("index ")), path, parse_note(note), extra)
        parse_checkpoint(proof.note.text)
        return proof
    except BadNote as error:
        raise BadProof(str(error)) from error


def check_proof(proof: Proof, leaf: bytes, *, policy: Policy) -> Seen:
    """What the proof shows about the entry with this leaf hash under the policy. Raises BadProof or BadNote."""
    seen = check_note(proof.note, policy=policy)
    size, root = seen.checkpoint.size, seen.checkpoint.root
    check_inclusion(leaf, index=proof.index, size=size, root=root, proof=proof.path)
    return seen
