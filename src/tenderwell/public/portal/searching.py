"""From the address of the search page to a query and back: every filter stands in the URL."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tenderwell.public.portal.notice import tag_of
from tenderwell.public.record.models import Record
from tenderwell.public.record.search import SORTS, Count, Found, SearchQuery, search
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import days_left, moment
from tenderwell.ui.templatetags.ui import money as amount


@dataclass(frozen=True)
class Results:
    """What the page shows: the hits as cards, how many, the filters with their counts."""

    query: SearchQuery
    found: Found
    cards: list[parts.Card]
    filters: list["Filter"]


@dataclass(frozen=True)
class Filter:
    """One choice list of the filter form."""

    name: str
    label: str
    chosen: str
    options: list[Count]


def results(given: QueryDict, now: datetime) -> Results:
    query = query_of(given, now)
    found = search(query)
    return Results(query, found, [card(hit, now) for hit in found.hits], filters(query, found))


def query_of(given: QueryDict, now: datetime) -> SearchQuery:
    """The query in the address; what is not understood sets no condition."""
    sort = given.get("sort", "newest")
    page = given.get("page", "1")
    return SearchQuery(
        words=given.get("q", "")[:200],
        code=given.get("code", "")[:20],
        stage=given.get("stage", ""),
        status=given.get("status", ""),
        method=given.get("method", ""),
        category=given.get("category", ""),
        buyer=given.get("buyer", "")[:100],
        source=given.get("source", "")[:200],
        value_from=decimal(given.get("from", "")),
        value_to=decimal(given.get("to", "")),
        is_open_at=now if given.get("open") else None,
        sort=sort if sort in SORTS else "newest",
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )


def decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**18 else None


def card(hit: Record, now: datetime) -> parts.Card:
    """One process in the list of hits."""
    shown = [parts.Fact(_("Value"), amount(hit.amount, hit.currency))] if hit.amount is not None else []
    if hit.closes and hit.status != "cancelled":
        left = days_left(hit.closes, now) if hit.closes > now else ""
        shown.append(parts.Fact(_("Bids close") if left else _("Closed"), moment(hit.closes), left))
    return parts.Card(
        title=hit.title or hit.ocid,
        url=reverse("portal:process", args=(hit.ocid,)),
        tags=[tag(hit, now)],
        line=hit.buyer_name,
        text=hit.description[:240] if hit.description != hit.title else "",
        facts=shown,
    )


def tag(hit: Record, now: datetime) -> parts.Tag:
    has_contract = hit.stage in ("contract", "implementation")
    return tag_of(hit.status, closes=hit.closes, has_contract=has_contract, now=now)


def filters(query: SearchQuery, found: Found) -> list[Filter]:
    labels = {
        "stage": _("Stage"),
        "status": _("Status"),
        "category": _("Goods, works or services"),
        "method": _("Procedure"),
        "buyer": _("Buyer"),
        "source": _("Publisher"),
    }
    return [Filter(name, label, getattr(query, name), found.facets.get(name, [])) for name, label in labels.items()]
