"""The second half of a process's page: bids after the opening, scores, awards, contracts, payments, complaints."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from tenderwell.public.portal.notice import span
from tenderwell.public.portal.reading import Node, instant, money, names, node, nodes, words
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import day
from tenderwell.ui.templatetags.ui import money as amount


def bids(compiled: Node) -> parts.Table:
    """Every opened bid, the lowest first, with its status."""
    details = sorted(nodes(compiled, "bids", "details"), key=lambda each: (money(each, "value") is None, sum_of(each)))
    rows = [
        (names(each, "tenderers") or words(each, "id"), bid_status(each), amount(money(each, "value")), rank(each))
        for each in details
    ]
    columns = (
        parts.Column(_("Tenderer")),
        parts.Column(_("Status")),
        parts.Column(_("Price without tax"), is_number=True),
        parts.Column(_("Rank"), is_number=True),
    )
    return parts.Table(_("Bids as opened"), columns, rows, empty=_("No bid was opened."))


def sum_of(bid: Node) -> float:
    found = money(bid, "value")
    return float(found["amount"]) if found else 0.0


def rank(bid: Node) -> str:
    return words(bid, "rank") or "–"


def bid_status(bid: Node) -> str:
    texts = {
        "valid": _("Valid"),
        "disqualified": _("Rejected"),
        "pending": _("Not judged"),
        "withdrawn": _("Withdrawn"),
    }
    status = words(bid, "status")
    reason = words(bid, "statusReason")
    return f"{texts.get(status, status)}{': ' + reason if reason else ''}"


def bid_chart(compiled: Node) -> parts.Chart | None:
    """The prices side by side, from two bids in one currency on."""
    priced = [
        (names(each, "tenderers"), found)
        for each in nodes(compiled, "bids", "details")
        if (found := money(each, "value"))
    ]
    currencies = {words(value, "currency") for _name, value in priced}
    if len(priced) < 2 or len(currencies) != 1:
        return None
    ordered = sorted(priced, key=lambda row: float(row[1]["amount"]))
    values = [float(value["amount"]) for _name, value in ordered]
    return parts.Chart(
        kind="bars",
        title=_("Prices of the bids"),
        description=_("One bar for each bid, the lowest price first."),
        unit=currencies.pop(),
        labels=[name for name, _value in ordered],
        series=[parts.Series(_("Price"), values)],
        axis=_("Tenderer"),
    )


def scores(compiled: Node) -> parts.Table:
    """The agreed score of each bid by criterion, with the total as it was computed."""
    results = sorted(nodes(compiled, "tender", "evaluation", "results"), key=lambda each: each.get("rank") or 10_000)
    names_of = {words(each, "id"): names(each, "tenderers") for each in nodes(compiled, "bids", "details")}
    criteria = list(dict.fromkeys(words(score, "id") for each in results for score in nodes(each, "scores")))
    rows = [score_row(each, criteria, names_of) for each in results]
    columns = [parts.Column(_("Bid")), *(parts.Column(title_of(compiled, each), is_number=True) for each in criteria)]
    columns += [parts.Column(_("Total"), is_number=True), parts.Column(_("Rank"), is_number=True)]
    return parts.Table(_("Scores"), columns, rows)


def score_row(result: Node, criteria: list[str], names_of: dict[str, str]) -> tuple[object, ...]:
    points = {
        words(each, "id"): words(each, "points") or decimals(words(each, "weighted"))
        for each in nodes(result, "scores")
    }
    bid = words(result, "bid") or words(result, "id")
    return (
        names_of.get(bid) or bid,
        *(points.get(each, "–") for each in criteria),
        decimals(words(result, "total")),
        rank(result),
    )


def decimals(exact: str) -> str:
    """An exact fraction such as 9439/100 with two decimals; anything else as it is."""
    try:
        found = Fraction(exact)
    except (ValueError, ZeroDivisionError):
        return exact
    return f"{round(found * 100) / 100:.2f}"


def title_of(compiled: Node, criterion: str) -> str:
    """The title of a frozen criterion."""
    trees = nodes(compiled, "tender", "evaluation", "criteria")
    every = [each for tree in trees for each in (tree, *nodes(tree, "criteria"))]
    return next((words(each, "title") for each in every if words(each, "id") == criterion), "") or criterion


def awards(compiled: Node) -> list[parts.Card]:
    return [
        parts.Card(
            title=names(each, "suppliers") or words(each, "title"),
            line=lot_names(compiled, each),
            text=words(each, "rationale"),
            tags=[
                parts.Tag(_("In force"), "green")
                if words(each, "status") == "active"
                else parts.Tag(words(each, "status"))
            ],
            facts=award_facts(each),
        )
        for each in nodes(compiled, "awards")
    ]


def award_facts(award: Node) -> list[parts.Fact]:
    found = [parts.Fact(_("Value"), amount(value))] if (value := money(award, "value")) else []
    return found + ([parts.Fact(_("Decided"), day(when))] if (when := instant(award, "date")) else [])


def lot_names(compiled: Node, award: Node) -> str:
    wanted = award.get("relatedLots")
    wanted = wanted if isinstance(wanted, list) else []
    titles = {words(lot, "id"): words(lot, "title") for lot in nodes(compiled, "tender", "lots")}
    return ", ".join(titles.get(str(each)) or str(each) for each in wanted)


@dataclass(frozen=True)
class ContractShown:
    """One contract with everything that became of it."""

    title: str
    facts: list[parts.Fact]
    milestones: parts.Table
    payments: parts.Table
    results: parts.Table
    changes: list[parts.Happening]
    reviews: list[parts.Happening]
    closing: list[parts.Fact]


def contracts(compiled: Node) -> list[ContractShown]:
    return [contract(each) for each in nodes(compiled, "contracts")]


def contract(found: Node) -> ContractShown:
    return ContractShown(
        title=words(found, "title") or words(found, "id"),
        facts=contract_facts(found),
        milestones=milestones(found),
        payments=payments(found),
        results=measured(found),
        changes=changes(found),
        reviews=reviews(found),
        closing=closing(found),
    )


def contract_facts(found: Node) -> list[parts.Fact]:
    texts = {
        "pending": _("Being signed"),
        "active": _("In force"),
        "terminated": _("Ended"),
        "cancelled": _("Cancelled"),
    }
    status = words(found, "status")
    start, end = instant(found, "period", "startDate"), instant(found, "period", "endDate")
    rows = [
        parts.Fact(_("Status"), texts.get(status, status)) if status else None,
        parts.Fact(_("Value"), amount(value), _("without tax")) if (value := money(found, "value")) else None,
        parts.Fact(_("Supplier"), names(found, "suppliers")) if nodes(found, "suppliers") else None,
        parts.Fact(_("Signed"), day(signed)) if (signed := instant(found, "dateSigned")) else None,
        parts.Fact(_("Period"), span(start, end)) if start and end else None,
    ]
    return [row for row in rows if row]


def milestones(found: Node) -> parts.Table:
    rows = [
        (words(each, "title"), day(instant(each, "dueDate"), "medium"), day(instant(each, "dateMet"), "medium"))
        for each in nodes(found, "milestones")
    ]
    columns = (parts.Column(_("Milestone")), parts.Column(_("Due")), parts.Column(_("Met")))
    return parts.Table(_("Milestones"), columns, rows)


def payments(found: Node) -> parts.Table:
    rows = [
        (day(instant(each, "date"), "medium"), amount(money(each, "value")), words(each, "daysToPay") or "–")
        for each in nodes(found, "implementation", "transactions")
    ]
    columns = (
        parts.Column(_("Paid on")),
        parts.Column(_("Amount"), is_number=True),
        parts.Column(_("Days to pay"), is_number=True),
    )
    return parts.Table(_("Payments"), columns, rows)


def measured(found: Node) -> parts.Table:
    rows = [
        (words(metric, "title"), words(each, "measure"), day(instant(each, "period", "endDate"), "medium"))
        for metric in nodes(found, "implementation", "metrics")
        for each in nodes(metric, "observations")
    ]
    columns = (parts.Column(_("Outcome")), parts.Column(_("Measured")), parts.Column(_("On")))
    return parts.Table(_("Results against the outcomes"), columns, rows)


def changes(found: Node) -> list[parts.Happening]:
    return [
        parts.Happening(when, words(each, "description"), detail=change_detail(each))
        for each in nodes(found, "amendments")
        if (when := instant(each, "date"))
    ]


def change_detail(change: Node) -> str:
    share = change.get("cumulativeShare")
    text = words(change, "rationale")
    if isinstance(share, int | float):
        text += " " + _("All changes so far: {share} % of the value at signing.").format(share=f"{share * 100:g}")
    return text


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


def complaints(compiled: Node) -> list[parts.Happening]:
    texts = {
        "pending": _("Not decided yet"),
        "upheld": _("Upheld"),
        "dismissed": _("Dismissed"),
        "withdrawn": _("Withdrawn"),
    }
    return [
        parts.Happening(
            when,
            words(each, "grounds") or words(each, "title"),
            texts.get(words(each, "status"), ""),
            detail=words(each, "rationale"),
        )
        for each in nodes(compiled, "complaints")
        if (when := instant(each, "date"))
    ]
