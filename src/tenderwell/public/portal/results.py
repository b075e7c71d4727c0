"""The second half of a process's page: bids after the opening, scores, awards, contracts, payments, complaints."""

from fractions import Fraction

from django.utils.translation import gettext as _

from tenderwell.public.portal.reading import Node, instant, money, names, node, nodes, words
from tenderwell.public.portal.sentences import translated
from tenderwell.ui import parts
from tenderwell.ui.templatetags.ui import day, moment
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
        parts.Column(_("Price"), is_number=True),
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
    reason = translated(words(bid, "statusReason"))
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


def score_reasons(compiled: Node) -> parts.Table:
    """Why each bid got its points: bid, criterion, points, reason; also what it had to pass."""
    names_of = {words(each, "id"): names(each, "tenderers") for each in nodes(compiled, "bids", "details")}
    rows = [
        (
            names_of.get(words(each, "bid")) or words(each, "bid"),
            title_of(compiled, words(one, "id")),
            words(one, "points") or words(one, "score"),
            words(one, "reason"),
        )
        for each in nodes(compiled, "tender", "evaluation", "results")
        for one in nodes(each, "shortlisting") + nodes(each, "scores")
        if words(one, "reason")
    ]
    columns = (
        parts.Column(_("Bid")),
        parts.Column(_("Criterion")),
        parts.Column(_("Points"), is_number=True),
        parts.Column(_("Reason")),
    )
    return parts.Table(_("Reasons for the points"), columns, rows)


def score_chart(compiled: Node) -> parts.Chart | None:
    """The total of each bid, the best first; none for a single bid or lots, whose totals stand apart."""
    results = nodes(compiled, "tender", "evaluation", "results")
    names_of = {words(each, "id"): names(each, "tenderers") for each in nodes(compiled, "bids", "details")}
    totals = [(exact(words(each, "total")), words(each, "bid")) for each in results]
    found = sorted(((total, bid) for total, bid in totals if total is not None), reverse=True)
    if len(found) < 2 or len({bid for _total, bid in found}) != len(found):
        return None
    return parts.Chart(
        kind="bars",
        title=_("Points of the bids"),
        description=_("One bar for each bid, the best first."),
        unit=_("points"),
        labels=[names_of.get(bid) or bid for _total, bid in found],
        series=[parts.Series(_("Points"), [total for total, _bid in found])],
        axis=_("Bid"),
    )


def exact(fraction: str) -> float | None:
    try:
        return round(float(Fraction(fraction)), 2)
    except (ValueError, ZeroDivisionError):
        return None


def opening(compiled: Node) -> list[parts.Fact]:
    """Who held the keys, how many of them opened the bids, when."""
    committee, record = node(compiled, "tender", "committee"), node(compiled, "tender", "openingRecord")
    rows = []
    if (k := words(committee, "k")) and (n := words(committee, "n")):
        rows.append(parts.Fact(_("Opened by"), _("Any {k} of {n} members together").format(k=k, n=n)))
        rows.append(parts.Fact(_("Members"), names(committee, "members")))
    prices = node(compiled, "tender", "priceCommittee")
    if (k := words(prices, "k")) and (n := words(prices, "n")):
        rows.append(parts.Fact(_("Prices opened by"), _("Any {k} of {n} members together").format(k=k, n=n)))
        rows.append(parts.Fact(_("Members for the prices"), names(prices, "members")))
    if when := instant(record, "date"):
        rows.append(parts.Fact(_("Opened"), moment(when)))
    return rows


def awards(compiled: Node) -> list[parts.Card]:
    return [
        parts.Card(
            title=names(each, "suppliers") or words(each, "title"),
            line=lot_names(compiled, each),
            text=words(each, "rationale") or words(each, "description"),
            tags=[award_tag(each)],
            facts=award_facts(each),
        )
        for each in nodes(compiled, "awards")
    ]


def award_tag(award: Node) -> parts.Tag:
    known = {
        "active": parts.Tag(_("In force"), "green"),
        "pending": parts.Tag(_("Not decided yet"), "yellow"),
        "cancelled": parts.Tag(_("Cancelled"), "red"),
        "unsuccessful": parts.Tag(_("No award"), "orange"),
    }
    status = words(award, "status")
    return known.get(status) or parts.Tag(status or _("Award"))


def award_facts(award: Node) -> list[parts.Fact]:
    found = [parts.Fact(_("Value"), amount(value))] if (value := money(award, "value")) else []
    return found + ([parts.Fact(_("Decided"), day(when))] if (when := instant(award, "date")) else [])


def lot_names(compiled: Node, award: Node) -> str:
    wanted = award.get("relatedLots")
    wanted = wanted if isinstance(wanted, list) else []
    titles = {words(lot, "id"): words(lot, "title") for lot in nodes(compiled, "tender", "lots")}
    return ", ".join(titles.get(str(each)) or str(each) for each in wanted)


def complaints(compiled: Node) -> list[parts.Card]:
    """Each complaint in full, with what was asked and, once there is one, the decision and its reasons."""
    return [
        parts.Card(
            title=words(each, "grounds") or words(each, "title"),
            tags=[complaint_tag(words(each, "status"))],
            text=words(each, "description"),
            facts=complaint_facts(each),
        )
        for each in nodes(compiled, "complaints")
    ]


def complaint_tag(status: str) -> parts.Tag:
    texts = {
        "pending": (_("Not decided yet"), "yellow"),
        "upheld": (_("Upheld"), "green"),
        "dismissed": (_("Dismissed"), "grey"),
        "withdrawn": (_("Withdrawn"), "grey"),
    }
    return parts.Tag(*texts.get(status, (status, "grey")))


def told(complaint: Node, name: str) -> str:
    return moment(when) if (when := instant(complaint, name)) else ""


def complaint_facts(complaint: Node) -> list[parts.Fact]:
    follows = {
        "none": _("Nothing has to be done"),
        "annul_award": _("The award is annulled"),
        "evaluate_again": _("The bids are evaluated again"),
    }
    remedy, is_decided = words(complaint, "remedy"), bool(words(complaint, "decision"))
    rows = (
        (_("Made"), told(complaint, "date")),
        (_("What should be done"), "" if is_decided else remedy),
        (_("Ended") if words(complaint, "status") == "withdrawn" else _("Decided"), told(complaint, "dateDecided")),
        (_("What follows"), follows.get(remedy, remedy) if is_decided else ""),
        (_("The reasons"), words(complaint, "rationale")),
    )
    return [parts.Fact(key, value) for key, value in rows if value]
