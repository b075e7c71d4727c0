"""Where the money goes: a few figures and charts over the whole record, each with its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from tenderwell.public.record.models import Record
from tenderwell.ui import parts

MONTHS = 12
BUYERS = 10


@dataclass(frozen=True)
class Money:
    figures: Sequence[parts.Figure]
    charts: Sequence[parts.Chart]


def money_page() -> Money:
    """Three queries, whatever the size of the record."""
    months = list(
        Record.objects.annotate(month=TruncMonth("published"))
        .values("month")
        .annotate(count=Count("ocid"))
        .order_by("-month")
    )[:MONTHS]
    methods = list(Record.objects.exclude(method="").values("method").annotate(count=Count("ocid")).order_by("-count"))
    buyers = list(
        Record.objects.exclude(amount=None)
        .values("buyer_name", "currency")
        .annotate(total=Sum("amount"))
        .order_by("-total")[:BUYERS]
    )
    total = sum(row["count"] for row in methods)
    open_share = sum(row["count"] for row in methods if row["method"] == "open") / total if total else 0
    figures = [
        parts.Figure(total, _("processes with a known procedure")),
        parts.Figure(f"{open_share:.0%}", _("open to every firm")),
    ]
    return Money(figures, [chart for chart in (by_month(months), by_buyer(buyers)) if chart])


def by_month(rows: Sequence[Mapping[str, Any]]) -> parts.Chart | None:
    if not rows:
        return None
    ordered = list(reversed(rows))
    return parts.Chart(
        kind="columns",
        title=_("New processes each month"),
        description=_("One column for each month, the latest at the end."),
        unit=_("processes"),
        labels=[f"{row['month']:%Y-%m}" for row in ordered],
        series=[parts.Series(_("Processes"), [float(str(row["count"])) for row in ordered])],
        axis=_("Month"),
    )


def by_buyer(rows: Sequence[Mapping[str, Any]]) -> parts.Chart | None:
    """The largest buyers in the currency that most of them use; sums of different currencies are never mixed."""
    if not rows:
        return None
    currency = max((row["currency"] for row in rows), key=[row["currency"] for row in rows].count)
    chosen = [row for row in rows if row["currency"] == currency]
    return parts.Chart(
        kind="bars",
        title=_("Estimated value by buyer"),
        description=_("One bar for each buyer, the largest first."),
        unit=str(currency),
        labels=[str(row["buyer_name"]) for row in chosen],
        series=[parts.Series(_("Estimated value"), [float(str(row["total"])) for row in chosen])],
        axis=_("Buyer"),
    )
