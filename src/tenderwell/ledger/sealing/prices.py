"""A price list to fill in and to read: lot, item, unit_amount, quantity and more, as CSV or as XLSX. Pure.

A row without an item gives the amount of its whole lot (quantity 1). Amounts have a decimal point and no thousands
separators. A lot's amount is the sum of its items, rounded half up to 2 decimals when it has more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import zip_longest

import msgspec

from tenderwell.ledger.sealing import sheet
from tenderwell.ledger.sealing.canonical import in_order
from tenderwell.ledger.sealing.findings import Finding, PackageError, Verdict, refuse
from tenderwell.ledger.sealing.response import ItemPrice, LotOffer, rounded
from tenderwell.ledger.sealing.tender_file import TenderFile

COLUMNS = ("lot", "item", "unit_amount", "quantity", "unit", "description")
FIXED = 4  # columns that must be there; the others only help whoever fills the list in
Row = dict[str, str]


def template(tender: TenderFile) -> str:
    """The price list to fill in as CSV."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(guarded(row) for row in lines(tender))
    return out.getvalue()


def sheet_template(tender: TenderFile) -> bytes:
    """The price list to fill in as XLSX."""
    return sheet.write(lines(tender))


def lines(tender: TenderFile) -> list[tuple[str, ...]]:
    """The empty list: its columns, then a row for each item, or for each lot when there are no items."""
    items = [(item.lot_id, item.id, "", item.quantity, item.unit, item.description) for item in tender.items]
    titles = {lot.id: lot.title for lot in tender.lots}
    wholes = [(lot, "", "", "1", "", titles.get(lot, tender.title)) for lot in tender.lot_ids]
    return [COLUMNS, *(items or wholes)]


def guarded(row: Sequence[str]) -> list[str]:
    """Texts that a spreadsheet would run as a formula are given as text."""
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row]


def read_prices(text: str, *, tender: TenderFile) -> tuple[LotOffer, ...]:
    """The offers in a filled price list. Raises PackageError with every flaw, each naming its line or item."""
    text = text.removeprefix("\ufeff")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    try:
        return offers_in(list(csv.reader(StringIO(text), delimiter=delimiter)), tender=tender)
    except csv.Error as error:
        raise refuse(Verdict.RESPONSE_MALFORMED, f"The price list is not CSV: {error}.") from error


def read_price_sheet(raw: bytes, *, tender: TenderFile) -> tuple[LotOffer, ...]:
    """The offers in a filled XLSX price list. Raises PackageError as `read_prices` does."""
    try:
        return offers_in(sheet.read(raw), tender=tender)
    except sheet.NoSheet as error:
        raise refuse(Verdict.RESPONSE_MALFORMED, f"The price list is not XLSX: {error}.") from error


def offers_in(table: Sequence[Sequence[str]], *, tender: TenderFile) -> tuple[LotOffer, ...]:
    """The offers in the cells of a price list."""
    rows = _rows(table)
    findings = (*_row_findings(rows), *_item_findings(rows, tender=tender))
    if findings:
        raise PackageError(*findings)
    lots = in_order({row["lot"] for row in rows})
    return tuple(_offer(lot, [row for row in rows if row["lot"] == lot], currency=tender.currency) for lot in lots)


def _rows(table: Sequence[Sequence[str]]) -> list[Row]:
    """The rows that state a price."""
    head = tuple(cell.strip() for cell in table[0]) if table else ()
    if head[:FIXED] != COLUMNS[:FIXED]:
        names = ",".join(COLUMNS[:FIXED])
        raise refuse(Verdict.RESPONSE_MALFORMED, f"The first line of the price list must begin with: {names}")
    rows = [dict(zip_longest(COLUMNS[:FIXED], map(str.strip, cells[:FIXED]), fillvalue="")) for cells in table[1:]]
    return [row for row in rows if row["unit_amount"]]


def _row_findings(rows: Sequence[Row]) -> Iterator[Finding]:
    if not rows:
        yield Finding(Verdict.RESPONSE_MALFORMED, "The price list holds no price.")
    for row in rows:
        try:
            _price(row)
        except msgspec.ValidationError:
            text = f"Write numbers as 1234.50: {_name(row)} has {row['unit_amount']!r} and {row['quantity']!r}."
            yield Finding(Verdict.RESPONSE_MALFORMED, text)


def _item_findings(rows: Sequence[Row], *, tender: TenderFile) -> Iterator[Finding]:
    """What does not fit the tender: unknown lots or items, items left out, another quantity than asked."""
    asked = {(item.lot_id, item.id): item for item in tender.items}
    offered = {(row["lot"], row["item"]) for row in rows}
    for row in rows:
        item = asked.get((row["lot"], row["item"]))
        if row["lot"] not in (tender.lot_ids):
            yield Finding(Verdict.RESPONSE_MALFORMED, f"The tender has no lot {row['lot']!r}.")
        elif item is None and (row["item"] or tender.items):
            yield Finding(Verdict.RESPONSE_MALFORMED, f"The tender does not ask for {_name(row)}.")
        elif item and row["quantity"] not in ("", item.quantity):
            yield Finding(Verdict.RESPONSE_MALFORMED, f"{item.quantity} {item.unit} of {_name(row)} are asked for.")
    for lot, name in asked:
        if (lot, name) not in offered and any(row["lot"] == lot for row in rows):
            yield Finding(Verdict.RESPONSE_MALFORMED, f"Item {name} has no price.")


def _offer(lot: str, rows: Sequence[Row], *, currency: str) -> LotOffer:
    priced = LotOffer(lot_id=lot, amount="0", currency=currency, items=tuple(_price(row) for row in rows))
    is_whole = [row["item"] for row in rows] == [""]
    items = () if is_whole else priced.items
    return LotOffer(lot_id=lot, amount=f"{rounded(priced.total):f}", currency=currency, items=items)


def _price(row: Row) -> ItemPrice:
    item = {"item_id": row["item"] or "-", "unit_amount": row["unit_amount"], "quantity": row["quantity"] or "1"}
    return msgspec.convert(item, type=ItemPrice)


def _name(row: Row) -> str:
    return f"item {row['item']}" if row["item"] else f"lot {row['lot'] or '(all)'}"
