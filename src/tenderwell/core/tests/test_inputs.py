"""What no database and no publication takes is refused with the field's name, at any depth."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import BaseModel, ConfigDict

from tenderwell.core.inputs import unwritable


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
