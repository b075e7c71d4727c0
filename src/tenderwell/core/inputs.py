"""Special field types for command inputs: an uploaded file, a long text, a choice from what is there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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


Upload = Annotated[str, Field(pattern="^[0-9a-f]{64}$"), UploadMark()]
Text = Annotated[str, LongText()]
Number = Annotated[Decimal, PlainNumber()]


def unwritable(data: BaseModel) -> tuple[Reason, ...]:
    """A reason for each field with a sign that no database and no reader can take: NUL, or half of a surrogate pair."""
    text = "This text holds a sign that cannot be shown, often left over from copying. Type the text again."
    broken = (name for name, value in data.model_dump().items() if any(map(is_broken, texts_in(value))))
    return tuple(Reason("unwritable_text", text, field=name) for name in broken)


def texts_in(value: object) -> Iterator[str]:
    """Every text in what was typed, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from texts_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from texts_in(inner)


def is_broken(text: str) -> bool:
    return "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
