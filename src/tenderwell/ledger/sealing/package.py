"""Seal a bid: a header and an encrypted payload that only k members of the committee can open together. Pure.

Large files are streamed: each is read twice, once for its hash and once to encrypt it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import UNSET

from tenderwell.ledger.sealing import age, shamir
from tenderwell.ledger.sealing.canonical import encode, in_order, to_base64
from tenderwell.ledger.sealing.committee import Committee, Member
from tenderwell.ledger.sealing.findings import PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import (
    PART,
    VERSION,
    CommitteeRef,
    Core,
    Envelope,
    Header,
    HeaderRecord,
    Parts,
    Payload,
    check_structure,
    parse_header,
    share_commitment,
)
from tenderwell.ledger.sealing.inner import (
    MOST_FILES,
    FileFacts,
    Inner,
    Signature,
    check_names,
    parse_inner,
    prefix_of,
    signed_bytes,
)
from tenderwell.ledger.sealing.keys import new_identity, recipient_of
from tenderwell.ledger.sealing.padding import padded, zeros


@dataclass(frozen=True)
class BidFacts:
    """What the bidder seals for. lots: empty when the tender has none. replaces: the commitment of bid seq - 1."""

    tender: str
    bidder: str
    lots: tuple[str, ...] = ()
    stage: str = "bid"
    seq: int = 1
    replaces: str | None = None


@dataclass(frozen=True)
class File:
    """A file to seal. open: gives a fresh binary stream each time it is called."""

    name: str
    open: Callable[[], BinaryIO]

    @classmethod
    def of(cls, name: str, content: bytes) -> File:
        """A file whose content is at hand."""
        return cls(name, lambda: BytesIO(content))


@dataclass(frozen=True)
class SealedPackage:
    """What was made: the header (its bytes are `header.raw`) and, when no output was given, the payload."""

    header: Header
    payload: bytes = field(default=b"", repr=False)

    @property
    def commitment(self) -> str:
        """The one value that stands for the bid."""
        return self.header.commitment


def seal(
    bid: BidFacts,
    *,
    committee: Committee,
    files: Sequence[File],
    out: BinaryIO,
    signer: Ed25519PrivateKey | None = None,
) -> SealedPackage:
    """Seal the files for the committee, writing the payload to `out` as it goes. The key is forgotten on return.

    Raises PackageError when a name is unsafe, a file changes while it is read, or the facts do not fit the committee.
    """
    identity = new_identity(committee.suite)
    core = _core(bid, committee=committee, recipient=recipient_of(identity))
    inner = encode(_inner(files, ctx=core.ctx, signer=signer))
    meter = _Meter(out)
    for piece in age.encrypt(_plaintext(inner, files), recipient=core.recipient):
        meter.write(piece)
    shares = _envelopes(identity, committee=committee, ctx=core.ctx)
    header = parse_header(encode(HeaderRecord(core=core, payload=meter.facts(), shares=shares)))
    findings = check_structure(header, committee)
    if findings:
        raise PackageError(*findings)
    return SealedPackage(header)


def seal_in_memory(
    bid: BidFacts, *, committee: Committee, files: Sequence[File], signer: Ed25519PrivateKey | None = None
) -> SealedPackage:
    """Seal small files; the payload is in the result."""
    out = BytesIO()
    sealed = seal(bid, committee=committee, files=files, out=out, signer=signer)
    return SealedPackage(sealed.header, out.getvalue())


def _core(bid: BidFacts, *, committee: Committee, recipient: str) -> Core:
    return Core(
        v=VERSION,
        tender=bid.tender,
        lots=in_order(bid.lots),
        stage=bid.stage,
        bidder=bid.bidder,
        seq=bid.seq,
        replaces=bid.replaces,
        suite=committee.suite,
        recipient=recipient,
        committee=CommitteeRef(id=committee.id, hash=committee.hash, k=committee.k, n=committee.n),
    )


def _inner(files: Sequence[File], *, ctx: bytes, signer: Ed25519PrivateKey | None) -> Inner:
    check_names([file.name for file in files])
    if not 1 <= len(files) <= MOST_FILES:
        raise refuse(Verdict.INNER_MALFORMED, f"A bid holds 1 to {MOST_FILES} files.")
    inner = Inner(core=ctx.hex(), files=tuple(_facts(file) for file in files))
    if signer is None:
        return inner
    key, sig = signer.public_key().public_bytes_raw(), signer.sign(signed_bytes(inner))
    return Inner(core=inner.core, files=inner.files, signature=Signature(key=to_base64(key), sig=to_base64(sig)))


def _facts(file: File) -> FileFacts:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(file):
        digest.update(piece)
        size += len(piece)
    return FileFacts(name=file.name, size=size, sha256=digest.hexdigest())


def _plaintext(inner: bytes, files: Sequence[File]) -> Iterator[bytes]:
    """Length, inner record, files, zeros; refuses to end when a file is no longer what was hashed."""
    facts = parse_inner(inner).files
    length = 8 + len(inner) + sum(fact.size for fact in facts)
    yield prefix_of(inner) + inner
    for file, fact in zip(files, facts, strict=True):
        digest = hashlib.sha256()
        for piece in _pieces(file):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != fact.sha256:
            raise refuse(Verdict.FILE_CHANGED, f"{file.name} changed while it was being sealed.")
    yield from zeros(padded(length) - length)


def _pieces(file: File) -> Iterator[bytes]:
    with file.open() as stream:
        yield from iter(lambda: stream.read(age.CHUNK), b"")


def _envelopes(identity: str, *, committee: Committee, ctx: bytes) -> tuple[Envelope, ...]:
    xs = range(1, committee.n + 1)
    shares = shamir.split(identity.encode("ascii"), k=committee.k, xs=xs)
    return tuple(_envelope(share, to=member, ctx=ctx) for member, share in zip(committee.members, shares, strict=True))


def _envelope(share: bytes, *, to: Member, ctx: bytes) -> Envelope:
    sealed = b"".join(age.encrypt([ctx, share], recipient=to.recipient))
    return Envelope(member=to.id, x=share[-1], commit=share_commitment(share, ctx=ctx), share=to_base64(sealed))


class _Meter:
    """Writes on, and knows at the end what was written: size, hash, hash of each part."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._whole, self._part = out, hashlib.sha256(), hashlib.sha256()
        self._size, self._parts = 0, list[str]()

    def write(self, piece: bytes) -> None:
        self._out.write(piece)
        self._whole.update(piece)
        room = PART - self._size % PART
        self._part.update(piece[:room])
        self._size += len(piece)
        if len(piece) >= room:
            self._parts.append(self._part.hexdigest())
            self._part = hashlib.sha256(piece[room:])

    def facts(self) -> Payload:
        rest = [self._part.hexdigest()] if self._size % PART else []
        parts = Parts(size=PART, sha256=(*self._parts, *rest)) if self._size > PART else UNSET
        return Payload(sha256=self._whole.hexdigest(), size=self._size, parts=parts)
