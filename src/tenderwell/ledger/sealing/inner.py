"""The first thing inside a payload: whose bid it is, which files follow, perhaps the bidder's signature. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import UNSET, UnsetType

from tenderwell.ledger.sealing.canonical import Hex32, Size, Strict, decode, encode, from_base64
from tenderwell.ledger.sealing.findings import Verdict, refuse

LIMIT = 1_048_576
MOST_FILES = 2_000
_NAME_BYTES = 200
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}


class FileFacts(Strict, frozen=True):
    """One file inside the payload, in the order of its bytes."""

    name: str
    size: Size
    sha256: Hex32


class Signature(Strict, frozen=True):
    """The bidder's Ed25519 signature over the inner record without it. key, sig: base64."""

    key: str
    sig: str


class Inner(Strict, frozen=True, omit_defaults=True):
    """The first thing in the plaintext: core is the hex ctx of the header it belongs to."""

    core: Hex32
    files: tuple[FileFacts, ...]
    signature: Signature | UnsetType = UNSET


def parse_inner(raw: bytes) -> Inner:
    """The inner record in these bytes. Raises PackageError for another form, unsafe names, a wrong signature."""
    try:
        inner = decode(raw, form=Inner, limit=LIMIT)
    except ValueError as error:
        raise refuse(Verdict.INNER_MALFORMED, f"The list of files inside the bid is malformed: {error}.") from error
    if not 1 <= len(inner.files) <= MOST_FILES:
        raise refuse(Verdict.INNER_MALFORMED, f"A bid holds 1 to {MOST_FILES} files.")
    check_names([file.name for file in inner.files])
    _check_signature(inner)
    return inner


def name_flaw(name: str) -> str:
    """Why a file may not be called so, or "" when it may: one plain name that is safe to write on any system."""
    stem = name.split(".")[0].casefold()
    rules = (
        (not 0 < len(name.encode("utf-8", "replace")) <= _NAME_BYTES, f"has not 1 to {_NAME_BYTES} bytes"),
        (any(letter in '/\\:<>"|?*' for letter in name), "holds a character that has a meaning in paths"),
        (any(unicodedata.category(letter)[0] == "C" for letter in name), "holds an invisible character"),
        (any(unicodedata.category(letter) in ("Zl", "Zp") for letter in name), "holds a line break"),
        (name.startswith((".", " ", "~", "-")) or name.endswith((".", " ")), "begins or ends badly"),
        (stem.strip() in _RESERVED, "is the name of a device"),
        (unicodedata.normalize("NFC", name) != name, "is not in Unicode form NFC"),
    )
    return next((text for is_wrong, text in rules if is_wrong), "")


def check_names(names: Sequence[str]) -> None:
    """Raises PackageError when a name is unsafe or two would be one file on some system."""
    for name in names:
        if flaw := name_flaw(name):
            raise refuse(Verdict.FILE_NAME_UNSAFE, f"The file name {name!r} {flaw}.")
    if len({unicodedata.normalize("NFKC", name).casefold() for name in names}) != len(names):
        raise refuse(Verdict.FILE_NAME_UNSAFE, "Two files have one name, perhaps but for capitals.")


def signed_bytes(inner: Inner) -> bytes:
    """What the bidder's signature covers: the inner record without it."""
    return encode(Inner(core=inner.core, files=inner.files))


def prefix_of(inner: bytes) -> bytes:
    """The eight bytes before the inner record: its length, big-endian."""
    return len(inner).to_bytes(8)


def _check_signature(inner: Inner) -> None:
    if isinstance(inner.signature, UnsetType):
        return
    try:
        key = Ed25519PublicKey.from_public_bytes(from_base64(inner.signature.key))
        key.verify(from_base64(inner.signature.sig), signed_bytes(inner))
    except (ValueError, InvalidSignature) as error:
        raise refuse(Verdict.SIGNATURE_WRONG, "The bidder's signature does not fit the bid.") from error
