"""Special field types for command inputs: an uploaded file, a long text, a choice from what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field


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
