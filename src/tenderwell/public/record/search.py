"""Search over the record: words, codes, filters, order, and how many there are of each kind."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, get_args

from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from tenderwell.public.record import analyser
from tenderwell.public.record.models import Record

Sort = Literal["newest", "closing", "value", "relevance"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FACETS = ("stage", "status", "method", "category", "source", "buyer")
MOST_OF_A_FACET = 20
LARGEST_PAGE = 100


@dataclass(frozen=True)
class SearchQuery:
    """What is asked. Empty texts and None set no condition.

    code: the beginning of a classification code; buyer: the id of an organisation; source: a publisher's name, or
    "own"; is_open_at: still open for bids at this instant; value_*: in whatever currency, unless `currency` says;
    page: from 1.
    """

    words: str = ""
    code: str = ""
    stage: str = ""
    status: str = ""
    method: str = ""
    category: str = ""
    buyer: str = ""
    source: str = ""
    currency: str = ""
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    closes_from: datetime | None = None
    closes_to: datetime | None = None
    published_from: datetime | None = None
    published_to: datetime | None = None
    is_open_at: datetime | None = None
    sort: Sort = "newest"
    page: int = 1
    size: int = 20


@dataclass(frozen=True)
class Count:
    """How many hits have this value. label: a name for people where the value is an id."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Found:
    """One page of hits, without bodies, and the counts over all pages."""

    hits: list[Record]
    total: int
    page: int
    pages: int
    facets: dict[str, list[Count]] = field(default_factory=dict)


def search(query: SearchQuery) -> Found:
    """One page of records and the counts of all. Two queries."""
    found = matching(query)
    total, facets = count(found)
    size = max(1, min(query.size, LARGEST_PAGE))
    pages = max(1, -(-total // size))
    page = max(1, min(query.page, pages))
    hits = list(ordered(found, query)[(page - 1) * size : page * size]) if total else []
    return Found(hits, total, page, pages, facets)


def matching(query: SearchQuery) -> QuerySet[Record]:
    """The records that meet every condition, without their bodies."""
    ranges = {
        "amount__gte": query.value_from,
        "amount__lte": query.value_to,
        "closes__gte": query.closes_from,
        "closes__lt": query.closes_to,
        "published__gte": query.published_from,
        "published__lt": query.published_to,
    }
    equal = {name: getattr(query, name) for name in ("stage", "status", "method", "category", "currency")}
    conditions = {name: value for name, value in {**ranges, **equal}.items() if value not in ("", None)}
    found = Record.objects.defer("body", "search").filter(**conditions)
    if query.buyer:
        found = found.filter(buyer_id=query.buyer)
    if query.source:
        found = found.filter(source="" if query.source == "own" else query.source)
    if query.is_open_at:
        found = found.filter(status="active", closes__gt=query.is_open_at)
    return with_words(found, query)


def with_words(found: QuerySet[Record], query: SearchQuery) -> QuerySet[Record]:
    """Only those with all words and the code; nothing is found by words that hold no letter or digit."""
    text = analyser.query(query.words, code=query.code)
    if not text:
        return found.none() if query.words.strip() else found
    return found.filter(RawSQL("search @@ %s::tsquery", (text,), output_field=BooleanField()))


def ordered(found: QuerySet[Record], query: SearchQuery) -> QuerySet[Record]:
    """Sorted as asked, always to the end, so that pages do not overlap."""
    text = analyser.query(query.words, code=query.code)
    if query.sort == "relevance" and text:
        rank = SearchRank(F("search"), RawSQL("%s::tsquery", (text,)))
        return found.annotate(rank=rank).order_by("-rank", "-published", "ocid")
    orders: dict[str, Any] = {
        "closing": (F("closes").asc(nulls_last=True), "ocid"),
        "value": (F("amount").desc(nulls_last=True), "ocid"),
    }
    return found.order_by(*orders.get(query.sort, ("-published", "ocid")))


def count(found: QuerySet[Record]) -> tuple[int, dict[str, list[Count]]]:
    """How many in all, and of each value of each facet. One query, or none where nothing can match."""
    if found.query.is_empty():
        return 0, {name: [] for name in FACETS}
    columns = found.order_by().values("stage", "status", "method", "category", "source", "buyer_id", "buyer_name")
    inner, given = columns.query.sql_with_params()
    statement = f"""
        SELECT grouping(stage, status, method, category, source, buyer_id), stage, status, method, category, source,
               buyer_id, max(buyer_name), count(*)
        FROM ({inner}) AS found
        GROUP BY GROUPING SETS ((), (stage), (status), (method), (category), (source), (buyer_id))
        ORDER BY count(*) DESC, 2, 3, 4, 5, 6, 7"""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return read_counts(cursor.fetchall())


def read_counts(rows: list[tuple[Any, ...]]) -> tuple[int, dict[str, list[Count]]]:
    """The rows of GROUPING SETS: a bit is 0 for the column by which the row counts."""
    total = 0
    facets: dict[str, list[Count]] = {name: [] for name in FACETS}
    for mask, *values, buyer_name, number in rows:
        if mask == 2 ** len(FACETS) - 1:
            total = number
            continue
        place = next(at for at in range(len(FACETS)) if not mask >> (len(FACETS) - 1 - at) & 1)
        name, value = FACETS[place], values[place]
        if (value or name == "source") and len(facets[name]) < MOST_OF_A_FACET:
            facets[name].append(Count(value or "own", buyer_name if name == "buyer" else value, number))
    return total, facets
