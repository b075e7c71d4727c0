"""Age identities and recipients of the two suites, which never meet in one file. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from tenderwell.ledger.sealing import agepq, agex25519


class Suite(StrEnum):
    """How a bid is encrypted; the committee's keys decide it."""

    X25519 = "x25519"  # any age program reads it
    PQ = "pq"  # X25519 together with ML-KEM-768: stays closed to a later quantum computer


class KeyType(Protocol):
    """What each of the two key modules offers."""

    STANZA: str
    SENT_LENGTH: int

    def generate(self) -> str:
        """A fresh identity."""

    def recipient_of(self, identity: str) -> str:
        """Its public half."""

    def check_recipient(self, recipient: str) -> None:
        """Raises ValueError for anything but a recipient of this type."""

    def wrap(self, file_key: bytes, *, recipient: str) -> tuple[bytes, bytes]:
        """What the stanza carries."""

    def unwrap(self, sent: bytes, wrapped: bytes, *, identity: str) -> bytes:
        """The file key again."""


_KEY_TYPES: dict[Suite, KeyType] = {Suite.X25519: agex25519, Suite.PQ: agepq}
IDENTITY_LENGTH = {Suite.X25519: 74, Suite.PQ: 77}


def key_type(suite: Suite) -> KeyType:
    """The module that wraps and unwraps file keys in this suite."""
    return _KEY_TYPES[suite]


def suite_of_recipient(recipient: str) -> Suite:
    """The suite of a well-formed recipient. Raises ValueError otherwise."""
    suite = Suite.PQ if recipient.startswith("age1pq1") else Suite.X25519
    key_type(suite).check_recipient(recipient)
    return suite


def suite_of_identity(identity: str) -> Suite:
    """The suite an identity's prefix announces; whether the rest is right shows when it is used."""
    return Suite.PQ if identity.startswith("AGE-SECRET-KEY-PQ-1") else Suite.X25519


def new_identity(suite: Suite) -> str:
    """A fresh secret key, as the text that an age key file holds."""
    return key_type(suite).generate()


def recipient_of(identity: str) -> str:
    """The public half of an identity. Raises ValueError when the text is not an identity."""
    return key_type(suite_of_identity(identity)).recipient_of(identity)
