"""Special field types for command inputs: an uploaded file, a long text, a choice from what is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, Field

from tenderwell.core.errors import Reason


@dataclass(frozen=True)
class UploadMark:
    """The field is the SHA-256 of a stored file: a file field on pages, an earlier upload in the API."""

    accept: str = ""
    limit: int = 50_000_000


@dataclass(frozen=True)
class LongText:
    """Several lines on the page, with a counter when the field has a max_length."""

    rows: int = 5


@dataclass(frozen=True)
class PlainNumber:
    """The Decimal is no amount of money: no currency stands in front of it."""


@dataclass(frozen=True)
class ChoicesFrom:
    """The page offers these choices: function(process, actor) -> [(value, label)]; the API takes the value."""

    options: Callable[[Any, Any], list[tuple[str, str]]]


YEARS = range(1990, 2201)
NO_ZONE = "Give the time with its zone, such as 2026-05-01T10:00:00+03:00."
UNREAL = "Give a year between {first} and {last}."
Upload = Annotated[str, Field(pattern="^[0-9a-f]{64}$"), UploadMark()]
Text = Annotated[str, LongText()]
Number = Annotated[Decimal, PlainNumber()]
MOST_DIGITS = 15  # significant; see public.ocds.canonical


def unwritable(data: BaseModel) -> tuple[Reason, ...]:
    """A reason for each field with a sign that no database takes (NUL, half a surrogate pair) or with too many digits.

    A JSON number carries 15 significant digits exactly; with more, what is published would not be what was typed.
    """
    broken = "This text holds a sign that cannot be shown, often left over from copying. Type the text again."
    long = "A number with more than 15 digits cannot be published exactly. Write it with fewer."
    given = data.model_dump().items()
    texts = (name for name, value in given if any(isinstance(each, str) and is_broken(each) for each in leaves(value)))
    numbers = (
        name for name, value in given if any(isinstance(each, Decimal) and is_long(each) for each in leaves(value))
    )
    return (
        *(Reason("unwritable_text", broken, field=name) for name in texts),
        *(Reason("too_many_digits", long, field=name) for name in numbers),
    )


def unreal(data: BaseModel) -> tuple[Reason, ...]:
    """A reason for each field with a time that no clock shows: without its zone, or in a year that no law counts in."""
    given = data.model_dump().items()
    times = ((name, each) for name, value in given for each in leaves(value) if isinstance(each, date))
    texts = {"no_zone": NO_ZONE, "unreal_time": UNREAL}
    values = {"first": str(YEARS[0]), "last": str(YEARS[-1])}
    return tuple(
        Reason(flaw, texts[flaw], field=name, values=values) for name, each in times if (flaw := time_flaw(each))
    )


def time_flaw(moment: date) -> str:
    """ "" when there is none."""
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return "no_zone"
    return "" if moment.year in YEARS else "unreal_time"


def leaves(value: object) -> Iterator[object]:
    """Everything that was typed, at any depth; names of fields too."""
    if isinstance(value, Mapping):
        yield from leaves([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def is_long(number: Decimal) -> bool:
    return len(number.normalize().as_tuple().digits) > MOST_DIGITS


def is_broken(text: str) -> bool:
    return "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
