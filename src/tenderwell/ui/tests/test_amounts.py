"""An amount is read as it was meant, in the way of writing of any country, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ui.amounts import AmbiguousAmount, NotAnAmount, read_amount

WRITTEN = [
    ("450000", "450000"),
    ("450,000.00", "450000.00"),
    ("450.000,00", "450000.00"),
    ("450 000,50", "450000.50"),
    ("1.234.567", "1234567"),
    ("1'234'567.8", "1234567.8"),
    ("٤٥٠٠٠٠٫٥", "450000.5"),
    ("12,5", "12.5"),
    ("0.125", "0.125"),
    ("-3", "-3"),
]


@pytest.mark.parametrize(("text", "amount"), WRITTEN)
def test_ways_of_writing_an_amount(text: str, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["450.000", "1,234", "-12.345"])
def test_what_may_mean_two_amounts_is_refused(text: str) -> None:
    with pytest.raises(AmbiguousAmount) as found:
        read_amount(text)
    small, large = found.value.readings
    assert large == small * 1000


@pytest.mark.parametrize("text", ["", "abc", "1,23,456", "1.2.3", "1..2", "1e9", "NaN", "--1", "12,34.56,7"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(text)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_written_in_groups_comes_back(amount: Decimal) -> None:
    assert read_amount(f"{amount:,.2f}") == amount
    assert read_amount(f"{amount:,.2f}".replace(",", " ").replace(".", ",")) == amount
