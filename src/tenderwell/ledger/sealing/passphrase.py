"""Keep a member's identity under a passphrase, as a file that any age program opens. Pure.

Format: age with scrypt; the plaintext is an age key file, so `age -d member.key` followed by `age -i` works too.
"""

from __future__ import annotations

from pyrage import DecryptError, passphrase

from tenderwell.ledger.sealing.age import Unreadable
from tenderwell.ledger.sealing.keys import recipient_of

SHORTEST = 12


def wrap_identity(identity: str, *, words: str) -> bytes:
    """The identity encrypted under a passphrase of at least 12 characters; takes a second or two by design."""
    if len(words.strip()) < SHORTEST:
        raise ValueError(f"a passphrase has at least {SHORTEST} characters; five or six words are good")
    text = f"# public key: {recipient_of(identity)}\n{identity}\n"
    return bytes(passphrase.encrypt(text.encode("ascii"), words))


def unwrap_identity(wrapped: bytes, *, words: str) -> str:
    """The identity again. Raises Unreadable for a wrong passphrase or another file."""
    try:
        text = passphrase.decrypt(wrapped, words).decode("ascii")
    except (DecryptError, UnicodeDecodeError) as error:
        raise Unreadable("the passphrase does not fit, or this is no key file") from error
    return identity_in(text)


def identity_in(text: str) -> str:
    """The one identity in the text of an age key file. Raises Unreadable when there is none or more than one."""
    lines = [line.strip() for line in text.split("\n")]
    identities = [line for line in lines if line and not line.startswith("#")]
    if len(identities) != 1:
        raise Unreadable("not a key file with one identity")
    try:
        recipient_of(identities[0])
    except ValueError as error:
        raise Unreadable("not an age identity") from error
    return identities[0]
