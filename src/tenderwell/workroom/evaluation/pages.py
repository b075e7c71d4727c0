"""What the pages of the evaluation show, as the components of `ui` take it. Bids go by their code, without names."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tenderwell.core.command import Actor
from tenderwell.ledger.sealing.fit import EXCEPTION
from tenderwell.ui import parts
from tenderwell.ui.formats import money, number
from tenderwell.workroom.bidding.eligibility import declarations
from tenderwell.workroom.bidding.models import Bid, BidLot
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.choices import bid_name
from tenderwell.workroom.evaluation.frozen import schemes_of
from tenderwell.workroom.evaluation.ranking import Criterion
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.tendering.queries import ocds_items

MARKS = "=+-@\t\r"  # what spreadsheets take for the start of a formula


def price_tables(process: Process) -> list[parts.Table]:
    """For each lot the price of every item, bid beside bid."""
    names = {item["id"]: item.get("description") or item["id"] for item in ocds_items(process)}
    priced = {lot: [bid for bid in bids if is_priced(bid, lot)] for lot, bids in queries.bids_by_lot(process).items()}
    return [price_table(lot, bids, names) for lot, bids in priced.items() if bids]


def is_priced(bid: Bid, lot: str) -> bool:
    """Whether its price is open."""
    return offer_in(bid, lot).amount is not None


def price_table(lot: str, bids: Sequence[Bid], names: dict[str, str]) -> parts.Table:
    offers = {bid.code: offer_in(bid, lot) for bid in bids}
    prices = {code: {item.item: item for item in offer.items.all()} for code, offer in offers.items()}
    asked = [item for item in names if any(item in priced for priced in prices.values())]
    rows = [
        (names[item], *(priced_cell(prices[code].get(item), offers[code].currency) for code in offers))
        for item in asked
    ]
    columns = [parts.Column(_("Item")), *(parts.Column(bid_name(code), is_number=True) for code in offers)]
    total = (_("Together"), *(money(offer.amount or 0, currency=offer.currency) for offer in offers.values()))
    caption = _("Prices without tax: {lot}").format(lot=lot) if lot else _("Prices without tax")
    return parts.Table(caption, columns, rows or [total], total if rows else ())


def offer_in(bid: Bid, lot: str) -> BidLot:
    return next(each for each in bid.lots.all() if each.lot == lot)


def priced_cell(item: Any, currency: str) -> object:
    """The unit price, and how many; a dash for an item that was not offered."""
    if item is None:
        return "–"
    return format_html("{} × {}", money(item.unit_amount, currency=currency), number(item.quantity))


def answer_table(bids: Sequence[Bid]) -> parts.Table:
    """Every answer, bid beside bid."""
    answers = {bid.code: dict((bid.response or {}).get("answers", {})) for bid in bids}
    asked = list(dict.fromkeys(question for given in answers.values() for question in given if question != EXCEPTION))
    rows = [(question, *(answers[bid.code].get(question, "–") for bid in bids)) for question in asked]
    columns = [parts.Column(_("Question")), *(parts.Column(bid_name(bid.code)) for bid in bids)]
    return parts.Table(_("Answers"), columns, rows, empty=_("No bid answers questions."))


def firm_table(process: Process, bids: Sequence[Bid]) -> parts.Table:
    """What each bid declares, what it could not and why, and who else does the work: it shows what a firm can do."""
    asked = {each.id: each.text for each in declarations(process)}
    rows = [firm_row(bid, asked) for bid in bids if bid.response]
    heads = (_("Bid"), _("Declared"), _("Not declared"), _("Partners in the consortium"), _("Subcontractors"))
    return parts.Table(_("Who bids, and what they declare"), [parts.Column(head) for head in heads], rows)


def firm_row(bid: Bid, asked: Mapping[str, str]) -> tuple[object, ...]:
    """The leader goes by the bid's number; declarations that are made in full are counted, missing ones are quoted."""
    said = bid.response or {}
    missing = [text for code, text in asked.items() if code not in said["declarations"]]
    reason = said["answers"].get(EXCEPTION, "")
    open_ones = [*missing, _("The bidder explains: {reason}").format(reason=reason)] if reason else missing
    made = _("{done} of {total}").format(done=len(asked) - len(missing), total=len(asked))
    firms = (said["tenderers"][1:], said["subcontractors"])
    return (bid_name(bid.code), made, listed(open_ones), *(listed(map(firm, each)) for each in firms))


def firm(named: Mapping[str, str]) -> str:
    """Its name, and which part of the work it does."""
    return ": ".join(filter(None, (named["name"], named["part"])))


def listed(texts: Iterable[str]) -> object:
    return format_html_join(mark_safe("<br>"), "{}", ((text,) for text in texts)) or "–"


def file_lists(process: Process, bids: Sequence[Bid]) -> list[tuple[str, list[parts.Document]]]:
    """The attachments of each bid, to download; bid.json is what the tables show, and names the bidder."""
    return [
        (bid_name(bid.code), [document(process, bid, file) for file in bid.files.all() if file.position])
        for bid in bids
    ]


def document(process: Process, bid: Bid, file: Any) -> parts.Document:
    url = reverse("evaluation:file", args=(process.ocid, bid.code, file.position))
    form = file.name.rpartition(".")[2].upper()[:8] if "." in file.name else "–"
    return parts.Document(file.name, url, form, file.size, sha256=file.sha256)


def criteria_table(process: Process, *, lot: str) -> parts.Table:
    """The frozen criteria of a lot with what each point means."""
    scheme = schemes_of(process)[lot]
    rows = [(each.title, percentage(each), meaning(each)) for each in scheme.criteria]
    heads = (_("Criterion"), _("Weight"), _("How it is judged"))
    columns = [parts.Column(head, is_number=place == 1) for place, head in enumerate(heads)]
    return parts.Table(_("Published criteria"), columns, rows)


def percentage(criterion: Criterion) -> str:
    if criterion.kind == "pass_fail":
        return "–"
    return f"{number(Decimal(criterion.weight.numerator) / criterion.weight.denominator)} %"


def meaning(criterion: Criterion) -> str:
    """The scale in one line, or the formula."""
    if criterion.scale:
        return "; ".join(f"{points}: {_(text)}" for points, text in criterion.scale.steps)
    texts = {
        "price_relative": _("The lowest price divided by the price"),
        "linear": _("All for the lowest price, nothing for twice as much, a straight line between"),
    }
    return texts.get(criterion.formula, _("Passed or failed"))


def comparison(process: Process, actor: Actor) -> Iterator[tuple[str, list[str], list[list[str]]]]:
    """(lot, heads, rows) of what this person may see: prices, the scores shown to this person, agreed scores."""
    schemes = schemes_of(process)
    for lot, bids in queries.bids_by_lot(process).items():
        scheme = schemes[lot]
        given = queries.points_by_pair(queries.shown_sheets(process, lot=lot, person=actor.id))
        agreed = queries.current_consensus(process, lot=lot)
        points = {(row["bid"], row["criterion"]): row["points"] for row in agreed.scores} if agreed else {}
        heads = [_("Bid"), _("Price"), *(title for each in scheme.quality for title in (each.title, _("Agreed")))]
        rows = [
            [bid_name(bid.code), price_text(bid, lot), *cells(bid.code, scheme.quality, given, points)] for bid in bids
        ]
        yield lot, heads, rows


def price_text(bid: Bid, lot: str) -> str:
    amount = offer_in(bid, lot).amount
    return "–" if amount is None else f"{amount.normalize():f}"


def cells(
    bid: str,
    criteria: Sequence[Criterion],
    given: dict[tuple[str, str], list[tuple[str, str]]],
    agreed: dict[tuple[str, str], str],
) -> Iterator[str]:
    """For each criterion the individual points shown, and the agreed ones."""
    for each in criteria:
        yield ", ".join(points for _code, points in given.get((bid, each.id), [])) or "–"
        yield agreed.get((bid, each.id), "–")


def given_table(process: Process, actor: Actor, *, lot: str) -> parts.Table:
    """What each evaluator gave alone, with the reason; only what this person may see."""
    titles = {each.id: each.title for each in schemes_of(process)[lot].quality}
    sheets = queries.shown_sheets(process, lot=lot, person=actor.id)
    rows = sorted(
        (
            bid_name(row["bid"]),
            titles.get(row["criterion"], row["criterion"]),
            sheet.evaluator.code,
            row["points"],
            row["reason"],
        )
        for sheet in sheets
        for row in sheet.scores
    )
    heads = (_("Bid"), _("Criterion"), _("Evaluator"), _("Points"), _("Reason"))
    columns = [parts.Column(head, is_number=head == _("Points")) for head in heads]
    return parts.Table(_("Scores given alone"), columns, rows, empty=_("They show once everybody has committed."))


def comparison_tables(process: Process, actor: Actor) -> list[parts.Table]:
    return [
        parts.Table(
            _("Comparison: {lot}").format(lot=lot) if lot else _("Comparison"),
            [parts.Column(head, is_number=place > 0) for place, head in enumerate(heads)],
            rows,
        )
        for lot, heads, rows in comparison(process, actor)
    ]


def comparison_csv(process: Process, actor: Actor) -> str:
    """The comparison as CSV, one block of rows a lot; no cell can be taken for a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for lot, heads, rows in comparison(process, actor):
        writer.writerow([safe(cell) for cell in (_("Lot"), *heads)])
        writer.writerows([[safe(cell) for cell in (lot, *row)] for row in rows])
    return out.getvalue()


def safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in MARKS and cell else cell
