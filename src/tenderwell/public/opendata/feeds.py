"""The record for readers' programs: an Atom feed, a table that opens safely in a spreadsheet, a calendar."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import icalendar
from django.conf import settings

from tenderwell.public.opendata.packages import record_address, release_address
from tenderwell.public.record.models import Record
from tenderwell.public.record.reading import Change
from tenderwell.public.record.summary import moment, part, parts, text

ATOM = "http://www.w3.org/2005/Atom"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "ocid",
    "reference",
    "title",
    "buyer_name",
    "stage",
    "status",
    "method",
    "method_details",
    "category",
    "amount",
    "currency",
    "published",
    "closes",
    "source",
)
BASIS = ("entry", "ocid", "release", "date", "sha256", "source", "url")
DATES = (
    ("enquiry", "Questions close", ("tender", "enquiryPeriod", "endDate")),
    ("tender", "Bids are due", ("tender", "tenderPeriod", "endDate")),
    ("opening", "Bids are opened", ("tender", "bidOpening", "date")),
    ("award", "Award is expected by", ("tender", "awardPeriod", "endDate")),
    ("standstill", "Standstill ends", ("tender", "standstillPeriod", "endDate")),
)


def atom(records: Iterable[Record], *, uri: str, now: datetime) -> bytes:
    """A feed of processes, the address of a search being its own name."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    entries = list(records)
    add(feed, "id", uri)
    add(feed, "title", f"Procurement of {settings.TENDERWELL_CITY}")
    add(feed, "updated", max((record.updated for record in entries), default=now).isoformat())
    add(feed, "link", rel="self", href=uri)
    author = add(feed, "author")
    add(author, "name", settings.TENDERWELL_PUBLISHER["name"])
    for record in entries:
        add_entry(feed, record)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def add_entry(feed: ElementTree.Element, record: Record) -> None:
    """One process."""
    entry = add(feed, "entry")
    add(entry, "id", record_address(record.ocid))
    add(entry, "title", record.title or record.ocid)
    add(entry, "updated", record.updated.isoformat())
    add(entry, "published", record.published.isoformat())
    add(entry, "link", rel="alternate", href=page_address(record.ocid))
    add(entry, "link", rel="enclosure", type="application/json", href=record_address(record.ocid))
    add(entry, "summary", " · ".join(filter(None, [record.buyer_name, record.status, record.description[:500]])))
    if record.category:
        add(entry, "category", term=record.category)


def add(parent: ElementTree.Element, name: str, content: str | None = None, **attributes: str) -> ElementTree.Element:
    """A child element of Atom; control characters, which XML forbids, are dropped."""
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if content is not None:
        child.text = "".join(letter for letter in content if letter >= " " or letter in "\t\n")
    return child


def page_address(ocid: str) -> str:
    """Where people read about a process: its page on the public site, in the main language."""
    return f"{settings.TENDERWELL_ADDRESS}/{settings.LANGUAGE_CODE}/processes/{quote(ocid, safe='')}/"


def table(records: Iterable[Record]) -> Iterator[str]:
    """A table as CSV, row by row: a header, then one process a row."""
    yield row((*COLUMNS, "url"))
    for record in records:
        yield row((*(getattr(record, name) for name in COLUMNS), record_address(record.ocid)))


def basis(changes: Iterable[Change]) -> Iterator[str]:
    """Where each figure comes from, as CSV: one release a row, with its entry in the ledger and its SHA-256."""
    yield row(BASIS)
    for change in changes:
        found = change.release
        address = release_address(found.id)
        yield row((change.index, found.ocid, found.id, found.date, found.sha256, found.source, address))


def summary(record: Record) -> dict[str, Any]:
    """One process of a list, under the names of the table's columns; amounts as exact text."""
    told = {name: getattr(record, name) for name in COLUMNS}
    amount = None if record.amount is None else format(record.amount.normalize(), "f")
    return {**told, "amount": amount, "url": record_address(record.ocid), "page": page_address(record.ocid)}


def row(cells: Iterable[object]) -> str:
    """One line of CSV. A text that a spreadsheet would take for a formula is made a text by a leading apostrophe."""
    line = io.StringIO()
    csv.writer(line).writerow([safe(cell) for cell in cells])
    return line.getvalue()


def safe(cell: object) -> object:
    """A cell that no spreadsheet runs."""
    if isinstance(cell, datetime):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(DANGEROUS) else cell


def calendar(record: Record) -> bytes:
    """The dates of a process: of the call for bids, and of its contracts' milestones."""
    found = icalendar.Calendar()
    found.add("prodid", "-//Tenderwell//Open data//EN")
    found.add("version", "2.0")
    found.add("name", record.title or record.ocid)
    for key, name, when in dates(record.compiled):
        found.add_component(event(record, key=key, name=name, when=when))
    written: bytes = found.to_ical()
    return written


def event(record: Record, *, key: str, name: str, when: datetime) -> icalendar.Event:
    """One date; its uid stays when the date moves, so that calendars move it too."""
    made = icalendar.Event()
    made.add("uid", f"{key}@{record.ocid}")
    made.add("dtstamp", record.updated)
    made.add("dtstart", when)
    made.add("summary", f"{name}: {record.title or record.ocid}")
    made.add("url", page_address(record.ocid))
    return made


def dates(compiled: dict[str, Any]) -> Iterator[tuple[str, str, datetime]]:
    """Key, name and instant of each date of a process."""
    for key, name, path in DATES:
        if found := moment(text(compiled, *path)):
            yield key, name, found
    for contract in parts(compiled, "contracts"):
        milestones = parts(part(contract, "implementation"), "milestones") + parts(contract, "milestones")
        for milestone in milestones:
            if found := moment(text(milestone, "dueDate")):
                yield f"milestone-{text(milestone, 'id')}", text(milestone, "title") or "Milestone", found
