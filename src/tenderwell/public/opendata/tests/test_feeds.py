"""The feed, the table and the calendar."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import icalendar
import pytest
from django.test import Client

from tenderwell.ledger.sealing import sheet
from tenderwell.public.opendata import workbook
from tenderwell.public.opendata.feeds import ATOM, page_address, safe
from tenderwell.public.record import reading
from tenderwell.public.record.models import Record
from tenderwell.public.record.tests.making import OCID, publish, release, tender

pytestmark = pytest.mark.django_db
PERIODS = {
    "enquiryPeriod": {"endDate": "2026-03-10T12:00:00.000Z"},
    "tenderPeriod": {"endDate": "2026-04-01T12:00:00.000Z"},
}


def rows(client: Client, asked: str = "") -> list[dict[str, str]]:
    response: Any = client.get(f"/api/ocds/processes.csv?{asked}")
    return list(csv.DictReader(io.StringIO(response.getvalue().decode())))


def test_the_feed_has_what_a_search_finds_newest_first(client: Client) -> None:
    publish(*[release(number, ocid=f"{OCID}{number}", **tender(title=f"Road {number}")) for number in (1, 2)])
    publish(release(3, ocid=f"{OCID}3", **tender(title="School & \x0b<b>")))
    feed = ElementTree.fromstring(client.get("/feeds/notices.atom?q=road").content)
    assert [entry.findtext(f"{{{ATOM}}}title") for entry in feed.iter(f"{{{ATOM}}}entry")] == ["Road 2", "Road 1"]
    whole = ElementTree.fromstring(client.get("/feeds/notices.atom").content)
    assert whole.find(f"{{{ATOM}}}entry/{{{ATOM}}}title").text == "School & <b>"  # type: ignore[union-attr]


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    assert ElementTree.fromstring(client.get("/feeds/notices.atom").content).tag == f"{{{ATOM}}}feed"


def test_the_table_has_all_that_a_search_finds(client: Client) -> None:
    publish(*[release(1, ocid=f"{OCID}{number:02}", **tender(title="Road")) for number in range(30)])
    publish(release(1, ocid="ocds-x7k2mq-school", **tender(title="School", value={"amount": 12.5, "currency": "EUR"})))
    assert len(rows(client, "q=road")) == 30
    (school,) = rows(client, "q=school")
    assert (school["title"], school["amount"], school["currency"]) == ("School", "12.500000", "EUR")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(client: Client, text: str) -> None:
    assert safe(text) == f"'{text}"
    publish(release(1, **tender(title=text)))
    assert rows(client)[0]["title"][0] == "'"


def test_a_question_that_is_not_understood_is_refused(client: Client) -> None:
    response = client.get("/api/ocds/processes.csv?value_from=1,5&sort=best")
    assert [each["field"] for each in response.json()["reasons"]] == ["value_from", "sort"]


def test_the_calendar_has_the_dates_of_a_process(client: Client) -> None:
    milestones = [{"id": "m", "title": "First delivery", "dueDate": "2026-06-01T00:00:00.000Z"}]
    contract = {"id": "c", "awardID": "a", "implementation": {"milestones": milestones}}
    publish(release(1, **tender(title="Bridge", **PERIODS), contracts=[contract]))
    found: list[Any] = icalendar.Calendar.from_ical(client.get(f"/api/ocds/records/{OCID}.ics").content).walk("VEVENT")
    events = {str(each["uid"]): (str(each["summary"]), each["dtstart"].dt.isoformat()) for each in found}
    assert events == {
        f"enquiry@{OCID}": ("Questions close: Bridge", "2026-03-10T12:00:00+00:00"),
        f"tender@{OCID}": ("Bids are due: Bridge", "2026-04-01T12:00:00+00:00"),
        f"milestone-m@{OCID}": ("First delivery: Bridge", "2026-06-01T00:00:00+00:00"),
    }


def test_the_feed_leads_to_the_page_of_a_process() -> None:
    portal = pytest.importorskip("tenderwell.public.portal.urls")
    assert "processes/<str:ocid>/" in {str(each.pattern) for each in portal.localised}
    assert urlsplit(page_address("ocds-a B/7")).path == "/en/processes/ocds-a%20B%2F7/"


def test_the_releases_behind_the_figures_are_listed_with_their_entry_and_their_hash(client: Client) -> None:
    publish(*[release(number, **tender(title=f"Road {number}")) for number in (1, 2)])
    response: Any = client.get("/api/ocds/releases.csv")
    lines = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    changes = reading.timeline(OCID)
    assert [(int(line["entry"]), line["sha256"]) for line in lines] == [(c.index, c.release.sha256) for c in changes]
    for line in lines:
        content = client.get(urlsplit(line["url"]).path).content
        assert sha256(content).hexdigest() == line["sha256"]


def test_the_table_for_a_spreadsheet_holds_texts_that_nobody_runs_and_amounts_that_add_up(client: Client) -> None:
    evil = '=HYPERLINK("http://x")\x0b <b>&'
    publish(release(1, **tender(title=evil, value={"amount": 1200.5, "currency": "USD"})))
    response: Any = client.get("/api/ocds/processes.xlsx")
    raw = response.getvalue()
    header, row = sheet.read(raw)
    found = dict(zip(header, row, strict=True))
    assert found["title"] == evil.replace("\x0b", "")
    assert found["amount"] == "1200.5"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml")
    assert b"<v>1200.5</v>" in written
    assert b"<f>" not in written


def test_a_long_table_is_handed_on_in_pieces() -> None:
    made = Record(ocid="ocds-x-1", title="Road", published=datetime(2026, 3, 1, tzinfo=UTC))
    pieces = list(workbook.stream(made for _ in range(3 * workbook.ROWS)))
    assert len(pieces) == 4
    assert len(sheet.read(b"".join(pieces))) == 3 * workbook.ROWS + 1
