"""A committee member's side: take one's own share out of a bid, or prove that the bidder put none in. Pure.

Releasing a share is the act that opens a bid, so the caller first checks the deadline and the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tenderwell.ledger.sealing import age
from tenderwell.ledger.sealing.canonical import (
    Hex32,
    Identifier,
    NotCanonical,
    Strict,
    decode,
    encode,
    from_base64,
    sha256_hex,
)
from tenderwell.ledger.sealing.findings import Finding, PackageError, Verdict, refuse
from tenderwell.ledger.sealing.header import CTX, Envelope, Header, share_commitment

SHARES_LIMIT = 4_194_304
Hex = Annotated[str, Meta(pattern=r"^([0-9a-f]{2}){2,200}\Z")]
FileKey = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]


class Share(Strict, frozen=True):
    """What a member releases for one bid. commitment: of the bid. share: hex of y bytes and x."""

    member: Identifier
    commitment: Hex32
    share: Hex

    @property
    def value(self) -> bytes:
        """The share itself."""
        return bytes.fromhex(self.share)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the share, for the leaf opening.share/v1."""
        return sha256_hex(self.value)


class Complaint(Strict, frozen=True):
    """A member's proof that the envelope holds no share: the key that opens this one envelope and nothing else."""

    member: Identifier
    commitment: Hex32
    file_key: FileKey


class Unreadable(Strict, frozen=True):
    """A member's word that the envelope is not encrypted to the member's key, so that not even its key can be shown."""

    member: Identifier
    commitment: Hex32
    is_unreadable: Literal[True] = True


def release(header: Header, *, member: str, identity: str) -> Share:
    """The member's share of this bid. Raises PackageError naming what is wrong with the envelope."""
    envelope = header.envelope(member)
    try:
        plain = b"".join(age.decrypt(_stream(envelope), identity=identity))
    except ValueError as error:
        text = f"The envelope does not open with this key: {error}."
        raise refuse(Verdict.ENVELOPE_UNREADABLE, text, member=member) from error
    if flaw := _content_flaw(plain, header=header, envelope=envelope):
        raise PackageError(flaw)
    return Share(member=member, commitment=header.commitment, share=plain[CTX:].hex())


def check_share(share: Share, *, header: Header) -> Finding | None:
    """What is wrong with a released share, naming the member; None when it is the one the bidder committed to."""
    envelope = header.envelope(share.member)
    if share.commitment != header.commitment:
        return Finding(Verdict.SHARE_OF_ANOTHER_BID, f"{share.member} released a share of another bid.", share.member)
    if not _is_committed(share.value, header=header, envelope=envelope):
        return Finding(
            Verdict.SHARE_WRONG, f"{share.member} released a share that is not the committed one.", share.member
        )
    return None


def complain(header: Header, *, member: str, identity: str) -> Complaint:
    """The proof that one's envelope holds no good share. Raises PackageError when the key does not open it at all."""
    raw = from_base64(header.envelope(member).share)
    try:
        file_key = age.file_key_of(raw[: age.header_length(header.core.suite)], identity=identity)
    except ValueError as error:
        text = f"The envelope is not encrypted to this key, so no key of it can be shown: {error}."
        raise refuse(Verdict.ENVELOPE_UNREADABLE, text, member=member) from error
    return Complaint(member=member, commitment=header.commitment, file_key=file_key.hex())


def check_complaint(complaint: Complaint, *, header: Header) -> Finding:
    """What the complaint proves to be wrong with the envelope. Raises PackageError when it is unfounded."""
    envelope, member = header.envelope(complaint.member), complaint.member
    key, suite = bytes.fromhex(complaint.file_key), header.core.suite
    if complaint.commitment != header.commitment:
        raise refuse(Verdict.COMPLAINT_UNFOUNDED, "The complaint is about another bid.", member=member)
    try:
        pieces = age.decrypt_with_file_key(_stream(envelope), suite=suite, file_key=key)
    except ValueError as error:
        raise refuse(Verdict.COMPLAINT_UNFOUNDED, "This is not the key of the envelope.", member=member) from error
    try:
        flaw = _content_flaw(b"".join(pieces), header=header, envelope=envelope)
    except ValueError:
        return Finding(Verdict.ENVELOPE_UNREADABLE, "The envelope opens but its content is broken.", member)
    if flaw is None:
        raise refuse(Verdict.COMPLAINT_UNFOUNDED, "The envelope holds the committed share.", member=member)
    return flaw


def contest(header: Header, *, member: str, identity: str) -> Complaint | Unreadable:
    """What a member gives instead of a share: the proof that there is none, or, where none can be shown, one's word."""
    try:
        return complain(header, member=member, identity=identity)
    except PackageError:
        return Unreadable(member=member, commitment=header.commitment)


def encode_shares(given: Iterable[Share | Complaint | Unreadable]) -> bytes:
    """What a member gives for each bid, as one JSON list."""
    return encode(tuple(given))


def parse_given(raw: bytes) -> tuple[Share | Complaint | Unreadable, ...]:
    """What is in such a list. Raises NotCanonical for any other form."""
    rows = decode(raw, form=tuple[dict[str, str | bool], ...], limit=SHARES_LIMIT)
    try:
        return tuple(msgspec.convert(row, type=_kind_of(row)) for row in rows)
    except msgspec.ValidationError as error:
        raise NotCanonical(str(error)) from error


def parse_shares(raw: bytes) -> tuple[Share, ...]:
    """The shares in such a list, without what was contested. Raises NotCanonical for any other form."""
    return tuple(each for each in parse_given(raw) if isinstance(each, Share))


def _kind_of(row: dict[str, str | bool]) -> type[Share | Complaint | Unreadable]:
    if "file_key" in row:
        return Complaint
    return Unreadable if "is_unreadable" in row else Share


def standing(headers: Sequence[Header]) -> tuple[Header, ...]:
    """The bids that no later bid of the same bidder replaces; the others stay shut for ever."""
    replaced = {(_series(header), header.core.seq - 1, header.core.replaces) for header in headers}
    return tuple(header for header in headers if (_series(header), header.core.seq, header.commitment) not in replaced)


def _series(header: Header) -> tuple[str, str, str]:
    """What a bid and its replacement have in common; a rival's bid that claims to replace one's own has not."""
    return header.core.tender, header.core.stage, header.core.bidder


def _content_flaw(plain: bytes, *, header: Header, envelope: Envelope) -> Finding | None:
    if plain[:CTX] != header.ctx:
        return Finding(Verdict.ENVELOPE_OF_ANOTHER_BID, "The envelope was made for another bid.", envelope.member)
    if not _is_committed(plain[CTX:], header=header, envelope=envelope):
        text = "The share in the envelope is not the one the bidder committed to."
        return Finding(Verdict.ENVELOPE_BREAKS_COMMITMENT, text, envelope.member)
    return None


def _is_committed(share: bytes, *, header: Header, envelope: Envelope) -> bool:
    return share[-1:] == bytes([envelope.x]) and share_commitment(share, ctx=header.ctx) == envelope.commit


def _stream(envelope: Envelope) -> BytesIO:
    return BytesIO(from_base64(envelope.share))
