"""The header of a sealed bid: the one small public text that fixes everything else about it. Pure.

Format: docs/reference/sealed-bid.md; SHA-256 of the header's bytes is the bid's commitment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, UnsetType

from tenderwell.ledger.sealing import age
from tenderwell.ledger.sealing.canonical import (
    Counter,
    Hex32,
    Identifier,
    NotCanonical,
    Size,
    Stage,
    Strict,
    decode,
    encode,
    from_base64,
    in_order,
    sha256_hex,
)
from tenderwell.ledger.sealing.committee import MOST_MEMBERS, Committee
from tenderwell.ledger.sealing.findings import Finding, Verdict, refuse
from tenderwell.ledger.sealing.keys import IDENTITY_LENGTH, Suite, suite_of_recipient
from tenderwell.ledger.sealing.padding import is_padded

VERSION: Final = "tenderwell/sealed-bid/v1"
LIMIT = 262_144
CTX = 32
PART: Final = 8_388_608
_SHARE_DOMAIN = b"tenderwell/share/v1\n"


class CommitteeRef(Strict, frozen=True):
    """Which committee opens the bid: hash is SHA-256 of its logged record."""

    id: Identifier
    hash: Hex32
    k: Annotated[int, Meta(ge=2, le=MOST_MEMBERS - 1)]
    n: Annotated[int, Meta(ge=3, le=MOST_MEMBERS)]


class Core(Strict, frozen=True):
    """What the bid is for and how it is sealed; its hash `ctx` stands inside every envelope and the payload."""

    v: Literal["tenderwell/sealed-bid/v1"]
    tender: Identifier
    lots: tuple[Identifier, ...]
    stage: Stage
    bidder: Identifier
    seq: Counter
    replaces: Hex32 | None
    suite: Suite
    recipient: str
    committee: CommitteeRef

    @property
    def ctx(self) -> bytes:
        """32 bytes that bind tender, bidder, committee and key together."""
        return hashlib.sha256(encode(self)).digest()


class Parts(Strict, frozen=True):
    """The upload parts: all of `size` bytes but the last; one hash each."""

    size: Literal[8_388_608]
    sha256: tuple[Hex32, ...]


class Payload(Strict, frozen=True, omit_defaults=True):
    """The encrypted payload; parts only when it is longer than one part."""

    sha256: Hex32
    size: Size
    parts: Parts | UnsetType = UNSET


class Envelope(Strict, frozen=True):
    """One member's share, encrypted to the member. share: base64 of an age file."""

    member: Identifier
    x: Annotated[int, Meta(ge=1, le=255)]
    commit: Hex32
    share: str


class HeaderRecord(Strict, frozen=True):
    """The JSON of a header."""

    core: Core
    payload: Payload
    shares: tuple[Envelope, ...]


@dataclass(frozen=True)
class Header:
    """A parsed header with the bytes it came from."""

    raw: bytes
    core: Core
    payload: Payload
    shares: tuple[Envelope, ...]

    @cached_property
    def ctx(self) -> bytes:
        """SHA-256 of the core."""
        return self.core.ctx

    @cached_property
    def commitment(self) -> str:
        """Lower-case hex SHA-256 of the header: what is logged, blinded, and printed on the receipt."""
        return hashlib.sha256(self.raw).hexdigest()

    def envelope(self, member: str) -> Envelope:
        """The member's envelope. Raises PackageError for someone who is no member."""
        for envelope in self.shares:
            if envelope.member == member:
                return envelope
        raise refuse(Verdict.NOT_A_MEMBER, f"{member} holds no share of this bid.", member=member)


def share_commitment(share: bytes, *, ctx: bytes) -> str:
    """The `commit` of a share: anyone who sees the share can check it, nobody can guess the share from it."""
    return sha256_hex(_SHARE_DOMAIN, ctx, share)


def share_length(suite: Suite) -> int:
    """The bytes of one share: the identity's characters and the x."""
    return IDENTITY_LENGTH[suite] + 1


def envelope_length(suite: Suite) -> int:
    """The bytes of every envelope in this suite: 307 for x25519."""
    return age.cipher_length(CTX + share_length(suite), suite=suite)


def parse_header(raw: bytes) -> Header:
    """The header in exactly these bytes. Raises PackageError (header-malformed) for any other form."""
    try:
        record = decode(raw, form=HeaderRecord, limit=LIMIT)
        _check(record)
    except ValueError as error:
        raise refuse(Verdict.HEADER_MALFORMED, f"The header is not a {VERSION} header: {error}.") from error
    return Header(raw, record.core, record.payload, record.shares)


def check_structure(header: Header, committee: Committee) -> tuple[Finding, ...]:
    """Everything that keeps a well-formed header from being a bid to this committee; needs no key."""
    core, named = header.core, header.core.committee
    return tuple(
        Finding(Verdict.OTHER_COMMITTEE, sentence)
        for is_right, sentence in (
            (named.id == committee.id, "The bid names another committee."),
            (named.hash == committee.hash, "The bid was sealed to another version of the committee's record."),
            ((named.k, named.n) == (committee.k, committee.n), "The bid states another k or n than the committee."),
            (core.tender == committee.tender, "The bid is for another tender than the committee."),
            (core.suite == committee.suite, "The bid is sealed in another suite than the committee's keys."),
            (
                tuple(envelope.member for envelope in header.shares)
                == tuple(member.id for member in committee.members),
                "The envelopes are not those of the committee's members, in the record's order.",
            ),
        )
        if not is_right
    )


def _check(record: HeaderRecord) -> None:
    """Raises ValueError for what types alone do not say."""
    core, payload, shares = record.core, record.payload, record.shares
    rules = (
        (core.lots == in_order(set(core.lots)), "lots are not sorted and distinct"),
        ((core.replaces is None) == (core.seq == 1), "the first bid replaces none, every later one replaces one"),
        (suite_of_recipient(core.recipient) == core.suite, "the recipient is of another suite"),
        (core.committee.k < core.committee.n, "k is not under n"),
        (len(shares) == core.committee.n, "not one envelope for each of n members"),
        (len({envelope.x for envelope in shares}) == len(shares), "two shares have one x"),
        (len({envelope.member for envelope in shares}) == len(shares), "two shares for one member"),
        (is_padded(age.plain_length(payload.size, suite=core.suite)), "the payload's size is not a padded one"),
        (_parts_fit(payload), "the parts are not those of a payload of this size"),
        *_envelope_rules(shares, suite=core.suite),
    )
    flaws = [sentence for is_right, sentence in rules if not is_right]
    if flaws:
        raise NotCanonical("; ".join(flaws))


def _parts_fit(payload: Payload) -> bool:
    """Whether parts are listed when, and only when, there is more than one, with one hash each."""
    if isinstance(payload.parts, UnsetType):
        return payload.size <= PART
    return payload.size > PART and len(payload.parts.sha256) == -(-payload.size // PART)


def _envelope_rules(shares: Iterable[Envelope], *, suite: Suite) -> Iterator[tuple[bool, str]]:
    for envelope in shares:
        is_right = len(from_base64(envelope.share)) == envelope_length(suite)
        yield is_right, f"the envelope of {envelope.member} has a wrong size"
