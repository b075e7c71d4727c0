"""Price lists as XLSX: what office programs write is read, what attackers write is refused."""

import contextlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderwell.ledger.sealing import sheet
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.prices import read_price_sheet, sheet_template
from tenderwell.ledger.sealing.tests.spreadsheets import MAIN, bomb, office, packed
from tenderwell.ledger.sealing.tests.test_prices import item, tender

ROWS: list[list[str | float]] = [["lot", "item", "unit_amount", "quantity"], ["", "i1", 12.1 + 0.05, 10]]
TEXTS = st.lists(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=9), max_size=4), max_size=4)


def test_what_an_office_program_writes_is_read() -> None:
    assert sheet.read(office(ROWS)) == [["lot", "item", "unit_amount", "quantity"], ["", "i1", "12.15", "10"]]
    offers = read_price_sheet(office(ROWS), tender=tender(items=(item("i1"),)))
    assert (offers[0].amount, offers[0].items[0].unit_amount) == ("121.50", "12.15")


@given(TEXTS)
def test_what_we_write_we_read(rows: list[list[str]]) -> None:
    assert sheet.read(sheet.write(rows)) == rows


def test_the_template_names_every_item_and_what_it_is() -> None:
    rows = sheet.read(sheet_template(tender(items=(item("i1"),))))
    assert rows[1] == ["", "i1", "", "10", "piece", "A lamp"]


@pytest.mark.parametrize(("held", "shown"), [(1.2e3, "1200"), (0.1 + 0.2, "0.3"), (1e-6, "0.000001"), (100.0, "100")])
def test_a_number_is_read_as_it_is_shown(held: float, shown: str) -> None:
    assert sheet.read(office([[held]])) == [[shown]]


def test_flaws_of_a_spreadsheet_are_all_told() -> None:
    rows: list[list[str | float]] = [ROWS[0], ["", "i1", "12,5", 10], ["", "i9", 1, 1]]
    with pytest.raises(PackageError) as caught:
        read_price_sheet(office(rows), tender=tender(items=(item("i1"),)))
    assert "Write numbers" in str(caught.value)
    assert "does not ask for item i9" in str(caught.value)


LAUGHS = f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK", b"PK\x03\x04" + bytes(99), packed({}), packed({"a": "b"}), office([], book="<x/>"),
     office([], sheet="<x>"), office(ROWS, texts=LAUGHS)],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused(raw: bytes) -> None:
    with pytest.raises(sheet.NoSheet):
        sheet.read(raw)


def marked(raw: bytes, *, place: int, value: bytes) -> bytes:
    """With the bytes at this place of each file's line in the ZIP's directory changed."""
    found, changed = raw.find(b"PK\1\2"), bytearray(raw)
    while found >= 0:
        changed[found + place : found + place + len(value)] = value
        found = raw.find(b"PK\1\2", found + 4)
    return bytes(changed)


def stored(rows: list[list[str | float]]) -> bytes:
    """The same spreadsheet, not compressed."""
    out = BytesIO()
    with ZipFile(BytesIO(office(rows))) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def test_an_encrypted_spreadsheet_and_one_that_is_cut_off_are_refused() -> None:
    with pytest.raises(sheet.NoSheet, match="encrypted"):
        sheet.read(marked(office(ROWS), place=8, value=b"\1\0"))
    longer = (1_000_000).to_bytes(4, "little") * 2
    with pytest.raises(sheet.NoSheet):
        sheet.read(marked(stored(ROWS), place=20, value=longer))


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(sheet.NoSheet, match="too large"):
        sheet.read(bomb())


def test_a_row_that_begins_beyond_the_last_column_costs_nothing() -> None:
    far = f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>'
    assert sheet.read(office([], sheet=far)) == [[]]


@settings(max_examples=200)
@given(st.binary(max_size=300), st.integers(0, 900))
def test_no_damage_crashes_the_reader(noise: bytes, place: int) -> None:
    whole = office(ROWS)
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    with contextlib.suppress(sheet.NoSheet):
        sheet.read(damaged)
