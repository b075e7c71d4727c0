"""Notes, keys, policies and checkpoints, written a second time: every parser takes one form and refuses the rest."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

try:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
except ImportError:  # older than 48: keys of this type are then unknown
    MLDSA44PublicKey = None  # type: ignore[assignment, misc]


MOST_SIGNATURES = 64  # of a note


class Problem(Exception):
    """Something that an honest log would not show."""


def unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError as error:
        raise Problem(f"not base64: {text[:20]!r}") from error
    if base64.b64encode(raw).decode() != text:
        raise Problem(f"base64 of another form: {text[:20]!r}")
    return raw


def decimal(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) or int(text) >= 2**63:
        raise Problem(f"not a number: {text[:20]!r}")
    return int(text)


def hash32(text: str) -> bytes:
    raw = unbase64(text)
    if len(raw) != 32:
        raise Problem("a hash has another length")
    return raw


class Key(NamedTuple):
    """A public key. type: 1 Ed25519, 4 Ed25519 cosignature, 6 ML-DSA-44 cosignature."""

    name: str
    id: bytes
    type: int
    public: bytes


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


def is_name(text: str) -> bool:
    """Whether it can be the name of a key."""
    return bool(text) and "+" not in text and not any(letter.isspace() or letter < " " for letter in text)


def parse_key(text: str) -> Key:
    name, _, rest = text.partition("+")
    identity, _, encoded = rest.partition("+")
    raw = unbase64(encoded)
    key = Key(name, sha256(name.encode() + b"\n" + raw).digest()[:4], raw[0] if raw else 0, raw[1:])
    if not is_name(name) or key.id.hex() != identity or len(key.public) != {1: 32, 4: 32, 6: 1312}.get(key.type):
        raise Problem(f"not a verifier key: {text[:40]}")
    return key


@dataclass
class Policy:
    """Which logs and witnesses are believed. Format: c2sp.org/tlog-policy"""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    quorum: str = ""

    def has(self, name: str, seen: Iterable[str]) -> bool:
        if name == "none" or name in self.witnesses:
            return name == "none" or name in seen
        least, members = self.groups[name]
        return sum(self.has(member, seen) for member in members) >= least


def parse_policy(text: str) -> Policy:
    policy = Policy()
    for line in text.split("\n"):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        known = {"none"} | policy.witnesses.keys() | policy.groups.keys()
        match words:
            case [] | [("#"), *_]:
                continue
            case ["log", key, *_]:
                policy.logs.append(parse_key(key))
            case ["witness", name, key, *_] if name not in known:
                policy.witnesses[name] = parse_key(key)
            case ["group", name, least, *members] if name not in known and known - {"none"} >= set(members):
                policy.groups[name] = ({"any": 1, "all": len(members)}.get(least) or decimal(least), members)
                if not 1 <= policy.groups[name][0] <= len(set(members)):
                    raise Problem(f"the policy has a group without sense: {line}")
            case ["quorum", name] if name in known and not policy.quorum:
                policy.quorum = name
            case [first, *_] if not first.startswith("#"):
                raise Problem(f"the policy has a line that cannot be understood: {line[:60]}")
    if not policy.quorum:
        raise Problem("the policy has no quorum line")
    return policy


def parse_note(text: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text, and name, key id and signature of each line."""
    body, gap, block = text.rpartition("\n\n")
    if not gap or not block.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise Problem("not a signed note")
    lines: list[tuple[str, bytes, bytes]] = []
    for line in block[:-1].split("\n"):
        parts = line.removeprefix("\u2014 ").split(" ")
        if not line.startswith("\u2014 ") or len(parts) != 2 or not is_name(parts[0]) or len(lines) == MOST_SIGNATURES:
            raise Problem("not a signature line, or too many")
        raw = unbase64(parts[1])
        if len(raw) < 5:
            raise Problem("a signature is too short")
        lines.append((parts[0], raw[:4], raw[4:]))
    return body + "\n", lines


def parse_checkpoint(text: str) -> Checkpoint:
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise Problem("not a checkpoint of three lines")
    checkpoint = Checkpoint(lines[0], decimal(lines[1]), hash32(lines[2]))
    if checkpoint.size == 0 and checkpoint.root != sha256(b"").digest():
        raise Problem("an empty tree has another root")
    return checkpoint


def check_signature(key: Key, raw: bytes, text: str) -> int:
    """Raises Problem unless the key signed the text; returns the time stated, 0 for none."""
    stamp, signature = (b"", raw) if key.type == 1 else (raw[:8], raw[8:])
    seconds = int.from_bytes(stamp, "big")
    try:
        if key.type == 6:
            seen = parse_checkpoint(text)
            names = [bytes([len(name)]) + name for name in (key.name.encode(), seen.origin.encode())]
            tree = bytes(8) + seen.size.to_bytes(8, "big") + seen.root
            signed = b"subtree/v1\n\0" + names[0] + stamp + names[1] + tree
            MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, signed)
        else:
            head = f"cosignature/v1\ntime {seconds}\n" if key.type == 4 else ""
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, (head + text).encode())
    except (InvalidSignature, ValueError) as error:
        raise Problem(f"the signature of {key.name} is false") from error
    return seconds


class Seen(NamedTuple):
    """A checkpoint that the policy accepts. times: when each witness cosigned; latest: the latest time stated."""

    checkpoint: Checkpoint
    times: dict[str, int]
    latest: int


def check_note(text: str, policy: Policy) -> Seen:
    """Raises Problem unless a log of the policy signed it and enough witnesses cosigned it."""
    body, lines = parse_note(text)
    seen = parse_checkpoint(body)
    logs = {("log", i): key for i, key in enumerate(policy.logs) if key.name == seen.origin}
    keys = logs | {("witness", name): key for name, key in policy.witnesses.items()}
    usable = {who: key for who, key in keys.items() if key.type != 6 or MLDSA44PublicKey is not None}
    found = {
        who: check_signature(key, raw, body)
        for name, identity, raw in lines
        for who, key in usable.items()
        if (key.name, key.id) == (name, identity)
    }
    if not found.keys() & logs.keys():
        raise Problem(f"{seen.origin} is not signed by a log that the policy names")
    times = {str(name): when for (role, name), when in found.items() if role == "witness"}
    if not policy.has(policy.quorum, times):
        raise Problem(f"only {len(times)} of {len(policy.witnesses)} witnesses cosigned: too few for the policy")
    return Seen(seen, times, max(found.values()))
