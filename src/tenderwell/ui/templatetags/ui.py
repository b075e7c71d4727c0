"""Tags for pages: formats, components, links to this page in other states."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from tenderwell.ui import charts, formats, parts

register = template.Library()
_ids = count(1)
Data = dict[str, object]
TASK_LOOKS = {
    "done": "",
    "skipped": "",
    "doing": "govuk-tag--yellow",
    "todo": "govuk-tag--blue",
    "problem": "govuk-tag--red",
    "waiting": "",
}


@register.filter
def money(amount: formats.Number | Mapping[str, object] | None, currency: str = "") -> SafeString:
    """An amount and its currency; also of an OCDS value (a dict of amount and currency); a dash when there is none."""
    if isinstance(amount, Mapping):
        currency = currency or str(amount.get("currency") or "")
        found = amount.get("amount")
        amount = found if isinstance(found, formats.Number) else None
    return mark_safe("–") if amount is None else formats.money(amount, currency=currency)


@register.filter
def num(value: formats.Number | None) -> str:
    """A number with the separators of the language; a dash when there is none."""
    return "–" if value is None else formats.number(value)


@register.filter
def percent(share: formats.Number | None) -> str:
    """A share of one (0.25) as percent (25%)."""
    return "–" if share is None else formats.percent(share)


@register.filter
def filesize(size: int) -> SafeString:
    """Bytes as 3.7 MB."""
    return formats.file_size(size)


@register.filter
def file_types(accept: str) -> str:
    """The types of a file control (".pdf,.xlsx") as people write them: PDF, XLSX."""
    return ", ".join(kind.strip(" .").upper() for kind in accept.split(","))


@register.filter
def day(value: dt.date | None, style: str = "long") -> SafeString:
    """A date in words: 9 November 2026; style "medium" is 9 Nov 2026."""
    if value is None:
        return mark_safe("–")
    local = timezone.localtime(value) if isinstance(value, dt.datetime) else value
    return formats.day(local, style=style)


@register.filter
def moment(when: dt.datetime | None) -> SafeString:
    """Date and time in the zone of the city, with its distance to UTC."""
    return mark_safe("–") if when is None else formats.moment(when, zone=timezone.get_current_timezone())


@register.simple_tag
def days_left(deadline: dt.datetime, now: dt.datetime | None = None) -> str:
    """How long until the deadline: days, then hours, then minutes; over at the very instant."""
    left = deadline - (now or timezone.now())
    if left <= dt.timedelta(0):
        return _("closed")
    if left.days:
        return ngettext("%(n)s day left", "%(n)s days left", left.days) % {"n": left.days}
    hours, minutes = divmod(left.seconds // 60, 60)
    if hours:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return ngettext("%(n)s minute left", "%(n)s minutes left", max(minutes, 1)) % {"n": max(minutes, 1)}


@register.simple_tag
def tr(record: Mapping[str, object], field: str) -> str:
    """A text of a record in the reader's language (title_fr, as OCDS has it); marked when it is in another."""
    reader = (get_language() or "en").split("-")[0]
    own = str(record.get("language") or "en")
    if found := record.get(f"{field}_{reader}"):
        return str(found)
    text = str(record.get(field) or "")
    if own == reader or not text:
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', own, "rtl" if own == "ar" else "ltr", text)


@register.simple_tag
def tag(text: parts.Text, colour: str = "grey") -> SafeString:
    """A short state in colour, as a tag."""
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.filter
def tags(shown: Iterable[parts.Tag]) -> SafeString:
    """Several tags."""
    return format_html_join(
        " ", '<strong class="govuk-tag govuk-tag--{}">{}</strong>', ((one.colour, one.text) for one in shown)
    )


@register.simple_tag
def task_status(task: parts.Task) -> SafeString:
    """The state of a task, as a tag when somebody has to act."""
    words = {
        "done": _("Completed"), "skipped": _("Not applicable"), "doing": _("In progress"), "todo": _("Not started"),
        "problem": _("There is a problem"), "waiting": _("Cannot start yet"),
    }  # fmt: skip
    text = task.status or words[task.state]
    look = TASK_LOOKS[task.state]
    return format_html('<strong class="govuk-tag {}">{}</strong>', look, text) if look else format_html("{}", text)


@register.simple_tag
def new_id(stem: str) -> str:
    """An id that no other element of the page has."""
    return f"{stem}-{next(_ids)}"


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The query string of this page with some parameters changed; None takes one away."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def chart_drawing(chart: parts.Chart) -> SafeString:
    """The drawing alone; use {% chart %} for the figure with its table."""
    return mark_safe(charts.draw(chart, direction="rtl" if get_language_bidi() else "ltr"))


@register.filter
def at(values: Sequence[object], index: int) -> object:
    """The value at an index known to the template only."""
    return values[index]


@register.inclusion_tag("ui/parts/task_list.html")
def task_list(tasks: Sequence[parts.Task]) -> Data:
    """Tasks with their states."""
    return {"tasks": tasks, "id": next(_ids)}


@register.inclusion_tag("ui/parts/task_groups.html")
def task_groups(groups: Sequence[parts.TaskGroup]) -> Data:
    """Numbered stages, each with its tasks and how many are done."""
    return {"groups": groups, "id": next(_ids)}


@register.inclusion_tag("ui/parts/facts.html")
def facts(rows: Sequence[parts.Fact]) -> Data:
    """Key facts, or answers to check with a link to change each."""
    return {"rows": rows, "has_changes": any(row.change_url for row in rows)}


@register.inclusion_tag("ui/parts/stages.html")
def stages(rows: Sequence[parts.Stage]) -> Data:
    """Where a process stands, from its first stage to its last."""
    return {"stages": rows}


@register.inclusion_tag("ui/parts/history.html")
def history(entries: Sequence[parts.Happening]) -> Data:
    """What happened, the newest first as given."""
    return {"entries": entries}


@register.inclusion_tag("ui/parts/dates.html")
def dates(rows: Sequence[parts.When]) -> Data:
    """The dates of a process; the key one stands out, a changed one shows its old value."""
    return {"rows": rows}


@register.inclusion_tag("ui/parts/cards.html")
def cards(shown: Sequence[parts.Card], level: int = 3) -> Data:
    """Things in a list, each in a frame; `level` of their headings."""
    return {"cards": shown, "level": level}


@register.inclusion_tag("ui/parts/documents.html")
def documents(rows: Sequence[parts.Document]) -> Data:
    """Files with type, size, date, version, language and fingerprint."""
    return {"documents": rows, "id": next(_ids)}


@register.inclusion_tag("ui/parts/links.html")
def links(shown: Sequence[parts.Link]) -> Data:
    """A plain list of links, as in a panel."""
    return {"links": shown}


@register.inclusion_tag("ui/parts/toc.html")
def toc(shown: Sequence[parts.Link]) -> Data:
    """Links to the sections of this page."""
    return {"links": shown}


@register.inclusion_tag("ui/parts/table.html")
def table(shown: parts.Table) -> Data:
    """A table that scrolls sideways on a narrow screen."""
    return {"table": shown, "id": next(_ids)}


@register.inclusion_tag("ui/parts/figures.html")
def figures(shown: Sequence[parts.Figure]) -> Data:
    """Large figures side by side."""
    return {"figures": shown}


@register.inclusion_tag("ui/parts/chart.html")
def chart(shown: parts.Chart, level: int = 3) -> Data:
    """A chart as figure: legend, drawing, table, files; `level` of its heading."""
    return {"chart": shown, "id": next(_ids), "rows": charts.table_rows(shown), "level": level}


@register.inclusion_tag("ui/parts/proof.html")
def proof(shown: parts.Proof) -> Data:
    """The box that says where an entry stands in the ledger and how to check it."""
    return {"proof": shown, "id": next(_ids)}


@register.inclusion_tag("ui/parts/banner.html")
def banner(
    text: parts.Text, kind: str = "important", body: parts.Text = "", url: str = "", link: parts.Text = ""
) -> Data:
    """A notification banner; kind "success" is green and read out at once."""
    return {"text": text, "kind": kind, "body": body, "url": url, "link": link, "id": next(_ids)}


@register.inclusion_tag("ui/parts/confirmation.html")
def confirmation(title: parts.Text, body: parts.Text = "", reference: str = "") -> Data:
    """The panel of a finished act; it holds the h1 of its page."""
    return {"title": title, "body": body, "reference": reference}


@register.inclusion_tag("ui/parts/meter.html")
def meter(done: int, total: int, label: parts.Text) -> Data:
    """How much is done, as a bar with its sentence above."""
    return {"done": done, "total": total, "label": label, "id": next(_ids)}


@register.inclusion_tag("ui/parts/reasons.html")
def reasons(shown: Sequence[parts.Reason], title: parts.Text = "") -> Data:
    """Why something cannot be done yet; takes anything with text and source."""
    return {"reasons": shown, "title": title}


@register.inclusion_tag("ui/parts/empty.html")
def empty(title: parts.Text, text: parts.Text = "", url: str = "", link: parts.Text = "") -> Data:
    """What stands where a list would be, when it is empty: why, and what to do next."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("ui/parts/deadline.html")
def deadline(label: parts.Text, when: dt.datetime, now: dt.datetime | None = None, note: parts.Text = "") -> Data:
    """The large deadline of a panel, with date, time and distance to UTC."""
    return {"label": label, "when": when, "now": now or timezone.now(), "note": note, "id": next(_ids)}


@register.inclusion_tag("ui/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[object]) -> Data:
    """Links to the other pages of a long list; keeps the rest of the query."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context["request"], "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(*texts_and_urls: str) -> Data:
    """Where the page is: text, url, text, url, ..."""
    pairs = zip(texts_and_urls[::2], texts_and_urls[1::2], strict=True)
    return {"links": [parts.Link(text, url) for text, url in pairs]}
