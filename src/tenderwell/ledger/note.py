"""Signed notes and checkpoints: parse the one accepted form, sign, verify. Pure.

Formats: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature. Keys: Ed25519 (0x01), Ed25519
cosignatures (0x04) and ML-DSA-44 cosignatures (0x06).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from tenderwell.ledger.tree import EMPTY_ROOT

MARK = "\u2014 "
MOST_SIGNATURES = 64
LARGEST = 2**63 - 1
DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):
    """A note, checkpoint or key that is not in its one form, or a signature that is not its key's."""


class KeyType(IntEnum):
    """What a key signs."""

    ED25519 = 0x01
    COSIGNATURE = 0x04
    ML_DSA_44 = 0x06

    @property
    def is_timed(self) -> bool:
        return self is not KeyType.ED25519


PUBLIC_SIZE = {KeyType.ED25519: 32, KeyType.COSIGNATURE: 32, KeyType.ML_DSA_44: 1312}
SIGNATURE_SIZE = {KeyType.ED25519: 64, KeyType.COSIGNATURE: 64, KeyType.ML_DSA_44: 2420}


def to_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def from_base64(text: str) -> bytes:
    """Raises BadNote for anything but canonical standard base64: no white space, no stray bits."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BadNote("not base64") from error
    if to_base64(raw) != text:
        raise BadNote("not canonical base64")
    return raw


def parse_decimal(text: str) -> int:
    """Raises BadNote for signs, leading zeroes, digits of other scripts, and more than 2**63 - 1."""
    if not DECIMAL.fullmatch(text) or int(text) > LARGEST:
        raise BadNote(f"not a decimal number: {text[:30]!r}")
    return int(text)


def parse_hash(text: str) -> bytes:
    raw = from_base64(text)
    if len(raw) != 32:
        raise BadNote("not a hash of 32 bytes")
    return raw


def check_name(name: str) -> str:
    """Raises BadNote for a key name that is empty or has a space, plus or control character."""
    if not name or "+" in name or CONTROL.search(name) or any(letter.isspace() for letter in name):
        raise BadNote("not a key name")
    return name


@dataclass(frozen=True)
class Signature:
    """One signature line. raw: what follows the key id."""

    name: str
    key_id: bytes
    raw: bytes

    @property
    def line(self) -> str:
        return f"{MARK}{self.name} {to_base64(self.key_id + self.raw)}\n"

    @property
    def time(self) -> int:
        """The POSIX second that a timed signature states; its verifier vouches for it."""
        return int.from_bytes(self.raw[:8], "big")


@dataclass(frozen=True)
class Note:
    """A text that ends with a newline, and signatures, not verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


@dataclass(frozen=True)
class Checkpoint:
    """The size and root of a log at one moment."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


def parse_signature(line: str) -> Signature:
    """One line, without its newline."""
    parts = line.removeprefix(MARK).split(" ")
    if not line.startswith(MARK) or len(parts) != 2:
        raise BadNote("not a signature line")
    raw = from_base64(parts[1])
    if len(raw) < 5:
        raise BadNote("a signature is too short")
    return Signature(check_name(parts[0]), raw[:4], raw[4:])


def parse_signatures(block: str) -> tuple[Signature, ...]:
    """One or more whole signature lines. Never splitlines(): it would split at more than newlines."""
    if not block.endswith("\n") or block.count("\n") > MOST_SIGNATURES:
        raise BadNote("not a list of signatures")
    return tuple(parse_signature(line) for line in block[:-1].split("\n"))


def parse_note(raw: bytes | str) -> Note:
    """A note with one signature or more. Raises BadNote."""
    try:
        whole = raw if isinstance(raw, str) else raw.decode("utf-8")
        whole.encode("utf-8")
    except UnicodeError as error:
        raise BadNote("not UTF-8") from error
    body, gap, block = whole.rpartition("\n\n")
    if not gap or CONTROL.search(whole):
        raise BadNote("no signatures after an empty line, or a control character")
    return Note(body + "\n", parse_signatures(block))


def parse_head(text: str) -> Checkpoint:
    """Origin, size and root in a note's text; extension lines are refused. Raises BadNote."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise BadNote("a checkpoint has three lines: origin, size, root")
    return Checkpoint(lines[0], parse_decimal(lines[1]), parse_hash(lines[2]))


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; one of an empty tree has its root. Raises BadNote."""
    checkpoint = parse_head(text)
    if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
        raise BadNote("an empty tree has another root")
    return checkpoint


def key_id(name: str, type: KeyType, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([type]) + public).digest()[:4]


def message(text: str, *, name: str, type: KeyType, time: int) -> bytes:
    """The bytes that a key of this type signs for a note with this text. Raises BadNote."""
    if type is KeyType.ED25519:
        return text.encode()
    if type is KeyType.COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    checkpoint = parse_checkpoint(text)
    names = [bytes([len(value)]) + value for value in (name.encode(), checkpoint.origin.encode())]
    size = checkpoint.size.to_bytes(8, "big")
    return b"".join([b"subtree/v1\n\0", names[0], time.to_bytes(8, "big"), names[1], bytes(8), size, checkpoint.root])


@dataclass(frozen=True)
class Verifier:
    """A public key with its name."""

    name: str
    type: KeyType
    public: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, self.type, self.public)

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.type]) + self.public)}"

    def made(self, signature: Signature) -> bool:
        """Whether the line claims to be by this key."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verify(self, text: str, signature: Signature) -> None:
        """Raises BadNote unless this key signed the text."""
        head = 8 if self.type.is_timed else 0
        if len(signature.raw) != head + SIGNATURE_SIZE[self.type] or head and not 0 < signature.time <= LARGEST:
            raise BadNote(f"the signature of {self.name} has another form")
        signed = message(text, name=self.name, type=self.type, time=signature.time if head else 0)
        try:
            self.verify_raw(signature.raw[head:], signed)
        except InvalidSignature as error:
            raise BadNote(f"the signature of {self.name} is false") from error

    def verify_raw(self, raw: bytes, signed: bytes) -> None:
        """Raises InvalidSignature."""
        if self.type is KeyType.ML_DSA_44:
            MLDSA44PublicKey.from_public_bytes(self.public).verify(raw, signed)
        else:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw, signed)


def parse_vkey(text: str) -> Verifier:
    """A verifier key. Raises BadNote."""
    name, plus, rest = text.partition("+")
    identity, second, encoded = rest.partition("+")
    raw = from_base64(encoded)
    if not plus or not second or not raw or raw[0] not in set(KeyType):
        raise BadNote("not a verifier key of a known type")
    verifier = Verifier(check_name(name), KeyType(raw[0]), raw[1:])
    if len(verifier.public) != PUBLIC_SIZE[verifier.type] or identity != verifier.key_id.hex():
        raise BadNote("not a verifier key: its id is another")
    return verifier


@dataclass(frozen=True)
class Signer:
    """A secret key with its name. seed: 32 bytes."""

    name: str
    type: KeyType
    seed: bytes

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self.type, self.private().public_key().public_bytes_raw())

    def private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.type is KeyType.ML_DSA_44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: str, *, time: int) -> Signature:
        """time: POSIX seconds; a key that is not timed leaves it out."""
        raw = self.private().sign(message(text, name=self.name, type=self.type, time=time))
        stamp = time.to_bytes(8, "big") if self.type.is_timed else b""
        return Signature(self.name, self.verifier.key_id, stamp + raw)

    @property
    def secret(self) -> str:
        """PRIVATE+KEY+name+id+base64(type || seed), as other implementations write it."""
        seed = to_base64(bytes([self.type]) + self.seed)
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{seed}"


def parse_secret(text: str) -> Signer:
    """A signing key. Raises BadNote."""
    parts = text.split("+", 4)
    raw = from_base64(parts[4]) if len(parts) == 5 and parts[:2] == ["PRIVATE", "KEY"] else b""
    if len(raw) != 33 or raw[0] not in set(KeyType):
        raise BadNote("not a signing key")
    signer = Signer(check_name(parts[2]), KeyType(raw[0]), raw[1:])
    if signer.verifier.key_id.hex() != parts[3]:
        raise BadNote("not a signing key: its id is another")
    return signer


def signed(text: str, signers: Iterable[Signer], *, time: int) -> Note:
    """The note with a signature of each signer."""
    return Note(text, tuple(signer.sign(text, time=time) for signer in signers))


def verified(note: Note, verifiers: Sequence[Verifier]) -> list[tuple[Verifier, Signature]]:
    """The signatures by known keys, all true; those by unknown keys are passed over. Raises BadNote for a false one."""
    found = [(key, signature) for signature in note.signatures for key in verifiers if key.made(signature)]
    for key, signature in found:
        key.verify(note.text, signature)
    return found
