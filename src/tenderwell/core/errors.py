"""Every refusal the domain can give. Edges translate them; nobody else does. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as has
from datetime import date, datetime
from decimal import Decimal

# A text; words of ours, to be translated one by one; a day; an instant; a number.
Value = str | tuple[str, ...] | date | Decimal


@dataclass(frozen=True)
class Reason:
    """Why a step is refused.

    code: stable, for the API and tests. text: for people, says what to do next; edges translate it and then
    fill its {names} from `values`. source: the law or guideline that asks for it.
    field: the input field it is about, for the error summary.
    """

    code: str
    text: str
    source: str = ""
    field: str = ""
    values: Mapping[str, Value] = has(default_factory=dict)

    @property
    def message(self) -> str:
        """The text in the language it was written in, filled."""
        return self.text.format(**{name: plain(value) for name, value in self.values.items()})


def plain(value: Value) -> str:
    """The value in English; an instant with its distance to UTC: "2026-04-01 10:00 UTC+03:00"."""
    if isinstance(value, datetime):
        offset = f"{value:%z}"
        return f"{value:%Y-%m-%d %H:%M} UTC{offset[:3]}:{offset[3:5]}"
    if isinstance(value, str | Decimal):
        return f"{value}"
    return value.isoformat() if isinstance(value, date) else ", ".join(value)


class Refused(Exception):
    """The rules do not allow this step now. Carries every reason, not only the first."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons = reasons


class NothingRecorded(RuntimeError):
    """A command finished without recording an event: a programming error."""


class NoSuchSubject(LookupError):
    """There is no process or organisation with that public identifier."""


def refuse_any(*reasons: Reason | None) -> None:
    """Raise `Refused` with every reason that is not None; return when there is none."""
    found = [reason for reason in reasons if reason]
    if found:
        raise Refused(*found)
