"""Reading a compiled release that may be anybody's: what is missing or misshapen is simply absent. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

Node = dict[str, Any]


def node(value: Any, *path: str) -> Node:
    """The object at the path; empty when there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def nodes(value: Any, *path: str) -> list[Node]:
    """The objects in the list at the path; a single object counts as a list of one."""
    found = node(value, *path[:-1]).get(path[-1])
    if isinstance(found, dict):
        return [found]
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def words(value: Any, *path: str) -> str:
    """The text or number at the path, as text; empty when there is none."""
    found = node(value, *path[:-1]).get(path[-1])
    return str(found).strip() if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def instant(value: Any, *path: str) -> datetime | None:
    """The time at the path, as UTC when the publisher gives no zone; None when it is none."""
    try:
        found = datetime.fromisoformat(words(value, *path))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def is_available(document: Node, now: datetime) -> bool:
    """What is withheld shows itself at its date: no one has to lift it."""
    date = instant(document, "availableDate")
    return date is None or date <= now


def money(value: Any, *path: str) -> Node | None:
    """The value {"amount", "currency"} at the path, if it has an amount."""
    found = node(value, *path)
    amount = found.get("amount")
    return found if isinstance(amount, int | float) and not isinstance(amount, bool) else None


def names(value: Any, *path: str) -> str:
    """The names of the organisations in the list at the path."""
    return ", ".join(words(each, "name") or words(each, "id") for each in nodes(value, *path))


def documents(compiled: Node) -> Iterator[Node]:
    """Every document, in the order of the process."""
    yield from nodes(compiled, "planning", "documents")
    yield from nodes(compiled, "tender", "documents")
    for award in nodes(compiled, "awards"):
        yield from nodes(award, "documents")
    for contract in nodes(compiled, "contracts"):
        yield from nodes(contract, "documents")
        yield from nodes(contract, "implementation", "documents")
