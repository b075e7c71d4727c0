"""Looking for evidence in a compiled OCDS release. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Release = dict[str, Any]
Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Evidence:
    """One thing a step should leave behind.

    title: what it is, in plain words. path: where OCDS keeps it, dotted, lists are walked through
    ("awards.suppliers.id"). test: what a value found there must satisfy. least: how many must be found.
    """

    title: str
    path: str
    test: Test = bool
    least: int = 1

    def found_in(self, release: Release) -> int:
        """How many fitting values there are; 0 when fewer than `least`."""
        count = sum(1 for value in walk(release, self.path.split(".")) if self.test(value))
        return count if count >= self.least else 0


def walk(value: Any, path: list[str]) -> Iterator[Any]:
    """Every value at the end of the path, through objects and lists."""
    if isinstance(value, list):
        for each in value:
            yield from walk(each, path)
    elif not path:
        if value not in (None, "", {}):
            yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from walk(value[path[0]], path[1:])


def is_one_of(*values: str) -> Test:
    """The value is one of these words."""
    return lambda value: value in values


def every(*names: str) -> Test:
    """The value is an object that has each of these fields filled."""
    return lambda value: isinstance(value, dict) and all(value.get(name) not in (None, "", []) for name in names)
