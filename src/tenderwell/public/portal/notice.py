"""The first half of a process's page: where it stands, key facts, lots, documents, dates, questions, changes."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenderwell.ledger.sealing.committee import words_of
from tenderwell.public.portal.chances import complaints_end
from tenderwell.public.portal.differences import differences
from tenderwell.public.portal.names import number_of_days
from tenderwell.public.portal.reading import Node, documents, instant, is_available, money, names, node, nodes, words
from tenderwell.public.portal.sentences import translated
from tenderwell.ui import formats, parts
from tenderwell.ui.templatetags.ui import day
from tenderwell.ui.templatetags.ui import money as amount

MOST_CLASSES = 4
STATUS_COLOURS = {
    "active": "green",
    "complete": "blue",
    "cancelled": "red",
    "unsuccessful": "orange",
    "planned": "grey",
}


def standing(compiled: Node) -> list[Node]:
    """The contracts that were not cancelled before both had signed."""
    return [each for each in nodes(compiled, "contracts") if words(each, "status") != "cancelled"]


def day_seconds(compiled: Node) -> int | None:
    """How long a day of the rules lasts, where they are for practice only."""
    found = node(compiled, "rules").get("daySeconds")
    return found if isinstance(found, int) else None


def status_tag(compiled: Node, now: datetime) -> parts.Tag:
    """Where the process stands, in one or two words."""
    contracts = standing(compiled)
    if contracts and all(words(each, "status") == "terminated" for each in contracts):
        return parts.Tag(_("Complete"), "turquoise")
    status = words(compiled, "tender", "status") or "planning"
    closes = instant(compiled, "tender", "tenderPeriod", "endDate")
    return tag_of(status, closes=closes, has_contract=bool(contracts), now=now)


def tag_of(status: str, *, closes: datetime | None, has_contract: bool, now: datetime) -> parts.Tag:
    """The tag of a tender's status; an active tender whose time is over is being evaluated."""
    if status == "active" and closes and closes <= now:
        return parts.Tag(_("Bids closed"), "yellow")
    if status in ("complete", "planned", "active") and has_contract:
        return parts.Tag(_("Contract and delivery"), "blue")
    texts = {
        "active": _("Open for bids"),
        "complete": _("Awarded"),
        "cancelled": _("Cancelled"),
        "unsuccessful": _("No award"),
        "planned": _("Planned"),
        "planning": _("Planned"),
    }
    return parts.Tag(texts.get(status, status), STATUS_COLOURS.get(status, "grey"))


def stages(compiled: Node, now: datetime) -> list[parts.Stage]:
    """The four stages of the guideline with their dates; what ended early never reaches the stages after."""
    tender, contracts = node(compiled, "tender"), standing(compiled)
    closes = instant(tender, "tenderPeriod", "endDate")
    ended = words(tender, "status") in ("cancelled", "unsuccessful") and not contracts
    concluded = bool(contracts) and all(words(each, "status") == "terminated" for each in contracts)
    whens = ("", until(closes, now) if closes else "", award_date(compiled), contract_dates(contracts))
    texts = (_("Plan"), pgettext("stage", "Bids"), _("Evaluation and award"), _("Contract and delivery"))
    reached = stage_reached(compiled, now)
    done = 4 if concluded else reached
    return [
        parts.Stage(text, ended_text(compiled) if ended and at == reached else when, stage_state(at, done, reached))
        for at, (text, when) in enumerate(zip(texts, whens, strict=True))
    ]


def stage_reached(compiled: Node, now: datetime) -> int:
    """The number of the stage in which the process stands, from 0."""
    tender = node(compiled, "tender")
    closes = instant(tender, "tenderPeriod", "endDate")
    awarded = any(words(each, "status") == "active" for each in nodes(compiled, "awards"))
    if nodes(compiled, "contracts") or awarded:
        return 3
    if words(tender, "status") == "unsuccessful" or (closes and closes <= now and words(tender, "status") == "active"):
        return 2
    return 1 if instant(tender, "tenderPeriod", "startDate") else 0


def stage_state(at: int, done: int, reached: int) -> str:
    return "done" if at < done else "now" if at == reached else "next"


def ended_text(compiled: Node) -> str:
    return _("Cancelled") if words(compiled, "tender", "status") == "cancelled" else _("Ended without an award")


def until(closes: datetime, now: datetime) -> str:
    pattern = _("Open until {day}") if closes > now else _("Closed on {day}")
    return format_html(pattern, day=day(closes, "medium"))


def award_date(compiled: Node) -> str:
    dates = [found for each in nodes(compiled, "awards") if (found := instant(each, "date"))]
    return day(min(dates), "medium") if dates else ""


def contract_dates(contracts: list[Node]) -> str:
    starts = [found for each in contracts if (found := instant(each, "period", "startDate"))]
    ends = [found for each in contracts if (found := instant(each, "period", "endDate"))]
    if not starts or not ends:
        return ""
    return span(min(starts), max(ends), "medium")


def span(start: datetime, end: datetime, style: str = "long") -> str:
    """From one day to another."""
    return format_html("{} – {}", day(start, style), day(end, style))


def key_facts(compiled: Node, *, note: str = "") -> list[parts.Fact]:
    """The table of facts; only rows that have something to say. note: beside the estimate, as "without tax"."""
    tender = node(compiled, "tender")
    value = money(tender, "value") or money(compiled, "planning", "budget", "amount")
    rows = [
        parts.Fact(_("Estimated value"), amount(value), note) if value else None,
        fact(_("Procedure"), procedure(tender)),
        fact(_("Why this procedure"), words(tender, "procurementMethodRationale")),
        fact(_("Kind of purchase"), category(tender)),
        fact(_("Category"), classifications(tender)),
        fact(_("Contract period"), duration(tender)),
        fact(_("How bids are compared"), scoring(tender)),
        fact(_("Reference"), words(compiled, "ocid")),
        fact(_("Opening committee, in eight words"), committee_words(tender, "committee")),
        fact(_("Committee for the prices, in eight words"), committee_words(tender, "priceCommittee")),
        fact(_("When keys are lost"), when_keys_are_lost(tender)),
    ]
    return [row for row in rows if row]


def committee_words(tender: Node, part: str) -> str:
    """What bidders and members compare: it stands for the hash of the logged record of who can open the bids."""
    sha256 = words(tender, part, "sha256")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256, re.ASCII):
        return ""
    return format_html('<span dir="ltr" lang="en">{}</span>', " ".join(words_of(sha256)))


def when_keys_are_lost(tender: Node) -> str:
    """The rule, for whoever bids: what no server can open, nobody can open without enough of the committee's keys."""
    k, n = (words(tender, "committee", each) for each in ("k", "n"))
    if not (k.isdecimal() and n.isdecimal()):
        return ""
    text = _(
        "Before bids close a new committee is named, and bidders seal again. If more than {spare} of {n} keys are lost "
        "after bids close, nobody can open the bids: they stay shut, and the process ends with that reason."
    )
    return text.format(spare=int(n) - int(k), n=n)


def classifications(tender: Node) -> str:
    """The classes of all items, each once, with scheme and code."""
    rows = [node(each, "classification") for each in nodes(tender, "items")]
    found = {words(each, "id"): each for each in rows if words(each, "description")}
    return format_html_join(
        "; ",
        '{} <span class="meta"><bdi dir="ltr">{} {}</bdi></span>',
        (
            (words(each, "description"), words(each, "scheme"), code)
            for code, each in list(found.items())[:MOST_CLASSES]
        ),
    )


def fact(key: str, value: str) -> parts.Fact | None:
    return parts.Fact(key, value) if value else None


def procedure(tender: Node) -> str:
    texts = {
        "open": _("Open tender"),
        "selective": _("Invited firms"),
        "limited": _("Limited"),
        "direct": _("Direct award"),
    }
    method = words(tender, "procurementMethod")
    details = words(tender, "procurementMethodDetails")
    return " · ".join(each for each in (texts.get(method, method), details) if each)


def category(tender: Node) -> str:
    texts = {"goods": _("Goods"), "works": _("Works"), "services": _("Services")}
    found = words(tender, "mainProcurementCategory")
    return texts.get(found, found)


def duration(tender: Node) -> str:
    start, end = instant(tender, "contractPeriod", "startDate"), instant(tender, "contractPeriod", "endDate")
    if start and end:
        return span(start, end)
    days = words(tender, "contractPeriod", "durationInDays")
    return number_of_days(int(days)) if days.isdecimal() else ""


def scoring(tender: Node) -> str:
    """The weights of the frozen criteria, the heaviest first, then what a bid must pass; else what the publisher says.

    A tree for a lot of its own is named by the lot.
    """
    rows = [
        (words(each, "weight"), words(each, "title"))
        for tree in nodes(tender, "evaluation", "criteria")
        for each in nodes(tree, "criteria") or [tree]
        if words(each, "weight") and words(each, "title")
    ]
    if not rows:
        return words(tender, "awardCriteriaDetails")
    return format_html(
        '<ul class="weights">{}</ul>',
        format_html_join(
            "", '<li><span class="weights__n">{}</span> {}</li>', (weighed(each) for each in ordered(rows))
        ),
    )


def ordered(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each criterion once, by its weight."""
    return sorted(dict.fromkeys(rows), key=lambda row: -share(row[0]))


def share(weight: str) -> float:
    try:
        return float(weight)
    except ValueError:
        return 0.0


def weighed(row: tuple[str, str]) -> tuple[str, str]:
    weight, title = row
    return (formats.percent(share(weight) / 100) if share(weight) else _("Must pass"), title)


def lots(compiled: Node) -> list[parts.Card]:
    return [
        parts.Card(
            title=translated(words(each, "title")) or words(each, "id"),
            text=words(each, "description"),
            facts=lot_facts(each),
            tags=[parts.Tag(_("Good for small firms"), "blue")] if is_reserved(each) else [],
        )
        for each in nodes(compiled, "tender", "lots")
    ]


def lot_facts(lot: Node) -> list[parts.Fact]:
    value, lasts = money(lot, "value"), duration(lot)
    found = [parts.Fact(_("Value"), amount(value))] if value else []
    found += [parts.Fact(_("Contract period"), lasts)] if lasts else []
    green = words(lot, "sustainability")
    return found + ([parts.Fact(_("For people and nature"), green)] if green else [])


def is_reserved(lot: Node) -> bool:
    return bool(node(lot, "otherRequirements").get("reservedParticipation"))


def items(compiled: Node) -> parts.Table:
    """What is bought, with quantities and codes."""
    rows = [
        (
            words(each, "description") or words(each, "classification", "description"),
            words(each, "classification", "id"),
            f"{words(each, 'quantity')} {words(each, 'unit', 'name')}".strip(),
        )
        for each in nodes(compiled, "tender", "items")
    ]
    columns = (parts.Column(_("Item")), parts.Column(_("Code")), parts.Column(_("Quantity"), is_number=True))
    return parts.Table(_("What is bought"), columns, rows)


def document_rows(compiled: Node) -> list[parts.Document]:
    return [
        parts.Document(
            title=translated(words(each, "title")) or words(each, "documentType"),
            url=words(each, "url") if is_available(each, timezone.now()) else "",
            form=form_of(each),
            size=each["size"] if isinstance(each.get("size"), int) else 0,
            day=instant(each, "datePublished"),
            version=each["version"] if isinstance(each.get("version"), int) else 1,
            languages=words(each, "language"),
            sha256=words(each, "sha256"),
            is_updated=isinstance(each.get("version"), int) and each["version"] > 1,
            note=translated(words(each, "accessDetails")),
        )
        for each in documents(compiled)
        if safe_link(words(each, "url")) or words(each, "accessDetails")
    ]


def safe_link(url: str) -> bool:
    """Only pages of the web and of this site; another publisher's data may hold anything."""
    return url.startswith(("https://", "http://", "/")) and not url.startswith("//")


def form_of(document: Node) -> str:
    """The kind of file as people call it: PDF."""
    known = {"application/pdf": "PDF", "text/html": "WEB", "text/csv": "CSV", "application/json": "JSON"}
    media = words(document, "format")
    name = words(document, "url").rpartition(".")[2]
    return known.get(media) or (name.upper() if name.isalnum() and len(name) <= 4 else _("FILE"))


def date_rows(compiled: Node) -> list[parts.When]:
    """The dates of the process in order; the closing of bids stands out."""
    tender = node(compiled, "tender")
    pairs: list[tuple[Any, str, bool]] = [
        (instant(tender, "tenderPeriod", "startDate"), _("Tender published"), False),
        (instant(tender, "enquiryPeriod", "endDate"), _("Last moment for questions"), False),
        (instant(tender, "tenderPeriod", "endDate"), _("Bids close"), True),
        (instant(tender, "openingRecord", "date"), _("Bids opened in public"), False),
        (instant(tender, "standstillPeriod", "endDate"), _("Decision can be challenged until"), False),
        (instant(tender, "contractPeriod", "startDate"), _("Work begins"), False),
    ]
    for award in nodes(compiled, "awards"):
        pairs.append((instant(award, "date"), _("Award decided"), False))
        pairs.append((instant(award, "standstillPeriod", "endDate"), _("Contract can be signed from"), False))
        pairs.append((complaints_end(award), _("Decision can be challenged until"), False))
    for contract in nodes(compiled, "contracts"):
        pairs.append((instant(contract, "dateSigned"), _("Contract signed"), False))
    found = {(when, text): is_key for when, text, is_key in pairs if when}
    return [parts.When(when, text, is_key) for (when, text), is_key in sorted(found.items(), key=lambda row: row[0][0])]


def amendments(compiled: Node) -> list[parts.Happening]:
    """Changes of the tender, the newest first, each with what was and what is."""
    rows = [
        parts.Happening(
            when=when,
            text=words(each, "rationale") or words(each, "description"),
            detail=differences(nodes(each, "differences")),
        )
        for each in nodes(compiled, "tender", "amendments")
        if (when := instant(each, "date"))
    ]
    return sorted(rows, key=lambda row: row.when, reverse=True)


def buyer_name(compiled: Node) -> str:
    return words(compiled, "buyer", "name") or words(compiled, "tender", "procuringEntity", "name")


def supplier_names(award: Node) -> str:
    return names(award, "suppliers")
