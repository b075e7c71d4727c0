"""From the address of the search page to a query and back: every filter stands in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tenderwell.core.errors import Reason, Refused
from tenderwell.core.forms import told
from tenderwell.public.opendata.asking import search_query
from tenderwell.public.portal.notice import tag_of
from tenderwell.public.record.models import Record
from tenderwell.public.record.search import Count, Found, search
from tenderwell.ui import parts
from tenderwell.ui.forms import Problem
from tenderwell.ui.templatetags.ui import days_left, moment
from tenderwell.ui.templatetags.ui import money as amount

TYPED = ("value_from", "value_to", "closes_from", "closes_to", "published_from", "published_to")
EXPORTS = (
    ("CSV", "opendata:processes-csv"),
    ("XLSX", "opendata:processes-xlsx"),
    ("JSON", "opendata:processes-json"),
    ("Atom", "opendata:notices"),
)


@dataclass(frozen=True)
class Option:
    """One value of a filter with how many hits have it; no count while another value is chosen."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class Filter:
    """One filter of the form; few options are shown as radio buttons, many as a list."""

    name: str
    label: str
    chosen: str
    options: list[Option]
    is_short: bool


@dataclass(frozen=True)
class Results:
    """What the page shows: the hits as cards, the filters with their counts, the same search as data; or what is wrong.

    typed: the address's parameters, to fill the form in again. errors: by field.
    """

    typed: Mapping[str, str]
    cards: list[parts.Card]
    filters: list[Filter]
    exports: list[parts.Link]
    page: Page[int]
    errors: Mapping[str, str]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def problems(self) -> list[Problem]:
        return [Problem(text, name) for name, text in self.errors.items()]

    @property
    def is_filtered(self) -> bool:
        return any(value for name, value in self.typed.items() if name not in ("sort", "page"))


def results(given: QueryDict, now: datetime) -> Results:
    """What the address asks for; a value that is not understood is told beside its field, and nothing is listed."""
    asked = {name: str(value) for name, value in given.items() if str(value).strip()}
    try:
        query = search_query(asked, now=now)
    except Refused as refused:
        wrong = {reason.field for reason in refused.reasons}
        if not wrong & set(TYPED):  # a page or an order that is not there: take the first
            return results(without(given, wrong), now)
        return flawed(asked, refused.reasons)
    found = search(query)
    return Results(
        typed=asked,
        cards=[card(hit, now) for hit in found.hits],
        filters=filters(asked, found),
        exports=exports(given),
        page=Paginator(range(found.total), query.size).get_page(found.page),
        errors={},
    )


def without(given: QueryDict, names: set[str]) -> QueryDict:
    kept = given.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def flawed(asked: Mapping[str, str], reasons: tuple[Reason, ...]) -> Results:
    nothing = Found([], 0, 1, 1)
    errors = {reason.field: hint(reason.field) or told(reason) for reason in reasons}
    return Results(asked, [], filters(asked, nothing), [], Paginator(range(0), 20).get_page(1), errors)


def hint(field: str) -> str:
    """What to write instead, in the words of the field."""
    if field in ("value_from", "value_to"):
        return _("Enter the value as a number, like 15000")
    return _("Enter a real date, like 2026-03-31") if field in TYPED else ""


def exports(given: QueryDict) -> list[parts.Link]:
    """The same search for programs; a page of it makes no sense there."""
    asked = without(given, {"page"}).urlencode()
    return [parts.Link(text, reverse(name) + (f"?{asked}" if asked else "")) for text, name in EXPORTS]


def card(hit: Record, now: datetime) -> parts.Card:
    """One process in the list of hits."""
    shown = [parts.Fact(_("Value"), amount(hit.amount, hit.currency))] if hit.amount is not None else []
    if hit.closes and hit.status not in ("cancelled", "unsuccessful"):
        left = f"({days_left(hit.closes, now)})" if hit.closes > now else ""
        shown.append(parts.Fact(_("Bids close") if left else _("Bids closed"), moment(hit.closes), left))
    return parts.Card(
        title=hit.title or hit.ocid,
        url=reverse("portal:process", args=(hit.ocid,)),
        tags=[tag(hit, now)],
        line=" · ".join(filter(None, [categories().get(hit.category, hit.category), hit.buyer_name])),
        text=hit.description[:240] if hit.description.strip(". ").lower() != hit.title.strip(". ").lower() else "",
        facts=shown,
        more=parts.Link(_("Its proof"), reverse("portal:history", args=(hit.ocid,))),
    )


def tag(hit: Record, now: datetime) -> parts.Tag:
    has_contract = hit.stage in ("contract", "implementation")
    return tag_of(hit.status, closes=hit.closes, has_contract=has_contract, now=now)


def filters(asked: Mapping[str, str], found: Found) -> list[Filter]:
    """The filters in the order of the form."""
    vocabularies: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("stage", _("Stage"), stages()),
        ("category", _("What is bought"), categories()),
        ("method", _("Procedure"), methods()),
        ("status", _("Status"), statuses()),
        ("buyer", _("Buyer"), {}),
        ("source", _("Publisher"), {"own": _("This site")}),
    )
    return [
        Filter(name, label, asked.get(name, ""), options(asked.get(name, ""), found.facets.get(name, []), words), short)
        for name, label, words in vocabularies
        for short in [name in ("stage", "category", "method")]
    ]


def options(chosen: str, counts: list[Count], words: Mapping[str, str]) -> list[Option]:
    """The values that were found, in the order of the vocabulary; while one is chosen, all others without a count."""
    counted = {each.value: each for each in counts}
    known = [
        *(value for value in words if chosen or value in counted),
        *(each for each in counted if each not in words),
    ]
    if chosen and chosen not in known:
        known.append(chosen)
    return [option(value, counted.get(value), words) for value in known]


def option(value: str, counted: Count | None, words: Mapping[str, str]) -> Option:
    label = words.get(value) or (counted.label if counted else "") or value
    return Option(value, label, counted.count if counted else None)


def stages() -> dict[str, str]:
    return {
        "planning": _("Planning"),
        "tender": _("Call for bids"),
        "award": _("Award"),
        "contract": _("Contract"),
        "implementation": _("Delivery"),
    }


def statuses() -> dict[str, str]:
    return {
        "planning": _("In preparation"),
        "planned": _("Planned"),
        "active": _("Called for bids"),
        "complete": _("Awarded"),
        "unsuccessful": _("No award"),
        "cancelled": _("Cancelled"),
    }


def categories() -> dict[str, str]:
    return {"goods": _("Goods"), "works": _("Works"), "services": _("Services")}


def methods() -> dict[str, str]:
    return {
        "open": _("Open to every firm"),
        "selective": _("Invited firms"),
        "limited": _("A few firms asked"),
        "direct": _("One firm asked"),
    }
