"""Open a sealed bid with the shares of k members, and say by name what is wrong when it does not open. Pure.

The check gives every subset of k members the same answer: all n commitments must lie on one polynomial, so a bidder
who dealt unlike shares is rejected whoever opens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import SEEK_SET
from typing import BinaryIO

from tenderwell.ledger.sealing import age, shamir
from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.findings import Finding, PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import Header, check_structure, share_commitment
from tenderwell.ledger.sealing.inner import LIMIT as INNER_LIMIT
from tenderwell.ledger.sealing.inner import FileFacts, Inner, parse_inner, prefix_of
from tenderwell.ledger.sealing.keys import IDENTITY_LENGTH, recipient_of, suite_of_identity
from tenderwell.ledger.sealing.padding import padded
from tenderwell.ledger.sealing.shares import Share, check_share

Sink = Callable[[FileFacts, Iterator[bytes]], None]


@dataclass(frozen=True)
class Opened:
    """A bid that opened. identity: its age key, for auditors. wrong: findings on shares that were passed over."""

    header: Header
    identity: str
    inner: Inner
    wrong: tuple[Finding, ...]

    @property
    def files(self) -> tuple[FileFacts, ...]:
        """The files, in order; the first is bid.json when the bid came from our tools."""
        return self.inner.files


def open_package(
    header: Header, payload: BinaryIO, *, shares: Sequence[Share], committee: Committee, sink: Sink
) -> Opened:
    """Open the bid, handing each file to `sink(facts, pieces)`; payload must be seekable.

    What the sink stored counts only when this returns: a flaw may show after the last file.
    Raises PackageError; its last finding decides, earlier ones name members whose shares were wrong.
    """
    findings = check_structure(header, committee)
    if findings:
        raise PackageError(*findings)
    identity, wrong = recover_identity(header, shares=shares)
    inner = open_payload(header, payload, identity=identity, sink=sink)
    return Opened(header, identity, inner, wrong)


def open_in_memory(
    header: Header, payload: BinaryIO, *, shares: Sequence[Share], committee: Committee
) -> tuple[Opened, dict[str, bytes]]:
    """Open a small bid; its files by name."""
    files: dict[str, bytes] = {}

    def keep(facts: FileFacts, pieces: Iterator[bytes]) -> None:
        files[facts.name] = b"".join(pieces)

    return open_package(header, payload, shares=shares, committee=committee, sink=keep), files


def recover_identity(header: Header, *, shares: Sequence[Share]) -> tuple[str, tuple[Finding, ...]]:
    """The bid's age key from at least k right shares, and the findings about wrong ones. Raises PackageError."""
    good, wrong = _sorted_out(header, shares=shares)
    k = header.core.committee.k
    if len(good) < k:
        text = f"{len(good)} of {k} shares that are needed are here and right."
        raise PackageError(*wrong, Finding(Verdict.SHARES_TOO_FEW, text))
    points = good[:k]
    _check_dealer(header, points=points)
    return _identity(header, secret=shamir.combine(points)), wrong


def open_payload(header: Header, payload: BinaryIO, *, identity: str, sink: Sink) -> Inner:
    """Check and decrypt the payload with the bid's own key, as an auditor may do again later. Raises PackageError."""
    _check_hash(header, payload)
    try:
        plain = _Plaintext(age.decrypt(payload, identity=identity))
        inner = _inner(header, plain)
        for facts in inner.files:
            _deliver(facts, plain, sink=sink)
        _check_padding(plain)
    except age.Unreadable as error:
        raise refuse(Verdict.PAYLOAD_UNREADABLE, f"The payload does not decrypt: {error}.") from error
    return inner


def _sorted_out(header: Header, *, shares: Sequence[Share]) -> tuple[list[bytes], tuple[Finding, ...]]:
    """The right shares, one a member, and what is wrong with the others."""
    good: dict[str, bytes] = {}
    wrong: list[Finding] = []
    for share in shares:
        finding = _share_finding(share, header=header)
        if finding is None:
            good[share.member] = share.value
        else:
            wrong.append(finding)
    return list(good.values()), tuple(wrong)


def _share_finding(share: Share, *, header: Header) -> Finding | None:
    try:
        return check_share(share, header=header)
    except PackageError as error:
        return error.finding


def _check_dealer(header: Header, *, points: Sequence[bytes]) -> None:
    """Raises unless all n committed shares lie on the polynomial through these k."""
    astray = [
        envelope.member
        for envelope in header.shares
        if share_commitment(shamir.interpolate(points, x=envelope.x), ctx=header.ctx) != envelope.commit
    ]
    if astray:
        text = "The bidder dealt shares that do not belong together, so who opens would decide what the bid says."
        raise refuse(Verdict.BIDDER_EQUIVOCATES, text)


def _identity(header: Header, *, secret: bytes) -> str:
    core = header.core
    try:
        identity = secret.decode("ascii")
        recipient = recipient_of(identity)
    except ValueError as error:
        raise refuse(Verdict.KEY_MALFORMED, "The shares give no age key.") from error
    if suite_of_identity(identity) != core.suite or len(identity) != IDENTITY_LENGTH[core.suite]:
        raise refuse(Verdict.KEY_MALFORMED, "The shares give a key of another suite.")
    if recipient != core.recipient:
        raise refuse(Verdict.KEY_OF_ANOTHER_BID, "The shares give a key that is not the one the header names.")
    return identity


def _check_hash(header: Header, payload: BinaryIO) -> None:
    """Raises unless the stored payload is the committed one; leaves the stream at its beginning."""
    payload.seek(0, SEEK_SET)
    digest, size = hashlib.sha256(), 0
    for piece in iter(lambda: payload.read(age.CHUNK), b""):
        digest.update(piece)
        size += len(piece)
    payload.seek(0, SEEK_SET)
    if (digest.hexdigest(), size) != (header.payload.sha256, header.payload.size):
        raise refuse(Verdict.PAYLOAD_CHANGED, "The stored payload is not the one the bidder committed to.")


def _inner(header: Header, plain: _Plaintext) -> Inner:
    length = int.from_bytes(plain.exactly(8))
    if length > INNER_LIMIT:
        raise refuse(Verdict.INNER_MALFORMED, "The list of files inside the bid is too long.")
    raw = plain.exactly(length)
    inner = parse_inner(raw)
    if inner.core != header.ctx.hex():
        raise refuse(Verdict.BID_COPIED, "What is inside was sealed for another bid.")
    used = len(prefix_of(raw)) + length + sum(facts.size for facts in inner.files)
    if padded(used) != age.plain_length(header.payload.size, suite=header.core.suite):
        raise refuse(Verdict.PADDING_WRONG, "The padding has not the length that the files ask for.")
    return inner


def _deliver(facts: FileFacts, plain: _Plaintext, *, sink: Sink) -> None:
    """Give one file to the sink, read what the sink left, and compare the hash."""
    digest = hashlib.sha256()

    def pieces() -> Iterator[bytes]:
        for piece in plain.take(facts.size):
            digest.update(piece)
            yield piece

    stream = pieces()
    sink(facts, stream)
    for _ in stream:
        pass
    if digest.hexdigest() != facts.sha256:
        raise refuse(Verdict.FILE_CHANGED, f"{facts.name} is not the file that the list inside the bid names.")


def _check_padding(plain: _Plaintext) -> None:
    if any(any(piece) for piece in plain.rest()):
        raise refuse(Verdict.PADDING_WRONG, "The padding is not all zero.")


class _Plaintext:
    """Reads a stream of pieces by the byte."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def take(self, count: int) -> Iterator[bytes]:
        """The next `count` bytes, in pieces; fewer at the end."""
        while count > 0 and (piece := self._held or next(self._pieces, b"")):
            yielded, self._held = piece[:count], piece[count:]
            count -= len(yielded)
            yield yielded

    def exactly(self, count: int) -> bytes:
        """The next `count` bytes. Raises PackageError when there are not so many."""
        raw = b"".join(self.take(count))
        if len(raw) != count:
            raise refuse(Verdict.INNER_MALFORMED, "The content ends too early.")
        return raw

    def rest(self) -> Iterator[bytes]:
        """All that is left."""
        yield self._held
        yield from self._pieces
