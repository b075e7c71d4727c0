"""What an address asks for: its parameters as typed values, or every reason why they are not understood."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext_noop as _

from tenderwell.core.errors import Reason, Refused
from tenderwell.core.money import NotAnAmount, amount_of
from tenderwell.public.record.search import SORTS, SearchQuery, Sort

T = TypeVar("T")
MOST = 1000
LONGEST_TEXT = 300


def search_query(given: Mapping[str, str], *, now: datetime) -> SearchQuery:
    """The search in an address's parameters, the same for pages, feed and table; raises Refused with every reason.

    Parameters: q, code, stage, status, method, category, buyer, source, currency, value_from, value_to, closes_from,
    closes_to, published_from, published_to, open (1), sort, page, size.
    """
    reasons: list[Reason] = []
    read = _Reader(given, reasons)
    text = partial(_text, given)
    query = SearchQuery(
        words=text("q"),
        code=text("code"),
        stage=text("stage"),
        status=text("status"),
        method=text("method"),
        category=text("category"),
        currency=text("currency"),
        buyer=text("buyer"),
        source=text("source"),
        value_from=read("value_from", an_amount, None),
        value_to=read("value_to", an_amount, None),
        closes_from=read("closes_from", an_instant, None),
        closes_to=read("closes_to", an_end, None),
        published_from=read("published_from", an_instant, None),
        published_to=read("published_to", an_end, None),
        is_open_at=now if given.get("open") == "1" else None,
        sort=read("sort", a_sort, SORTS[0]),
        page=read("page", a_count, 1),
        size=read("size", a_count, 20),
    )
    if reasons:
        raise Refused(*reasons)
    return query


def place_and_dates(given: Mapping[str, str]) -> tuple[int | None, datetime | None, datetime | None, int]:
    """cursor, from, until and limit of a list of releases; raises Refused with every reason."""
    reasons: list[Reason] = []
    read = _Reader(given, reasons)
    asked = (
        read("cursor", a_place, None),
        read("from", an_instant, None),
        read("until", an_end, None),
        read("limit", a_count, 100),
    )
    if reasons:
        raise Refused(*reasons)
    return asked


def _text(given: Mapping[str, str], name: str) -> str:
    return given.get(name, "").replace("\x00", "").strip()[:LONGEST_TEXT]


@dataclass(frozen=True)
class _Reader:
    """Reads parameters and collects the reasons about those that are not understood."""

    given: Mapping[str, str]
    reasons: list[Reason]

    def __call__(self, name: str, form: Callable[[str], T], otherwise: T) -> T:
        try:
            return form(self.given[name].strip()) if self.given.get(name, "").strip() else otherwise
        except (ValueError, OverflowError):
            self.reasons.append(not_understood(name))
            return otherwise


def not_understood(name: str) -> Reason:
    """The reason about one parameter."""
    text = _("{name} is not understood. Write dates as 2026-03-31, amounts as 1500.00 and numbers without signs.")
    return Reason("opendata.not_understood", text, field=name, values={"name": name})


def an_instant(text: str) -> datetime:
    """A date, or a time of day with or without a zone; UTC where none is given."""
    found = datetime.fromisoformat(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def an_end(text: str) -> datetime:
    """The instant before which something lies: a date means to the end of that day."""
    return an_instant(text) + timedelta(days=1) if len(text) == len("2026-03-31") else an_instant(text)


def an_amount(text: str) -> Decimal:
    try:
        return amount_of(text)
    except NotAnAmount as problem:
        raise ValueError(text) from problem


def a_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= MOST:
        raise ValueError(text)
    return int(text)


def a_place(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ValueError(text)
    return int(text)


def a_sort(text: str) -> Sort:
    return SORTS[SORTS.index(text)]
