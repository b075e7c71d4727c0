"""Packages as a cheat would make them: an honest one with some part replaced."""

from typing import Any

from tenderwell.ledger.sealing import age, shamir
from tenderwell.ledger.sealing.canonical import decode, encode, sha256_hex, to_base64
from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.header import Core, Header, Payload, parse_header, share_commitment
from tenderwell.ledger.sealing.inner import prefix_of
from tenderwell.ledger.sealing.padding import padded


def as_json(header: Header) -> dict[str, Any]:
    """The header as values that may be changed."""
    value: dict[str, Any] = decode(header.raw, form=dict, limit=10**6)
    return value


def header_with(header: Header, **changed: Any) -> Header:
    """The header with top-level parts replaced."""
    return parse_header(encode(as_json(header) | changed))


def payload_of(core: Core, inner: Any, content: bytes, *, padding: bytes | None = None) -> bytes:
    """A payload whose inner record and bytes are chosen freely."""
    raw = inner if isinstance(inner, bytes) else encode(inner)
    used = prefix_of(raw) + raw + content
    filled = used + (bytes(padded(len(used)) - len(used)) if padding is None else padding)
    return b"".join(age.encrypt([filled], recipient=core.recipient))


def header_of(core: Core, payload: bytes, envelopes: list[dict[str, Any]]) -> Header:
    """A header that commits to these parts."""
    facts = Payload(sha256=sha256_hex(payload), size=len(payload))
    return parse_header(encode({"core": core, "payload": facts, "shares": envelopes}))


def envelopes_for(core: Core, secret: bytes, committee: Committee) -> list[dict[str, Any]]:
    """Honest envelopes of any secret of the right length."""
    shares = shamir.split(secret, k=committee.k, xs=range(1, committee.n + 1))
    return [
        envelope(core, share, member=member.id, recipient=member.recipient)
        for member, share in zip(committee.members, shares, strict=True)
    ]


def envelope(core: Core, share: bytes, *, member: str, recipient: str, inside: bytes | None = None) -> dict[str, Any]:
    """An envelope; `inside` may differ from what the commitment says."""
    content = core.ctx + share if inside is None else inside
    sealed = to_base64(b"".join(age.encrypt([content], recipient=recipient)))
    return {"member": member, "x": share[-1], "commit": share_commitment(share, ctx=core.ctx), "share": sealed}
