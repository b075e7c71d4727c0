"""A life that many tests begin with is performed once a worker; later its rows are put back as they were then.

A chapter is known by its function, what the function is given, and everything that stood in the database before. So a
test that changed anything first, be it one row, gets its chapter performed anew, and so does one that changes settings
or patches code, or whose transactions are real.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import Settings, settings
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")
Rows = Mapping[str, bytes]  # table -> its rows as PostgreSQL copies them; empty tables are left out
PLAIN = (str, int, float, Decimal, date, timedelta, Enum, type(None))


@dataclass(frozen=True)
class Chapter:
    """What a function returned, and all rows after it."""

    result: Any
    rows: Rows


first: dict[str, bytes] = {}  # the rows that the migrations make
known: dict[tuple[object, ...], Chapter] = {}
has_patched: Callable[[], bool] = bool  # whether the test that runs has patched anything


def remembered(perform: Callable[P, T]) -> Callable[P, T]:
    """Perform the function once for each state of the database that it is called in."""

    @wraps(perform)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        if not may_remember((*args, *kwargs.values())):
            return perform(*args, **kwargs)
        before = rows()
        key = (perform, repr(args), repr(sorted(kwargs.items())), *sorted(before.items()))
        if key in known:
            put_back(known[key].rows, before=before)
            result: T = deepcopy(known[key].result)
        else:
            result = perform(*args, **kwargs)
            known[key] = Chapter(deepcopy(result), rows())
        return result

    return told


def may_remember(given: tuple[object, ...]) -> bool:
    """Whether nothing but the database and plain values decides what the function does."""
    is_ordinary = isinstance(settings._wrapped, Settings) and not has_patched()  # type: ignore[misc]
    return is_ordinary and connection.in_atomic_block and all(map(is_plain, given))


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(is_plain, (*value, *value.values())))
    return all(map(is_plain, value)) if isinstance(value, tuple | list) else isinstance(value, PLAIN)


@cache
def tables() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return tuple(name for (name,) in cursor.fetchall())


def rows() -> Rows:
    """Everything in the database."""
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables())
    with connection.cursor() as cursor:
        cursor.execute(filled)
        return {name: copied(cursor, name) for (name,) in cursor.fetchall()}


def copied(cursor: Any, name: str) -> bytes:
    with cursor.copy(f'COPY "{name}" TO STDOUT (FORMAT binary)') as copy:
        return b"".join(copy)


def put_back(after: Rows, *, before: Rows) -> None:
    """Make the tables what they were; the triggers, which watch over commands, are not asked."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in sorted({name for name in {*before, *after} if before.get(name) != after.get(name)}):
            if name in before:
                cursor.execute(f'DELETE FROM "{name}"')
            if name in after:
                with cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT binary)') as copy:
                    copy.write(after[name])
        cursor.execute("SET LOCAL session_replication_role = origin")
