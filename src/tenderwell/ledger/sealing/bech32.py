"""Bech32 without a length limit, as age writes its keys. Pure.

Source: BIP 173 (checksum and alphabet). Format: c2sp.org/age.
"""

from __future__ import annotations

from collections.abc import Iterable

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, payload: bytes) -> str:
    """The lower-case text of the payload with its six checksum characters."""
    words = _regroup(payload, have=8, want=5)
    if len(payload) * 8 % 5:
        words.append((int.from_bytes(payload) << (5 - len(payload) * 8 % 5)) & 31)
    checksum = _checksum([*_expand(prefix), *words, 0, 0, 0, 0, 0, 0]) ^ 1
    words += [(checksum >> 5 * (5 - place)) & 31 for place in range(6)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in words)


def decode(text: str, *, prefix: str) -> bytes:
    """The payload of lower-case text with this prefix. Raises ValueError for anything else."""
    start = prefix + "1"
    if not text.startswith(start) or len(text) < len(start) + 6:
        raise ValueError(f"does not begin with {start}")
    words = [_ALPHABET.find(letter) for letter in text[len(start) :]]
    if -1 in words or _checksum([*_expand(prefix), *words]) != 1:
        raise ValueError("the checksum does not fit: mistyped or cut off")
    payload = bytes(_regroup(words[:-6], have=5, want=8))
    if encode(prefix, payload) != text:
        raise ValueError("not the canonical form")
    return payload


def _expand(prefix: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in prefix), 0, *(ord(letter) & 31 for letter in prefix)]


def _checksum(words: Iterable[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for place, generator in enumerate(_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check


def _regroup(words: Iterable[int], *, have: int, want: int) -> list[int]:
    """The same bits in groups of `want`; bits left over at the end are dropped."""
    groups, held, bits = [], 0, 0
    for word in words:
        held, bits = held << have | word, bits + have
        while bits >= want:
            bits -= want
            groups.append(held >> bits)
            held &= (1 << bits) - 1
    return groups
