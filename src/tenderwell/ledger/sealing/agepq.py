"""The hybrid post-quantum key type of age, ML-KEM-768 with X25519: identities, recipients, wrapping a file key. Pure.

Format: c2sp.org/age, "mlkem768x25519": HPKE (RFC 9180) with KEM MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305.
A seed of 32 bytes is stretched by SHAKE256 to the 64-byte ML-KEM seed and the 32-byte X25519 key.
"""

from __future__ import annotations

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tenderwell.ledger.sealing import bech32

STANZA = "mlkem768x25519"
SENT_LENGTH = 1_088 + 32
_MLKEM_PUBLIC = 1_184
_IDENTITY, _RECIPIENT = "age-secret-key-pq-", "age1pq"
_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def generate() -> str:
    """A fresh identity, AGE-SECRET-KEY-PQ-1... (77 characters)."""
    return bech32.encode(_IDENTITY, secrets.token_bytes(32)).upper()


def recipient_of(identity: str) -> str:
    """The recipient, age1pq1... (1,959 characters), of this identity. Raises ValueError when it is not an identity."""
    mlkem, x25519 = _secrets(identity)
    return bech32.encode(_RECIPIENT, mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw())


def check_recipient(recipient: str) -> None:
    """Raises ValueError when this is not a recipient of this type."""
    _public(recipient)


def wrap(file_key: bytes, *, recipient: str) -> tuple[bytes, bytes]:
    """What the stanza carries: the encapsulated key, and the file key encrypted."""
    sealed = _SUITE.encrypt(file_key, _public(recipient), info=_INFO)
    return sealed[:SENT_LENGTH], sealed[SENT_LENGTH:]


def unwrap(sent: bytes, wrapped: bytes, *, identity: str) -> bytes:
    """The file key. Raises ValueError when the stanza is not for this identity."""
    key = hpke.MLKEM768X25519PrivateKey(*_secrets(identity))
    try:
        return _SUITE.decrypt(sent + wrapped, key, info=_INFO)
    except InvalidTag as error:
        raise ValueError("not encrypted to this key") from error


def _public(recipient: str) -> hpke.MLKEM768X25519PublicKey:
    raw = bech32.decode(recipient, prefix=_RECIPIENT)
    if len(raw) != _MLKEM_PUBLIC + 32:
        raise ValueError("a hybrid recipient has 1,216 bytes")
    mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC])
    return hpke.MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]))


def _secrets(identity: str) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if identity != identity.upper():
        raise ValueError("an identity is written in capitals")
    seed = bech32.decode(identity.lower(), prefix=_IDENTITY)
    if len(seed) != 32:
        raise ValueError("a hybrid identity has 32 bytes")
    stretched = hashlib.shake_256(seed).digest(96)
    return MLKEM768PrivateKey.from_seed_bytes(stretched[:64]), X25519PrivateKey.from_private_bytes(stretched[64:])
