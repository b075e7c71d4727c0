"""Where the money goes: a few figures and charts over the whole record, each with its table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from tenderwell.public.record import reading
from tenderwell.public.record.models import Record
from tenderwell.ui import parts

MONTHS = 12
CURRENCIES = 3
BUYERS = 10


@dataclass(frozen=True)
class Money:
    figures: Sequence[parts.Figure]
    charts: Sequence[parts.Chart]
    processes: int  # behind the figures
    releases: int  # that the processes are merged from, each an entry of the ledger


def money_page() -> Money:
    """Five queries, whatever the size of the record."""
    months = list(
        Record.objects.annotate(month=TruncMonth("published"))
        .values("month")
        .annotate(count=Count("ocid"))
        .order_by("-month")[:MONTHS]
    )
    methods = list(Record.objects.exclude(method="").values("method").annotate(count=Count("ocid")).order_by("-count"))
    buyers = list(
        Record.objects.exclude(amount=None)
        .values("buyer_name", "currency")
        .annotate(total=Sum("amount"))
        .order_by("-total")
    )
    currencies = [name for name, _count in Counter(row["currency"] for row in buyers).most_common(CURRENCIES)]
    total = sum(row["count"] for row in methods)
    open_share = sum(row["count"] for row in methods if row["method"] == "open") / total if total else 0
    figures = [
        parts.Figure(total, _("processes with a known procedure")),
        parts.Figure(f"{open_share:.0%}", _("open to every firm")),
    ]
    charts = [by_month(months), by_method(methods), *(by_buyer(buyers, currency) for currency in currencies)]
    return Money(figures, [chart for chart in charts if chart], Record.objects.count(), reading.how_many())


def by_month(rows: Sequence[Mapping[str, Any]]) -> parts.Chart | None:
    if not rows:
        return None
    counts = {(row["month"].year, row["month"].month): row["count"] for row in rows}
    shown = months_until(max(counts))
    return parts.Chart(
        kind="columns",
        title=_("New processes each month"),
        description=_("One column for each month, the latest at the end."),
        unit=_("processes"),
        labels=[f"{year}-{month:02}" for year, month in shown],
        series=[parts.Series(_("Processes"), [float(counts.get(each, 0)) for each in shown])],
        axis=_("Month"),
    )


def months_until(last: tuple[int, int]) -> list[tuple[int, int]]:
    """The twelve months up to this one, those in which nothing happened among them."""
    year, month = last
    numbers = range(year * 12 + month - MONTHS, year * 12 + month)
    return [(number // 12, number % 12 + 1) for number in numbers]


def by_buyer(rows: Sequence[Mapping[str, Any]], currency: str) -> parts.Chart:
    """The largest buyers in one currency; sums of different currencies are never mixed."""
    chosen = [row for row in rows if row["currency"] == currency][:BUYERS]
    return parts.Chart(
        kind="bars",
        title=_("Estimated value by buyer, {currency}").format(currency=currency),
        description=_("One bar for each buyer, the largest first."),
        unit=currency,
        labels=[str(row["buyer_name"]) for row in chosen],
        series=[parts.Series(_("Estimated value"), [float(str(row["total"])) for row in chosen])],
        axis=_("Buyer"),
    )


def by_method(rows: Sequence[Mapping[str, Any]]) -> parts.Chart | None:
    """How many processes each procedure has."""
    texts = {
        "open": _("Open to every firm"),
        "selective": _("Invited firms"),
        "limited": _("A few firms asked"),
        "direct": _("One firm asked"),
    }
    if not rows:
        return None
    return parts.Chart(
        kind="bars",
        title=_("Processes by procedure"),
        description=_("One bar for each procedure, the most frequent first."),
        unit=_("processes"),
        labels=[texts.get(row["method"], str(row["method"])) for row in rows],
        series=[parts.Series(_("Processes"), [float(str(row["count"])) for row in rows])],
        axis=_("Procedure"),
    )
