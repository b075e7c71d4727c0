"""Money is exact, and only one way of writing it is taken."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.money import Money, NotAnAmount, amount_of


@pytest.mark.parametrize("text", ["1e3", "01", "1,000", "٣", "1.", ".5", "NaN", " 1", "1_000", "+1", "", "1.23456"])
def test_another_way_of_writing_an_amount_is_refused(text: Any) -> None:
    with pytest.raises(NotAnAmount):
        amount_of(text)


@given(st.decimals("-999999999999", "999999999999", places=2))
def test_an_amount_reads_as_it_was_written(amount: Any) -> None:
    assert amount_of(f"{amount:f}") == amount


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="cannot be added"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "EUR")
