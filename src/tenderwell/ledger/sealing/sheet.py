"""The first sheet of an XLSX file as rows of text, and back: just enough for a price list. Pure.

Format: ECMA-376, Office Open XML. Read with limits, for a file may be made to fill the memory (a zip bomb).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MOST_BYTES = 20_000_000  # of one part, unpacked
MOST_ROWS, MOST_COLUMNS = 20_000, 50
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,  # encrypted
    NotImplementedError,
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHOWN = Context(prec=15, rounding=ROUND_HALF_EVEN)  # digits that a spreadsheet shows of a number
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NS = "http://schemas.openxmlformats.org"
PARTS = {  # all but the sheet itself
    "[Content_Types].xml": f'<Types xmlns="{_NS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{_NS}/officeDocument/2006/'
    'relationships"><sheets><sheet name="prices" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


class NoSheet(ValueError):
    """Bytes that are no XLSX file, or one that is too large."""


def write(rows: Sequence[Sequence[str]]) -> bytes:
    """An XLSX file with one sheet, every cell a text."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/worksheets/sheet1.xml": _sheet(rows)}.items():
            archive.writestr(zipfile.ZipInfo(name), HEAD + text)
    return out.getvalue()


def read(raw: bytes) -> list[list[str]]:
    """The cells of the first sheet. Raises NoSheet."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            texts = _shared(archive)
            return [_cells(row, texts) for row in _tree(archive, _first_sheet(archive)).iter(f"{_MAIN}row")][:MOST_ROWS]
    except (*UNREADABLE, ElementTree.ParseError) as error:
        raise error if isinstance(error, NoSheet) else NoSheet(str(error)) from error


BEFORE = f'<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><sheetData>'
AFTER = "</sheetData></worksheet>"


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    return BEFORE + "".join(f"<row>{''.join(map(text_cell, row))}</row>" for row in rows) + AFTER


def text_cell(text: str) -> str:
    """A cell that every program takes for a text, whatever it begins with."""
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part of the file. Raises NoSheet for what is too large, or declares entities."""
    with archive.open(name) as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise NoSheet("it is too large")
    if b"<!DOCTYPE" in raw:
        raise NoSheet("it declares a document type")
    return ElementTree.fromstring(raw)


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Which part is the first sheet: by the workbook's own list."""
    named = _tree(archive, "xl/workbook.xml").find(f"{_MAIN}sheets/{_MAIN}sheet")
    if named is None:
        raise NoSheet("it has no sheet")
    own = named.get(f"{{{_NS}/officeDocument/2006/relationships}}id")
    targets = {each.get("Id"): each.get("Target", "") for each in _tree(archive, "xl/_rels/workbook.xml.rels")}
    target = targets[own]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells point at."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(each) for each in _tree(archive, "xl/sharedStrings.xml").iter(f"{_MAIN}si")]


def _text(node: ElementTree.Element) -> str:
    return "".join(each.text or "" for each in node.iter(f"{_MAIN}t"))


def _cells(row: ElementTree.Element, texts: Sequence[str]) -> list[str]:
    """The texts of a row, at their places; what is beyond the last column that we know is left out."""
    found: dict[int, str] = {}
    for after, cell in enumerate(row.iter(f"{_MAIN}c")):
        place = _column(cell.get("r", "")) if cell.get("r") else after
        if place < MOST_COLUMNS:
            found[place] = _value(cell, texts)
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]


def _column(name: str) -> int:
    """The number of a column, from 0: "B7" is 1."""
    number = 0
    for letter in name.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: ElementTree.Element, texts: Sequence[str]) -> str:
    kind, held = cell.get("t", "n"), cell.findtext(f"{_MAIN}v", "")
    if kind == "inlineStr":
        return _text(cell)
    if kind == "s":
        return texts[int(held)] if held.isdigit() and int(held) < len(texts) else ""
    return _number(held) if kind == "n" and held else held


def _number(held: str) -> str:
    """As the spreadsheet shows it: 12.350000000000001 is 12.35, 1.2E3 is 1200."""
    try:
        text = f"{_SHOWN.create_decimal(Decimal(held)):f}"
    except InvalidOperation:
        return held
    return text.rstrip("0").rstrip(".") if "." in text else text
