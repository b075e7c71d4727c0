"""The table of a search as an XLSX file, streamed: texts stay texts, amounts are numbers, nothing is ever a formula.

Format: ECMA-376, Office Open XML, as ledger.sealing.sheet writes it.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from tenderwell.core.outgoing import Outgoing
from tenderwell.ledger.sealing import sheet
from tenderwell.public.opendata.feeds import COLUMNS, page_address
from tenderwell.public.record.models import Record

SHEET = "xl/worksheets/sheet1.xml"
ROWS = 500  # written between two pieces that are handed on
FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}  # by XML
LONGEST = 32_767  # signs of a cell


def stream(records: Iterable[Record]) -> Iterator[bytes]:
    """The file piece by piece: a header, then one process a row."""
    out = Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sheet.PARTS.items():
            archive.writestr(zipfile.ZipInfo(name), sheet.HEAD + text.replace('name="prices"', 'name="processes"'))
        with archive.open(plain_entry(), "w", force_zip64=True) as target:
            target.write((sheet.HEAD + sheet.BEFORE + line((*COLUMNS, "page"))).encode())
            for number, record in enumerate(records, 1):
                cells = (*(getattr(record, name) for name in COLUMNS), page_address(record.ocid))
                target.write(line(cells).encode())
                if number % ROWS == 0:
                    yield out.take()
            target.write(sheet.AFTER.encode())
    yield out.take()


def plain_entry() -> zipfile.ZipInfo:
    """The sheet's place in the file; without the time of day, so that the same search gives the same bytes."""
    entry = zipfile.ZipInfo(SHEET)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def line(cells: Iterable[object]) -> str:
    return f"<row>{''.join(map(cell, cells))}</row>"


def cell(value: object) -> str:
    """An amount as a number; everything else as a text, which no program runs."""
    if isinstance(value, Decimal):
        return f"<c><v>{value.normalize():f}</v></c>"
    if isinstance(value, datetime):
        return sheet.text_cell(value.isoformat())
    return sheet.text_cell("" if value is None else str(value).translate(FORBIDDEN)[:LONGEST])
