"""What all parts of a release share: frozen, names as OCDS writes them, unknown fields refused. Pure."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]  # ISO 4217
Instant = Annotated[datetime, Meta(tz=True)]  # aware; written in UTC
Number = Decimal


def ocds_name(name: str) -> str:
    """award_id -> awardID, tender_period -> tenderPeriod."""
    first, *others = name.split("_")
    return first + "".join("ID" if word == "id" else word.capitalize() for word in others)


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, rename=ocds_name):
    """A part of a release. Absent is None or (); to take a published field back, publish null in a plain dict."""
