"""Money: an exact amount and its currency, never a float. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,4})?")


class NotAnAmount(ValueError):
    """The text is no amount in the one form accepted: digits, optionally a point and decimals."""


@dataclass(frozen=True, order=True)
class Money:
    """amount: Decimal, without VAT unless the field says otherwise; currency: ISO 4217 code."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other).amount, self.currency)

    def times(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def _same(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return other


def amount_of(text: str) -> Decimal:
    """The exact amount that `text` states; raises NotAnAmount for anything but plain ASCII digits and a point."""
    if not PLAIN.fullmatch(text):
        raise NotAnAmount(text)
    try:
        return Decimal(text)
    except InvalidOperation as problem:
        raise NotAnAmount(text) from problem
