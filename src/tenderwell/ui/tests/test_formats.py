"""Amounts, numbers and times read right in every language."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from tenderwell.ui import formats
from tenderwell.ui.templatetags import ui

NAIROBI = ZoneInfo("Africa/Nairobi")
NOON = dt.datetime(2026, 12, 16, 11, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "USD 1,240,000"), ("ar", "USD 1,240,000"), ("fr", "1 240 000 USD"), ("es", "1.240.000 USD")],
)
def test_money_carries_the_code_of_its_currency(language: str, text: str) -> None:
    with translation.override(language):
        shown = formats.money(Decimal(1240000), currency="USD")
    assert " ".join(shown.split(">")[1].split("<")[0].split()) == text


def test_money_of_a_release_and_of_nothing() -> None:
    with translation.override("en"):
        assert "EUR\xa010.50" in ui.money({"amount": Decimal("10.50"), "currency": "EUR"})
        assert ui.money(None) == ui.money({"currency": "EUR"}) == "–"


@pytest.mark.parametrize("language", ["en", "fr", "es", "ru", "ar", "zh-hans"])
def test_digits_are_western_and_months_are_words(language: str) -> None:
    with translation.override(language):
        shown = formats.day_text(NOON.date(), style="medium") + formats.moment_text(NOON, zone=NAIROBI)
    assert "2026" in shown
    assert "UTC+03:00" in shown
    assert "/" not in shown


def test_a_moment_is_shown_in_its_zone_with_its_distance_to_utc() -> None:
    with translation.override("en"):
        shown = formats.moment(NOON, zone=NAIROBI)
    assert 'datetime="2026-12-16T14:00+03:00">16 December 2026, 14:00</time>' in shown
    assert "UTC+03:00" in shown


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (dt.timedelta(days=23, hours=2), "23 days left"),
        (dt.timedelta(days=1), "1 day left"),
        (dt.timedelta(hours=23, minutes=59), "23 hours left"),
        (dt.timedelta(minutes=2), "2 minutes left"),
        (SECOND, "1 minute left"),
        (dt.timedelta(0), "closed"),
        (-SECOND, "closed"),
    ],
)
def test_the_time_left_ends_at_the_instant(left: dt.timedelta, text: str) -> None:
    with translation.override("en"):
        assert ui.days_left(NOON, NOON - left) == text


@pytest.mark.parametrize(("size", "text"), [(0, "0 B"), (1023, "1,023 B"), (96_000, "94 KB"), (3_870_000, "3.7 MB")])
def test_sizes(size: int, text: str) -> None:
    with translation.override("en"):
        assert text in formats.file_size(size)


def test_percent_has_a_decimal_place_only_when_needed() -> None:
    with translation.override("en"):
        assert [formats.percent(Decimal(share)) for share in ("0.25", "0.115")] == ["25%", "11.5%"]


def test_a_text_in_another_language_says_so() -> None:
    record = {"language": "en", "title": "Schools", "title_fr": "Écoles"}
    with translation.override("fr"):
        assert ui.tr(record, "title") == "Écoles"
    with translation.override("ar"):
        assert ui.tr(record, "title") == '<span lang="en" dir="ltr">Schools</span>'
