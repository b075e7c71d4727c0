"""Looking for evidence in a compiled OCDS release. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tenderwell.core.words import marked as _

Release = dict[str, Any]
# Where in the record something is found, in words; the longest beginning of its path counts.
PLACES = {
    "planning": _("in the plan"),
    "planning.engagement": _("in the early notice"),
    "tender": _("in the tender"),
    "tender.documents": _("among the documents of the tender"),
    "tender.enquiries": _("in the questions and answers"),
    "tender.evaluation": _("in the evaluation"),
    "tender.openingRecord": _("in the record of the opening"),
    "awards": _("in the award"),
    "contracts": _("in the contract"),
    "contracts.amendments": _("in the changes of the contract"),
    "contracts.implementation": _("in the delivery of the contract"),
    "lessons": _("among the lessons"),
}
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

    @property
    def place(self) -> str:
        """Where it is found, in English words to be translated."""
        return PLACES[max((each for each in PLACES if f"{self.path}.".startswith(f"{each}.")), key=len)]

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
