"""Reads an amount that a person typed, and refuses what could mean two amounts. Pure."""

import re
from decimal import Decimal

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]")
GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


class NotAnAmount(ValueError):
    """The text is no number."""


class AmbiguousAmount(ValueError):
    """The text means one amount in one country and another in the next; `readings` has both."""

    def __init__(self, *readings: Decimal) -> None:
        super().__init__(readings)
        self.readings = readings


def read_amount(text: str) -> Decimal:
    """The amount in the text: digits of any script, groups of three by blank, comma or point.

    Raises AmbiguousAmount for one separator with three digits after it (450.000), NotAnAmount for anything else.
    """
    plain = BLANKS.sub("", text.translate(DIGITS))
    sign = -1 if plain.startswith(("-", "−")) else 1
    plain = plain.removeprefix("-").removeprefix("−")
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        whole = Decimal(re.sub(r"[.,]", "", plain))
        raise AmbiguousAmount(sign * Decimal(plain.replace(",", ".")), sign * whole)
    if PLAIN.fullmatch(plain):
        return sign * Decimal(plain.replace(",", "."))
    if grouped := GROUPED.fullmatch(plain):
        whole_part, _, fraction = plain.partition("," if grouped[1] == "." else ".")
        return sign * Decimal(f"{whole_part.replace(grouped[1], '')}.{fraction or '0'}")
    raise NotAnAmount(text)
