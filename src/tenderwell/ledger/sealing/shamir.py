"""Shamir secret sharing over GF(2^8), polynomial 0x11b, byte by byte. Pure.

A share is the y bytes followed by one x byte (1..255): the layout of HashiCorp Vault, npm shamir-secret-sharing
and pyshamir. Besides split and combine there is `interpolate`, which the opening check needs.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

Random = Callable[[int], bytes]


def _product(left: int, right: int) -> int:
    """The product in GF(2^8), by shift and add."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left = (left << 1) ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


# ROWS[a][b] = a*b, as bytes, so that a whole string is multiplied by one translate().
_ROWS = tuple(bytes(_product(a, b) for b in range(256)) for a in range(256))
_INVERSE = tuple(row.find(1) if a else 0 for a, row in enumerate(_ROWS))


def split(secret: bytes, *, k: int, xs: Sequence[int], random: Random = secrets.token_bytes) -> list[bytes]:
    """One share for each x, any k of which give the secret back and any k-1 of which say nothing about it."""
    _check_xs(xs)
    if not secret or not 2 <= k <= len(xs):
        raise ValueError("needs a secret and 2 <= k <= n")
    polynomial = [secret, *(random(len(secret)) for _ in range(k - 1))]
    return [_value(polynomial, x) + bytes([x]) for x in xs]


def combine(shares: Sequence[bytes]) -> bytes:
    """The secret from k shares. With wrong or too few shares: some other bytes, never an error."""
    return _at(shares, x=0)


def interpolate(shares: Sequence[bytes], *, x: int) -> bytes:
    """The share that lies at x (1..255) on the polynomial through these shares."""
    return _at(shares, x=x) + bytes([x])


def _value(polynomial: Sequence[bytes], x: int) -> bytes:
    """The polynomial's value at x, by Horner's rule on whole strings."""
    value = bytes(len(polynomial[0]))
    for coefficient in reversed(polynomial):
        value = _xor(value.translate(_ROWS[x]), coefficient)
    return value


def _at(shares: Sequence[bytes], *, x: int) -> bytes:
    lengths = {len(share) for share in shares}
    if len(shares) < 2 or len(lengths) != 1 or min(lengths) < 2:
        raise ValueError("needs two or more shares of one length")
    xs = [share[-1] for share in shares]
    _check_xs(xs)
    value = bytes(min(lengths) - 1)
    for share in shares:
        value = _xor(value, share[:-1].translate(_ROWS[_weight(share[-1], xs=xs, x=x)]))
    return value


def _weight(own: int, *, xs: Sequence[int], x: int) -> int:
    """Lagrange's weight of the point `own` for the value at x; subtraction is XOR in this field."""
    weight = 1
    for other in xs:
        if other != own:
            weight = _ROWS[weight][_ROWS[x ^ other][_INVERSE[own ^ other]]]
    return weight


def _check_xs(xs: Sequence[int]) -> None:
    if len(set(xs)) != len(xs) or not all(1 <= x <= 255 for x in xs):
        raise ValueError("x values must be distinct and from 1 to 255")


def _xor(left: bytes, right: bytes) -> bytes:
    return (int.from_bytes(left) ^ int.from_bytes(right)).to_bytes(len(left))
