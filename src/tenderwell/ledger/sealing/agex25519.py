"""The X25519 key type of age: identities, recipients, and wrapping a file key. Pure.

Format: c2sp.org/age, "The X25519 recipient type".
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenderwell.ledger.sealing import bech32

STANZA = "X25519"
SENT_LENGTH = 32
_IDENTITY, _RECIPIENT = "age-secret-key-", "age"
_INFO = b"age-encryption.org/v1/X25519"


def generate() -> str:
    """A fresh identity, AGE-SECRET-KEY-1... (74 characters)."""
    return bech32.encode(_IDENTITY, secrets.token_bytes(32)).upper()


def recipient_of(identity: str) -> str:
    """The recipient, age1..., to whom this identity belongs. Raises ValueError when it is not an identity."""
    return bech32.encode(_RECIPIENT, _secret(identity).public_key().public_bytes_raw())


def check_recipient(recipient: str) -> None:
    """Raises ValueError when this is not a recipient of this type."""
    if len(bech32.decode(recipient, prefix=_RECIPIENT)) != 32:
        raise ValueError("an X25519 recipient has 32 bytes")


def wrap(file_key: bytes, *, recipient: str) -> tuple[bytes, bytes]:
    """What the stanza carries: the ephemeral public key, and the file key encrypted."""
    theirs = bech32.decode(recipient, prefix=_RECIPIENT)
    ephemeral = X25519PrivateKey.generate()
    sent = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(theirs))
    return sent, ChaCha20Poly1305(_wrap_key(shared, sent + theirs)).encrypt(bytes(12), file_key, None)


def unwrap(sent: bytes, wrapped: bytes, *, identity: str) -> bytes:
    """The file key. Raises ValueError when the stanza is not for this identity."""
    secret = _secret(identity)
    shared = secret.exchange(X25519PublicKey.from_public_bytes(sent))
    key = _wrap_key(shared, sent + secret.public_key().public_bytes_raw())
    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), wrapped, None)
    except InvalidTag as error:
        raise ValueError("not encrypted to this key") from error


def _secret(identity: str) -> X25519PrivateKey:
    if identity != identity.upper():
        raise ValueError("an identity is written in capitals")
    return X25519PrivateKey.from_private_bytes(bech32.decode(identity.lower(), prefix=_IDENTITY))


def _wrap_key(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=_INFO).derive(shared)
