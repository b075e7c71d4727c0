"""The documents of the demo's procurements: small tagged PDFs and a price list, made here from their texts."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from tenderwell.core import files
from tenderwell.ui.pdf import Letter, grid, heading, letter_pdf, paragraph
from tenderwell.workroom.process.commands import AddDocument

LIMIT = 1_000_000
Row = tuple[str, ...]


def pdf(title: str, texts: Sequence[tuple[str, str]], *, when: datetime, reference: str) -> bytes:
    """One page or two: a heading and a paragraph for each pair."""
    parts = [part for head, text in texts for part in (heading(head), paragraph(text))]
    particulars = (f"Reference: {reference}", f"Date: {when:%d.%m.%Y}", "Example document of the demo city")
    return letter_pdf("letter", Letter(title=title, parts=parts, particulars=particulars), when=when)


def table_pdf(title: str, columns: Row, rows: Sequence[Row], *, when: datetime, reference: str) -> bytes:
    particulars = (f"Reference: {reference}", "Example document of the demo city")
    return letter_pdf("letter", Letter(title=title, parts=[grid(columns, rows)], particulars=particulars), when=when)


def price_list(items: Sequence[Row]) -> bytes:
    """The price list for bidders to fill in, as CSV with a head."""
    text = io.StringIO()
    csv.writer(text).writerows([("item", "description", "quantity", "unit", "unit price"), *items])
    return text.getvalue().encode()


def attached(body: bytes, *, name: str, title: str, part: str, kind: str) -> AddDocument:
    """The file stored, and what adding it to a process asks for."""
    stored = files.store([body], limit=LIMIT)
    return AddDocument(file=stored.sha256, file_name=name, title=title, part=part, kind=kind)
