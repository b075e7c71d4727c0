"""The age v1 file with exactly one recipient stanza, streamed, with lengths known beforehand. Pure.

Format: c2sp.org/age. Written here because other writers add random "grease" stanzas, which would give every file
another length; a sealed bid's lengths must depend on its padded size only. What stock age programs write with one
recipient is read, and what is written here they read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenderwell.ledger.sealing.keys import Suite, key_type, suite_of_identity, suite_of_recipient

CHUNK = 65_536
TAG = 16
NONCE = 16
FILE_KEY = 16
_INTRO = b"age-encryption.org/v1\n"
_WRAPPED = FILE_KEY + TAG


class Unreadable(ValueError):
    """Not an age file of this suite, not for this key, cut off, or changed."""


def encrypt(plain: Iterable[bytes], *, recipient: str) -> Iterator[bytes]:
    """The age file of the plaintext, piece by piece; memory stays at a few chunks."""
    file_key, nonce = secrets.token_bytes(FILE_KEY), secrets.token_bytes(NONCE)
    yield _header(file_key, recipient=recipient) + nonce
    cipher = ChaCha20Poly1305(_derive(file_key, salt=nonce, info=b"payload"))
    for counter, (chunk, last) in enumerate(_with_last(rechunk(plain))):
        yield cipher.encrypt(_chunk_nonce(counter, last=last), chunk, None)


def decrypt(cipher: BinaryIO, *, identity: str) -> Iterator[bytes]:
    """The plaintext, piece by piece. Raises Unreadable, perhaps after some pieces: keep nothing before the end."""
    suite = suite_of_identity(identity)
    file_key = file_key_of(_exactly(cipher, header_length(suite)), identity=identity)
    return _chunks(cipher, file_key)


def decrypt_with_file_key(cipher: BinaryIO, *, suite: Suite, file_key: bytes) -> Iterator[bytes]:
    """The plaintext of one file whose own file key has been published. Raises Unreadable when it does not fit."""
    _check_mac(_exactly(cipher, header_length(suite)), file_key)
    return _chunks(cipher, file_key)


def file_key_of(header: bytes, *, identity: str) -> bytes:
    """The 16-byte key that opens just this file. Raises Unreadable."""
    suite = suite_of_identity(identity)
    match = _shape(suite).fullmatch(header)
    if match is None:
        raise Unreadable(f"not an age file with one {suite} stanza")
    sent, wrapped = _from_base64(match[1]), _from_base64(match[2])
    try:
        file_key = key_type(suite).unwrap(sent, wrapped, identity=identity)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    _check_mac(header, file_key)
    return file_key


def header_length(suite: Suite) -> int:
    """Bytes before the payload nonce: 168 for x25519, 1,627 for pq."""
    stanza = len(f"-> {key_type(suite).STANZA} ") + _unpadded(key_type(suite).SENT_LENGTH) + 1
    return len(_INTRO) + stanza + _unpadded(_WRAPPED) + 1 + len("--- ") + _unpadded(32) + 1


def cipher_length(plain_length: int, *, suite: Suite) -> int:
    """The length of the age file of a plaintext of this length."""
    chunks = max(1, -(-plain_length // CHUNK))
    return header_length(suite) + NONCE + plain_length + chunks * TAG


def plain_length(cipher_length: int, *, suite: Suite) -> int:
    """The length of the plaintext of an age file of this length. Raises Unreadable when there is none."""
    body = cipher_length - header_length(suite) - NONCE
    plain = body - max(1, -(-body // (CHUNK + TAG))) * TAG
    if body < TAG or plain < 0 or (plain == 0 and body != TAG):
        raise Unreadable("too short for an age file")
    if body > TAG and body % (CHUNK + TAG) in range(1, TAG + 1):
        raise Unreadable("no age file has this length")
    return plain


def rechunk(pieces: Iterable[bytes], *, size: int = CHUNK) -> Iterator[bytes]:
    """The same bytes in pieces of `size`, the last one shorter unless it fits."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _header(file_key: bytes, *, recipient: str) -> bytes:
    kind = key_type(suite_of_recipient(recipient))
    sent, wrapped = kind.wrap(file_key, recipient=recipient)
    start = _INTRO + b"-> " + kind.STANZA.encode() + b" " + _to_base64(sent) + b"\n" + _to_base64(wrapped) + b"\n---"
    return start + b" " + _to_base64(_mac(start, file_key)) + b"\n"


def _shape(suite: Suite) -> re.Pattern[bytes]:
    """The one header that is accepted: one stanza of this suite. Its body has 43 characters, so it needs no folding."""
    kind = key_type(suite)
    sent, wrapped = _unpadded(kind.SENT_LENGTH), _unpadded(_WRAPPED)
    letter = "[A-Za-z0-9+/]"
    text = f"-> {kind.STANZA} ({letter}{{{sent}}})\n({letter}{{{wrapped}}})\n--- ({letter}{{43}})\n"
    return re.compile(re.escape(_INTRO) + text.encode())


def _check_mac(header: bytes, file_key: bytes) -> None:
    start, _, mac = header.rpartition(b" ")
    if not hmac.compare_digest(_from_base64(mac[:-1]), _mac(start, file_key)):
        raise Unreadable("the header was changed")


def _mac(start: bytes, file_key: bytes) -> bytes:
    return hmac.digest(_derive(file_key, salt=b"", info=b"header"), start, hashlib.sha256)


def _chunks(cipher: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    aead = ChaCha20Poly1305(_derive(file_key, salt=_exactly(cipher, NONCE), info=b"payload"))
    sealed = iter(lambda: cipher.read(CHUNK + TAG), b"")
    for counter, (chunk, last) in enumerate(_with_last(rechunk(sealed, size=CHUNK + TAG))):
        if counter and len(chunk) <= TAG:
            raise Unreadable("an empty last chunk")
        try:
            yield aead.decrypt(_chunk_nonce(counter, last=last), chunk, None)
        except InvalidTag as error:
            raise Unreadable("changed or cut off") from error


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, int]]:
    """Each chunk with 1 for the last one and 0 for the others; at least one chunk, be it empty."""
    held = next(chunks, b"")
    for chunk in chunks:
        yield held, 0
        held = chunk
    yield held, 1


def _chunk_nonce(counter: int, *, last: int) -> bytes:
    return counter.to_bytes(11) + bytes([last])


def _derive(file_key: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    raw = b"".join(chain(iter_read(stream, count)))
    if len(raw) != count:
        raise Unreadable("cut off")
    return raw


def iter_read(stream: BinaryIO, count: int) -> Iterator[bytes]:
    """Up to `count` bytes of the stream, in pieces of at most one chunk."""
    while count > 0 and (piece := stream.read(min(count, CHUNK))):
        yield piece
        count -= len(piece)


def _unpadded(count: int) -> int:
    return (count * 4 + 2) // 3


def _to_base64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _from_base64(text: bytes) -> bytes:
    raw = base64.b64decode(text + b"=" * (-len(text) % 4))
    if _to_base64(raw) != text:
        raise Unreadable("not canonical base64")
    return raw
