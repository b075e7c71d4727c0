"""One form for every published value: plain JSON values, canonical bytes, their digest, and the strict way back. Pure.

Amounts are exact decimals in Python and JSON numbers in public. RFC 8785 writes numbers as ECMAScript doubles, so a
decimal is accepted only if it has at most 15 significant digits and comes back from its double unchanged: then the
shortest text of the double is the decimal itself. Anything else is refused, never rounded.

Times are written in UTC to the millisecond: 2026-03-01T09:00:00.000Z. Format: RFC 8785, RFC 3339.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar

import msgspec
import rfc8785

T = TypeVar("T")
Json = Any  # None, bool, int, float, str, and lists and dicts of them; mypy has no good name for it

MOST_DIGITS = 15
KEPT = (Decimal, datetime)


class NotOcds(ValueError):
    """The value cannot be published: a field, type or number that our OCDS does not know. Says where."""


def number(value: Decimal | int) -> int | float:
    """The JSON number that states `value` exactly; raises NotOcds when no double of 15 digits does."""
    exact = Decimal(value)
    if not exact.is_finite():
        raise NotOcds(f"{value} is no amount")
    digits = exact.normalize().as_tuple().digits
    if len(digits) > MOST_DIGITS or Decimal(repr(float(exact))) != exact:
        raise NotOcds(f"{value} has more than {MOST_DIGITS} significant digits: it would not survive as a JSON number")
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**MOST_DIGITS else float(exact)


def instant(value: datetime) -> str:
    """RFC 3339 in UTC with milliseconds; raises NotOcds for a time without zone."""
    if value.tzinfo is None:
        raise NotOcds(f"{value} has no time zone")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(value: object) -> Json:
    """JSON values only, from structs or from dicts that hold structs, decimals and times; empty values are left out."""
    return _plain(msgspec.to_builtins(value, builtin_types=KEPT, str_keys=True))


def _plain(value: Json) -> Json:
    if isinstance(value, dict):
        parts = {key: _plain(part) for key, part in value.items()}
        return {key: part for key, part in parts.items() if not _is_empty(part)}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return number(value)
    return instant(value) if isinstance(value, datetime) else value


def _is_empty(value: Json) -> bool:
    """Empty texts, lists and objects say nothing and are flaws in OCDS; null, zero and false do say something."""
    return isinstance(value, str | list | dict) and not value


def canonical(value: object) -> bytes:
    """The one sequence of bytes that states `value`: hashed, stored and served. Raises NotOcds."""
    try:
        return rfc8785.dumps(plain(value))
    except rfc8785.CanonicalizationError as error:
        raise NotOcds(str(error)) from error


def digest(raw: bytes) -> str:
    """Lower-case hex SHA-256."""
    return sha256(raw).hexdigest()


def typed(value: object, form: type[T]) -> T:
    """`value` as the struct `form`; raises NotOcds naming the field that is unknown, missing or of a wrong type."""
    try:
        return msgspec.convert(plain(value), form)
    except msgspec.ValidationError as error:
        raise NotOcds(str(error)) from error


def normal(value: object, form: type[T]) -> dict[str, Json]:
    """`value` checked as `form` and written in the one form: times in UTC, numbers as numbers, nulls kept."""
    given = plain(value)
    written: dict[str, Json] = _with_nulls(plain(typed(given, form)), given)
    return written


def _with_nulls(written: Json, given: Json) -> Json:
    """A null takes a field out of the compiled record; structs cannot tell it from an absent one."""
    if isinstance(given, dict) and isinstance(written, dict):
        parts = {key: _with_nulls(written.get(key), part) for key, part in given.items()}
        return {**written, **parts}
    if isinstance(given, list) and isinstance(written, list):
        return [_with_nulls(*pair) for pair in zip(written, given, strict=True)]
    if isinstance(given, dict) and written is None:
        return given
    return written


def decode(raw: bytes, form: type[T]) -> T:
    """The struct in canonical bytes; raises NotOcds for any other form, unknown field or wrong type."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except ValueError as error:
        raise NotOcds(str(error)) from error
    if canonical(normal(value, form)) != raw:
        raise NotOcds("not in canonical form")
    return typed(value, form)


def _refuse(word: str) -> Json:
    raise NotOcds(f"{word} is no JSON")


def frozen(tree: object) -> tuple[Json, str]:
    """JSON values to publish and the digest that anybody recomputes from what was published."""
    raw = canonical(tree)
    return json.loads(raw), digest(raw)
