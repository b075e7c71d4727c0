"""Fields read what people type, and say what is wrong with it."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tenderwell.ui.fields import DateField, MomentField, MoneyField, UploadField, WholeNumberField

MADRID = ZoneInfo("Europe/Madrid")


def refusal(field: forms.Field, value: object) -> str:
    with pytest.raises(forms.ValidationError) as found:
        field.clean(value)
    return str(found.value.error_list[0].code)


def test_a_date_in_three_fields() -> None:
    assert DateField().clean(["16", "12", "2026"]) == dt.date(2026, 12, 16)
    assert DateField().clean(["١٦", "١٢", "٢٠٢٦"]) == dt.date(2026, 12, 16)
    assert DateField(required=False).clean(["", "", ""]) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["", "", ""], "required"),
        (["16", "", "2026"], "incomplete"),
        (["31", "2", "2026"], "invalid"),
        (["16", "12", "26"], "invalid"),
        (["x", "12", "2026"], "invalid"),
    ],
)
def test_a_date_that_is_none_is_refused(typed: list[str], code: str) -> None:
    assert refusal(DateField(), typed) == code


def test_a_moment_is_typed_in_its_zone_and_kept_in_utc() -> None:
    found = MomentField(zone=MADRID).clean(["16", "12", "2026", "14:30"])
    assert found == dt.datetime(2026, 12, 16, 13, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (["29", "3", "2026", "2:30"], "skipped"),
        (["25", "10", "2026", "2:30"], "skipped"),
        (["16", "12", "2026", ""], "time"),
        (["16", "12", "2026", "25:00"], "time"),
        (["", "", "", "14:00"], "incomplete"),
    ],
)
def test_a_moment_that_is_none_or_two_is_refused(typed: list[str], code: str) -> None:
    assert refusal(MomentField(zone=MADRID), typed) == code


def test_money_is_exact_and_never_guessed() -> None:
    field = MoneyField(currency="USD", maximum=Decimal(1000000))
    assert field.clean("450 000,10") == Decimal("450000.10")
    codes = [refusal(field, text) for text in ("450.000", "x", "0.001", "-1", "1000001", "")]
    assert codes == ["ambiguous", "invalid", "places", "min_value", "max_value", "required"]


def test_a_file_is_refused_by_type_and_size() -> None:
    field = UploadField(types=(".csv",), max_bytes=4)
    assert field.clean(SimpleUploadedFile("a.CSV", b"1234")).name == "a.CSV"
    assert refusal(field, SimpleUploadedFile("a.exe", b"1")) == "type"
    assert refusal(field, SimpleUploadedFile("a.csv", b"12345")) == "size"


def test_a_count_in_digits_of_another_script() -> None:
    assert WholeNumberField().clean(" ١٢ ") == 12
    assert WholeNumberField(required=False).clean("") is None
