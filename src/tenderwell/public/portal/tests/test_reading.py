"""Other publishers' data may hold anything: pages read it without error and link only where it is safe."""

from typing import Any

import pytest

from tenderwell.public.portal import brief, delivery, notice, planning, results
from tenderwell.public.portal.reading import documents, instant, money, names, nodes, words

STRANGE = [
    {},
    {"tender": None, "awards": None, "contracts": [1, None], "bids": []},
    {"tender": {"items": "x", "lots": [[]], "documents": {"title": 5}, "evaluation": {"criteria": [None]}}},
    {"contracts": [{"implementation": [], "amendments": [{"date": "x"}], "period": {"startDate": 5}}]},
    {"awards": [{"suppliers": {"name": "A"}, "relatedLots": "x", "value": {"amount": "9"}}]},
    {"planning": {"team": [{"role": 5}], "outcomes": {"title": "T"}, "costLines": [{"value": {"amount": True}}]}},
    {"bids": {"details": [{"value": {"amount": 5}}, {"value": {"amount": None}}, "x"]}},
]


SHOWS = (
    *(notice.key_facts, notice.lots, notice.items, notice.document_rows, notice.date_rows, notice.amendments),
    *(planning.needs, planning.outcomes, planning.costs, planning.route, planning.team, planning.comments),
    *(results.bids, results.bid_chart, results.scores, results.awards, results.complaints, results.opening),
    *(results.score_chart, results.score_reasons, delivery.contracts, brief.answers, brief.requirements),
)


@pytest.mark.parametrize("strange", STRANGE)
def test_any_shape_is_shown_without_error(strange: Any) -> None:
    for show in SHOWS:
        show(strange)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x", ""])
def test_only_addresses_of_the_web_become_links(url: Any) -> None:
    assert notice.document_rows({"tender": {"documents": [{"title": "T", "url": url}]}}) == []


def test_what_is_missing_is_empty() -> None:
    assert (words({}, "a", "b"), nodes({}, "a"), money({"a": {"amount": "5"}}, "a")) == ("", [], None)
    assert names({"s": [{"id": "X"}, {"name": "Y"}]}, "s") == "X, Y"
    assert list(documents({"awards": [{"documents": [{"id": "1"}]}]})) == [{"id": "1"}]


@pytest.mark.parametrize(("written", "found"), [("2026-01-01", True), ("2026-01-01T10:00:00Z", True), ("soon", False)])
def test_a_time_without_a_zone_is_utc(written: Any, found: Any) -> None:
    when = instant({"d": written}, "d")
    assert bool(when and when.tzinfo) is found
