"""Canonical JSON: one form for amounts, times and empty values."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.public import ocds

RELEASE = {
    "ocid": "ocds-1",
    "id": "ocds-1-00001",
    "date": "2026-03-01T09:00:00.000Z",
    "tag": ["tender"],
    "initiationType": "tender",
}


def test_keys_are_sorted_and_amounts_are_json_numbers() -> None:
    tender = ocds.Tender(id="1", title="Café", value=ocds.Value(currency="EUR", amount=Decimal("1200.50")))
    assert ocds.canonical(tender) == '{"id":"1","title":"Café","value":{"amount":1200.5,"currency":"EUR"}}'.encode()


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**13), max_value=10**13, places=2))
def test_every_amount_with_cents_survives_exactly(amount: Decimal) -> None:
    raw = ocds.canonical(ocds.Value(amount=amount))
    assert ocds.decode(raw, ocds.Value).amount == (amount or Decimal(0))


@pytest.mark.parametrize("text", ["1234567890123456.78", "0.1234567890123456", "NaN", "Infinity", "9007199254740993"])
def test_an_amount_that_a_double_cannot_state_is_refused(text: str) -> None:
    with pytest.raises(ocds.NotOcds):
        ocds.canonical({"amount": Decimal(text)})


def test_times_are_written_in_utc_with_milliseconds() -> None:
    zone = timezone(timedelta(hours=2))
    period = ocds.Period(end_date=datetime(2026, 3, 1, 12, tzinfo=zone))
    assert ocds.plain(period) == {"endDate": "2026-03-01T10:00:00.000Z"}


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ocds.NotOcds, match="time zone"):
        ocds.plain({"date": datetime(2026, 3, 1)})  # noqa: DTZ001  the point of the test


def test_empty_values_are_left_out_but_zero_false_and_null_stay() -> None:
    given = {"a": "", "b": [], "c": {}, "d": 0, "e": False, "f": None, "g": {"h": ""}}
    assert ocds.plain(given) == {"d": 0, "e": False, "f": None}


def test_a_release_is_brought_into_the_one_form() -> None:
    given = {**RELEASE, "date": "2026-03-01T10:00:00+01:00", "parties": [], "tender": {"id": "1", "description": None}}
    assert ocds.normal_release(given) == {**RELEASE, "tender": {"id": "1", "description": None}}


@pytest.mark.parametrize(
    ("part", "where"),
    [
        ({"tender": {"id": "1", "titel": "x"}}, "titel"),
        ({"tender": {"title": "x"}}, "id"),
        ({"tender": {"id": "1", "status": "open"}}, "status"),
        ({"tag": ["tenders"]}, "tag"),
        ({"awards": [{"id": "1", "date": "yesterday"}]}, "awards"),
    ],
)
def test_a_release_with_a_wrong_field_is_refused_with_its_place(part: dict[str, object], where: str) -> None:
    with pytest.raises(ocds.NotOcds, match=where):
        ocds.normal_release({**RELEASE, **part})


def test_decoding_gives_back_what_was_written() -> None:
    release = ocds.Release(
        ocid="o",
        id="o-1",
        date=datetime(2026, 3, 1, tzinfo=UTC),
        tag=("award",),
        initiation_type="tender",
        awards=(ocds.Award(id="a", value=ocds.Value(amount=Decimal("0.1"), currency="EUR")),),
    )
    assert ocds.decode_release(ocds.canonical(release)) == release


@pytest.mark.parametrize(
    "raw", [b"{}", b"[]", b"\xff", b'{"amount": 1}', b'{"amount":1.0}', b'{"amount":"1"}', b'{"amount":NaN}']
)
def test_bytes_in_another_form_are_refused(raw: bytes) -> None:
    with pytest.raises(ocds.NotOcds):
        ocds.decode(raw, ocds.Item if raw == b"{}" else ocds.Value)


def test_frozen_criteria_are_checked_from_the_published_json() -> None:
    tree, sha256 = ocds.frozen([{"weight": Decimal("0.60"), "note": ""}])
    assert tree == [{"weight": 0.6}]
    assert ocds.digest(ocds.canonical(tree)) == sha256
