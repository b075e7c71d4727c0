"""Reading other publishers' releases: what is there is read exactly, what is not stays out."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tenderwell.workroom.replay import compare
from tenderwell.workroom.replay.source import instant, read, received


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2022-02-02 10:30:00.0000000", datetime(2022, 2, 2, 10, 30, tzinfo=UTC)),
        ("2021-10-29 13:35:00.3011698", datetime(2021, 10, 29, 13, 35, 0, 301169, tzinfo=UTC)),
        ("2021-12-08T17:43:33Z", datetime(2021, 12, 8, 17, 43, 33, tzinfo=UTC)),
        ("2021-12-08T13:43:33-04:00", datetime(2021, 12, 8, 17, 43, 33, tzinfo=UTC)),
        ("soon", None),
        (5, None),
    ],
)
def test_times_are_read_as_publishers_write_them(written: Any, read_as: Any) -> None:
    assert instant(written) == read_as


def test_a_time_on_the_full_minute_does_not_say_when_a_bid_came() -> None:
    assert received("2022-02-02 10:30:00.0000000") is None
    assert received("2021-10-29 13:35:00.3011698") is not None


def test_amounts_are_exact_and_text_is_trimmed() -> None:
    found = read({"tender": {"title": " Roofs ", "value": {"amount": 2715.062, "currency": "DOP"}}})
    assert (found.title, found.amount, found.currency) == ("Roofs", Decimal("2715.062"), "DOP")


@pytest.mark.parametrize("strange", [{}, {"tender": []}, {"tender": {"items": {"id": 1}}}, {"bids": {"details": [1]}}])
def test_any_shape_is_read_without_error(strange: Any) -> None:
    assert read(strange).items == ()


def test_only_what_the_source_states_is_compared() -> None:
    source = read({"tender": {"title": "Roofs"}})
    assert compare.differences(source, {"tender": {"title": "Roofs", "description": "More"}}, firms={}) == []


def test_every_field_that_came_out_otherwise_is_named() -> None:
    source = read(
        {
            "tender": {"title": "Roofs", "status": "complete", "items": [{"quantity": 2, "description": "Roof"}]},
            "bids": {"details": [{"tenderers": [{"id": "A"}], "value": {"amount": 5}, "status": "valid"}]},
        }
    )
    published = {
        "tender": {"title": "Roofs", "status": "active", "items": [{"quantity": 3, "description": "Roof"}]},
        "bids": {"details": [{"tenderers": [{"id": "X-A"}], "value": {"amount": 6}, "status": "valid"}]},
    }
    found = [each.field for each in compare.differences(source, published, firms={"A": "X-A"})]
    assert found == ["status", "items.quantity", "bids.value"]
