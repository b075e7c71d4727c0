"""What became of each contract: milestones, results, invoices and payments, changes, reviews, the final account."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenderwell.public.portal.differences import differences
from tenderwell.public.portal.notice import span
from tenderwell.public.portal.reading import Node, instant, money, names, node, nodes, words
from tenderwell.ui import formats, parts
from tenderwell.ui.templatetags.ui import day
from tenderwell.ui.templatetags.ui import money as amount


@dataclass(frozen=True)
class ContractShown:
    """One contract with everything that became of it."""

    title: str
    facts: list[parts.Fact]
    milestones: parts.Table
    charts: list[parts.Chart]
    invoices: parts.Table
    payments: parts.Table
    results: parts.Table
    changes: list[parts.Happening]
    reviews: list[parts.Happening]
    closing: list[parts.Fact]


def contracts(compiled: Node, *, note: str = "") -> list[ContractShown]:
    """note: beside the value, as "without tax"."""
    wanted = {words(each, "id"): each for each in nodes(compiled, "planning", "outcomes")}
    return [contract(each, wanted, note) for each in nodes(compiled, "contracts")]


def contract(found: Node, wanted: Mapping[str, Node], note: str) -> ContractShown:
    return ContractShown(
        title=words(found, "title") or words(found, "id"),
        facts=contract_facts(found, note),
        milestones=milestones(found),
        charts=[each for each in (paid_chart(found), days_chart(found)) if each],
        invoices=invoices(found),
        payments=payments(found),
        results=measured(found, wanted),
        changes=changes(found),
        reviews=reviews(found),
        closing=closing(found),
    )


def contract_facts(found: Node, note: str) -> list[parts.Fact]:
    texts = {
        "pending": _("Being signed"),
        "active": _("In force"),
        "terminated": _("Ended"),
        "cancelled": _("Cancelled"),
    }
    status = words(found, "status")
    start, end = instant(found, "period", "startDate"), instant(found, "period", "endDate")
    rows = [
        parts.Fact(_("Status"), texts.get(status, status), words(found, "statusDetails")) if status else None,
        parts.Fact(_("Value"), amount(value), note) if (value := money(found, "value")) else None,
        parts.Fact(_("Supplier"), names(found, "suppliers")) if nodes(found, "suppliers") else None,
        parts.Fact(_("Signed"), day(signed)) if (signed := instant(found, "dateSigned")) else None,
        parts.Fact(_("Period"), span(start, end)) if start and end else None,
    ]
    return [row for row in rows if row]


def milestones(found: Node) -> parts.Table:
    """What was to be delivered, when, and what shows that it was; also where OCDS keeps them in `implementation`."""
    rows = [
        (
            words(each, "title") or words(each, "description"),
            day(instant(each, "dueDate"), "medium"),
            met(each),
            words(each, "evidence") or "–",
        )
        for each in nodes(found, "milestones") + nodes(found, "implementation", "milestones")
    ]
    columns = (
        parts.Column(_("Milestone")),
        parts.Column(_("Due")),
        parts.Column(_("Met")),
        parts.Column(_("What shows it")),
    )
    return parts.Table(_("Milestones"), columns, rows)


def met(milestone: Node) -> str:
    """The day on which it was met, and by how many days that was late."""
    when, due = instant(milestone, "dateMet"), instant(milestone, "dueDate")
    if when is None:
        return "–"
    late = (when - due).days if due else 0
    return format_html("{} ({})", day(when, "medium"), days_late(late)) if late > 0 else day(when, "medium")


def days_late(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def invoices(found: Node) -> parts.Table:
    """Every invoice with what became of it; due and paid side by side."""
    paid = {words(each, "relatedInvoice"): each for each in nodes(found, "implementation", "transactions")}
    rows = [
        (
            day(instant(each, "dateReceived"), "medium"),
            amount(money(each, "value")),
            invoice_status(each),
            day(instant(each, "dateDue"), "medium"),
            day(instant(each, "datePaid"), "medium"),
            words(paid.get(words(each, "id")), "daysToPay") or "–",
        )
        for each in nodes(found, "implementation", "invoices")
    ]
    columns = (
        parts.Column(_("Received")),
        parts.Column(_("Amount"), is_number=True),
        parts.Column(_("Status")),
        parts.Column(_("Due")),
        parts.Column(_("Paid")),
        parts.Column(_("Days to pay"), is_number=True),
    )
    return parts.Table(_("Invoices"), columns, rows)


def invoice_status(invoice: Node) -> str:
    texts = {
        "submitted": _("Being checked"),
        "accepted": _("Accepted, not paid yet"),
        "disputed": _("Disputed"),
        "paid": _("Paid"),
    }
    status, reason = words(invoice, "status"), words(invoice, "reason")
    return ": ".join(each for each in (texts.get(status, status), reason) if each)


def payments(found: Node) -> parts.Table:
    """Payments of a publisher that names no invoices; ours stand with their invoices."""
    told = {words(each, "id") for each in nodes(found, "implementation", "invoices")}
    rows = [
        (day(instant(each, "date"), "medium"), amount(money(each, "value")), words(each, "daysToPay") or "–")
        for each in nodes(found, "implementation", "transactions")
        if words(each, "relatedInvoice") not in told
    ]
    columns = (
        parts.Column(_("Paid on")),
        parts.Column(_("Amount"), is_number=True),
        parts.Column(_("Days to pay"), is_number=True),
    )
    return parts.Table(_("Payments"), columns, rows)


def paid_chart(found: Node) -> parts.Chart | None:
    """The value of the contract as one bar: paid, invoiced, still to come; none where currencies differ."""
    agreed = money(found, "value")
    paid = [money(each, "value") for each in nodes(found, "implementation", "transactions")]
    billed = [money(each, "value") for each in nodes(found, "implementation", "invoices") if is_open(each)]
    known = [each for each in (agreed, *paid, *billed) if each]
    if not agreed or len(known) == 1 or len({words(each, "currency") for each in known}) != 1:
        return None
    done, waiting = total(paid), total(billed)
    left = max(Decimal(0), Decimal(str(agreed["amount"])) - done - waiting)
    currency = words(agreed, "currency")
    return parts.Chart(
        kind="share",
        title=_("Paid of what was agreed"),
        description=_("{paid} of {agreed} paid, {waiting} invoiced and not paid yet.").format(
            paid=plain(done, currency), agreed=plain(agreed["amount"], currency), waiting=plain(waiting, currency)
        ),
        unit=currency,
        labels=[words(found, "title") or words(found, "id")],
        series=[
            parts.Series(_("Paid"), [float(done)]),
            parts.Series(_("Invoiced, not paid yet"), [float(waiting)]),
            parts.Series(_("Still to come"), [float(left)]),
        ],
        axis=_("Contract"),
    )


def is_open(invoice: Node) -> bool:
    return words(invoice, "status") in ("submitted", "accepted", "disputed")


def total(values: list[Node | None]) -> Decimal:
    return sum((Decimal(str(each["amount"])) for each in values if each), Decimal(0))


def plain(value: formats.Number, currency: str) -> str:
    """An amount in a text that a screen reader is given: without markup."""
    return f"{currency} {formats.number(value)}"


def days_chart(found: Node) -> parts.Chart | None:
    """How many days each payment took, from the receipt of its invoice; from two payments on."""
    rows = [
        (when, each["daysToPay"])
        for each in nodes(found, "implementation", "transactions")
        if (when := instant(each, "date")) and isinstance(each.get("daysToPay"), int)
    ]
    if len(rows) < 2:
        return None
    return parts.Chart(
        kind="bars",
        title=_("Days to pay"),
        description=_("One bar for each payment, the oldest first."),
        unit=_("days from the receipt of the invoice"),
        labels=[_("Paid on {day}").format(day=formats.day_text(when, style="medium")) for when, _days in sorted(rows)],
        series=[parts.Series(_("Days"), [float(days) for _when, days in sorted(rows)])],
        axis=_("Payment"),
    )


def measured(found: Node, wanted: Mapping[str, Node]) -> parts.Table:
    """What was measured beside where it began and where it should go. wanted: the planned outcomes by id."""
    rows = [
        (
            words(metric, "title"),
            words(wanted.get(words(metric, "relatedOutcome")), "baseline") or "–",
            words(wanted.get(words(metric, "relatedOutcome")), "target") or "–",
            words(each, "measure") or "–",
            day(instant(each, "period", "endDate"), "medium"),
        )
        for metric in nodes(found, "implementation", "metrics")
        for each in nodes(metric, "observations")
    ]
    columns = (
        parts.Column(_("Outcome")),
        parts.Column(_("Before")),
        parts.Column(_("Target")),
        parts.Column(_("Measured")),
        parts.Column(_("On")),
    )
    return parts.Table(_("Results against the outcomes"), columns, rows)


def changes(found: Node) -> list[parts.Happening]:
    """Changes of the contract, the newest first; one that nobody has approved is not in force, and says so."""
    rows = [
        parts.Happening(when, words(each, "description"), who=change_state(each), detail=change_detail(each))
        for each in nodes(found, "amendments")
        if (when := instant(each, "date"))
    ]
    return sorted(rows, key=lambda row: row.when, reverse=True)


def change_state(change: Node) -> str:
    """Only our own record says who approved; of other publishers every change counts as in force."""
    if "cumulativeShare" not in change:
        return ""
    if words(change, "rejectedBy"):
        return _("Rejected: {reason}").format(reason=words(change, "rejection"))
    return _("Approved, in force") if words(change, "approvedBy") else _("Proposed, not approved yet")


def change_detail(change: Node) -> str:
    """Why, for whom, what it changes, and the share of all changes against the limit."""
    told = [words(change, "rationale"), words(change, "userImpact")]
    share, limit = change.get("cumulativeShare"), change.get("limitShare")
    if isinstance(share, int | float):
        waits = not words(change, "approvedBy") and not words(change, "rejectedBy")
        with_it = _("With this change all changes come to {share} of the value at signing.")
        so_far = with_it if waits else _("All changes so far: {share} of the value at signing.")
        told.append(so_far.format(share=formats.percent(share)))
    if isinstance(limit, int | float):
        told.append(_("The limit is {limit}.").format(limit=formats.percent(limit)))
    return format_html("{} {}", " ".join(filter(None, told)), differences(nodes(change, "differences")))


def reviews(found: Node) -> list[parts.Happening]:
    sides = {"buyer": _("The buyer on the supplier"), "supplier": _("The supplier on the buyer")}
    return [
        parts.Happening(
            when, words(each, "description"), who=f"{sides.get(words(each, 'by'), '')}: {words(each, 'rating')}/5"
        )
        for each in nodes(found, "implementation", "reviews")
        if (when := instant(each, "date"))
    ]


def closing(found: Node) -> list[parts.Fact]:
    done = node(found, "implementation")
    asked = node(done, "closingQuestions")
    rows = [
        parts.Fact(_("Final account"), amount(value)) if (value := money(done, "finalValue")) else None,
        parts.Fact(_("Did we get what we asked for?"), words(asked, "asAsked")) if asked else None,
        parts.Fact(_("Did we get what we needed?"), words(asked, "asNeeded")) if asked else None,
        parts.Fact(_("Can we see and explain the difference?"), words(asked, "difference")) if asked else None,
    ]
    return [row for row in rows if row]
