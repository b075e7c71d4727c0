"""Search: words, codes, filters, order, counts."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tenderwell.public.record.search import SearchQuery, search
from tenderwell.public.record.tests.making import publish, release, tender

pytestmark = pytest.mark.django_db


def process(number: int, **fields: Any) -> dict[str, Any]:
    buyer: dict[str, Any] = {"buyer": {"id": f"B-{number % 2}", "name": f"Buyer {number % 2}"}}
    return release(1, ocid=f"ocds-x7k2mq-{number}", **tender(**fields), **buyer)


def item(code: str, description: str = "") -> dict[str, Any]:
    return {"id": "1", "description": description or None, "classification": {"scheme": "CPV", "id": code}}


@pytest.fixture
def records() -> None:
    closing = {"tenderPeriod": {"endDate": "2026-04-01T12:00:00.000Z"}}
    euro = {"currency": "EUR"}
    publish(
        process(1, title="Repair of schools", status="active", value={"amount": 100, **euro}, **closing),
        process(2, title="Road works", status="active", items=[item("45233120", "Asphalt")], procurementMethod="open"),
        process(
            3, title="Bridge", description="A bridge for a school", status="complete", value={"amount": 900, **euro}
        ),
    )


def titles(query: SearchQuery) -> list[str]:
    return [record.title for record in search(query).hits]


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (SearchQuery(words="school", sort="relevance"), ["Repair of schools", "Bridge"]),
        (SearchQuery(words="asph"), ["Road works"]),
        (SearchQuery(words="school bridge"), ["Bridge"]),
        (SearchQuery(words="nothing here"), []),
        (SearchQuery(words="?!"), []),
        (SearchQuery(code="4523"), ["Road works"]),
        (SearchQuery(status="complete"), ["Bridge"]),
        (SearchQuery(method="open"), ["Road works"]),
        (SearchQuery(value_from=Decimal(101)), ["Bridge"]),
        (SearchQuery(buyer="B-0"), ["Road works"]),
        (SearchQuery(is_open_at=datetime(2026, 4, 1, 11, 59, tzinfo=UTC)), ["Repair of schools"]),
        (SearchQuery(is_open_at=datetime(2026, 4, 1, 12, tzinfo=UTC)), []),
        (SearchQuery(sort="closing", size=1), ["Repair of schools"]),
        (SearchQuery(sort="value", size=2), ["Bridge", "Repair of schools"]),
        (SearchQuery(words="ocds x7k2mq 3"), ["Bridge"]),
    ],
)
def test_a_search_finds(query: SearchQuery, expected: list[str]) -> None:
    assert titles(query) == expected


@pytest.mark.usefixtures("records")
def test_counts_are_over_all_pages() -> None:
    found = search(SearchQuery(size=1))
    assert (found.total, found.pages) == (3, 3)
    assert [(count.value, count.count) for count in found.facets["status"]] == [("active", 2), ("complete", 1)]
    assert [(count.value, count.label, count.count) for count in found.facets["buyer"]][0] == ("B-1", "Buyer 1", 2)
    assert [(count.value, count.count) for count in found.facets["source"]] == [("own", 3)]


@pytest.mark.usefixtures("records")
def test_a_page_past_the_end_is_the_last_page() -> None:
    assert search(SearchQuery(size=2, page=99)).page == 2


@pytest.mark.usefixtures("records")
def test_a_search_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        search(SearchQuery(words="school", sort="relevance"))


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("words", ["'", "\\", "' | '", "a:*", "!school", "\x00", "a" * 5000, "' || pg_sleep(9) || '"])
def test_no_words_break_a_search(words: str) -> None:
    search(SearchQuery(words=words, sort="relevance"))
