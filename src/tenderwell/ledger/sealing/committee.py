"""The opening committee: the logged record of who holds keys, its hash, and the eight words people compare. Pure.

Format: the leaf committee/v1, JCS of {type, id, tender, k, n, members: [{id, recipient, name?, role?}]}.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from tenderwell.ledger.sealing.canonical import Identifier, Line, NotCanonical, Strict, decode, encode
from tenderwell.ledger.sealing.keys import Suite, suite_of_recipient
from tenderwell.ledger.sealing.words import WORDS

LIMIT = 65_535
MOST_MEMBERS = 24
WORD_COUNT = 8


class Member(Strict, frozen=True, omit_defaults=True):
    """One key holder. name: of the office rather than the person, for the record is public for ever."""

    id: Identifier
    recipient: str
    name: Line | UnsetType = UNSET
    role: Line | UnsetType = UNSET


class Committee(Strict, frozen=True):
    """The committee/v1 record: any k of its n members open the bids of one tender."""

    type: Literal["committee/v1"]
    id: Identifier
    tender: Identifier
    k: int
    n: Annotated[int, Meta(ge=3, le=MOST_MEMBERS)]
    members: tuple[Member, ...]

    @property
    def record(self) -> bytes:
        """The bytes that are logged."""
        return encode(self)

    @property
    def hash(self) -> str:
        """Lower-case hex SHA-256 of the logged bytes; every bid names it."""
        return hashlib.sha256(self.record).hexdigest()

    @property
    def suite(self) -> Suite:
        """The suite of all members' keys, and so of the bids."""
        return suite_of_recipient(self.members[0].recipient)

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that show the first bits of the hash, for the notice, the telephone and the recovery sheet."""
        return words_of(self.hash)

    def member(self, name: str) -> Member | None:
        """The member with this id."""
        return next((member for member in self.members if member.id == name), None)


def committee(members: Iterable[Member], *, id: str, tender: str, k: int) -> Committee:
    """A checked record. Raises NotCanonical with everything that is wrong with it."""
    listed = tuple(members)
    record = Committee(type="committee/v1", id=id, tender=tender, k=k, n=len(listed), members=listed)
    return parse_committee(encode(record))


def parse_committee(raw: bytes) -> Committee:
    """The record in the logged bytes. Raises NotCanonical for another form or a committee that breaks the rules."""
    record = decode(raw, form=Committee, limit=LIMIT)
    flaws = committee_flaws(record.members, k=record.k, n=record.n)
    if flaws:
        raise NotCanonical("; ".join(flaws))
    return record


def committee_flaws(members: Sequence[Member], *, k: int, n: int) -> tuple[str, ...]:
    """What is wrong with such a committee, each in a sentence; empty when it may be logged."""
    return tuple(
        sentence
        for is_wrong, sentence in (
            (not 3 <= n <= MOST_MEMBERS, f"a committee has 3 to {MOST_MEMBERS} members"),
            (not 2 <= k <= n - 1, "k is at least 2, and at least one member fewer than n, so that one may be missing"),
            (len(members) != n, "n is not the number of members"),
            (len({member.id for member in members}) != len(members), "two members have one id"),
            (len({member.recipient for member in members}) != len(members), "two members have one key"),
            *_key_flaws(members),
        )
        if is_wrong
    )


def words_of(hash_hex: str) -> tuple[str, ...]:
    """The eight words of a hash, eleven bits each from its beginning."""
    bits = int(hash_hex, 16)
    return tuple(WORDS[bits >> (256 - 11 * place) & 2047] for place in range(1, WORD_COUNT + 1))


def _key_flaws(members: Sequence[Member]) -> Iterable[tuple[bool, str]]:
    suites = set()
    for member in members:
        try:
            suites.add(suite_of_recipient(member.recipient))
        except ValueError as error:
            yield True, f"the key of {member.id} is not an age recipient: {error}"
    yield len(suites) > 1, "the members' keys are of two suites; all must be x25519 or all pq"
