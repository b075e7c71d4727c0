"""One canonical form for everything that is hashed: JCS, lower-case hex, padded base64. Pure.

Format: RFC 8785. A parser here accepts exactly the bytes that encoding the parsed value gives again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable
from typing import Annotated, TypeVar

import msgspec
import rfc8785
from msgspec import Meta

_PLAIN = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]"

Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Identifier = Annotated[str, Meta(pattern=rf"^(?!\s){_PLAIN}{{1,200}}(?<!\s)\Z")]
IdentifierOrNone = Annotated[str, Meta(pattern=rf"^((?!\s){_PLAIN}{{1,200}}(?<!\s))?\Z")]
Stage = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,31}\Z")]
Line = Annotated[str, Meta(pattern=rf"^{_PLAIN}{{1,300}}\Z")]
Counter = Annotated[int, Meta(ge=1, le=1_000_000)]
Size = Annotated[int, Meta(ge=0, le=2**53 - 1)]

T = TypeVar("T")


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record with exactly these fields and types."""


class NotCanonical(ValueError):
    """Bytes that are not the one canonical form of an accepted value."""


def encode(value: object) -> bytes:
    """The JCS bytes of a record or of plain JSON values; absent optional fields are left out."""
    return rfc8785.dumps(msgspec.to_builtins(value))


def decode(raw: bytes, *, form: type[T], limit: int) -> T:
    """The record in `raw`. Raises NotCanonical for another form, wrong fields or types, more than `limit` bytes."""
    if len(raw) > limit:
        raise NotCanonical(f"more than {limit} bytes")
    try:
        value = json.loads(raw.decode("utf-8"))
        if rfc8785.dumps(value) != raw:
            raise NotCanonical("not in canonical form (RFC 8785)")
        return msgspec.convert(value, type=form)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError, msgspec.ValidationError) as error:
        raise NotCanonical(str(error)) from error


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The names sorted as JavaScript and RFC 8785 sort, by UTF-16 code units."""
    return tuple(sorted(names, key=lambda name: name.encode("utf-16-be")))


def sha256_hex(*parts: bytes) -> str:
    """Lower-case hex SHA-256 of the parts one after the other."""
    return hashlib.sha256(b"".join(parts)).hexdigest()


def to_base64(raw: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes of canonical padded base64. Raises NotCanonical for white space, missing padding or stray bits."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotCanonical("not base64") from error
    if to_base64(raw) != text:
        raise NotCanonical("not canonical base64")
    return raw
