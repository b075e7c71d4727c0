"""What no database, no publication and no clock takes is refused with the field's name, at any depth."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import BaseModel, ConfigDict

from tenderwell.core.inputs import unreal, unwritable


class Row(BaseModel):
    title: str


class Form(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    title: str = ""
    rows: list[Row] = []
    answers: dict[str, str] = {}
    amount: Decimal = Decimal(0)
    amounts: list[Decimal] = []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Form(title="a\0b"), "title"),
        (Form(rows=[Row(title="fine"), Row(title="\0")]), "rows"),
        (Form(answers={"q\0": "yes"}), "answers"),
        (Form.model_construct(title="\ud800"), "title"),
        (Form(amount=Decimal("1234567890123.456")), "amount"),
        (Form(amounts=[Decimal(1), Decimal("-0.1234567890123456")]), "amounts"),
    ],
)
def test_the_field_with_the_sign_is_named(typed: Form, field: str) -> None:
    assert [reason.field for reason in unwritable(typed)] == [field]


@pytest.mark.parametrize("amount", ["0", "999999999999.999", "12345678901234500000000", "1.50000000000000000000"])
def test_a_number_of_fifteen_digits_is_taken_however_it_is_written(amount: str) -> None:
    assert unwritable(Form(amount=Decimal(amount))) == ()


@given(some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_every_text_that_can_be_kept_is_taken(text: str) -> None:
    assert unwritable(Form(title=text)) == ()
    assert text.encode().decode() == text


class Dates(BaseModel):
    closes_at: datetime
    rows: list[dict[str, date]] = []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2026-05-01T10:00:00", "no_zone"),
        ("9999-12-31T23:59:59Z", "unreal_time"),
        ("0001-01-01T00:00:00Z", "unreal_time"),
    ],
)
def test_a_time_that_no_clock_shows_is_told_with_its_field(typed: Any, code: str) -> None:
    (reason,) = unreal(Dates(closes_at=typed))
    assert (reason.code, reason.field) == (code, "closes_at")
    assert "{" not in reason.message


def test_times_are_looked_at_in_rows_too() -> None:
    typed = Dates(closes_at=datetime(2026, 5, 1, tzinfo=UTC), rows=[{"on": date(2026, 5, 1)}, {"on": date(1, 1, 1)}])
    assert [reason.field for reason in unreal(typed)] == ["rows"]
