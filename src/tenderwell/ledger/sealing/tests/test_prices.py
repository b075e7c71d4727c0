"""Price lists and tender files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing.canonical import NotCanonical
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.prices import read_prices, template
from tenderwell.ledger.sealing.tender_file import Item, Lot, TenderFile, encode_tender_file, parse_tender_file
from tenderwell.ledger.sealing.tests.people import TENDER, committee_of

HEAD = "lot,item,unit_amount,quantity\n"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def tender(lots: tuple[str, ...] = (), items: tuple[Item, ...] = (), name: str = TENDER) -> TenderFile:
    return TenderFile(
        tender=name, title="Lamps", stage="bid", closes=NOON, currency="EUR", committee=committee_of(2, 3),
        lots=tuple(Lot(id=lot, title=f"Lot {lot}") for lot in lots), items=items,
    )  # fmt: skip


def item(name: str, lot: str = "", quantity: str = "10") -> Item:
    return Item(id=name, lot_id=lot, description="A lamp", unit="piece", quantity=quantity)


def test_lots_are_summed_and_sorted() -> None:
    text = HEAD + "b,i3,1,10\na,i1,0.333,10\na,i2,2.50,10\n"
    file = tender(("a", "b"), (item("i1", "a"), item("i2", "a"), item("i3", "b")))
    assert [(lot.lot_id, lot.amount) for lot in read_prices(text, tender=file)] == [("a", "28.33"), ("b", "10.00")]


def test_semicolons_a_byte_order_mark_and_spaces_do_no_harm() -> None:
    text = "\ufefflot;item;unit_amount;quantity\r\n ; i1 ; 1.5 ; \r\n"
    assert read_prices(text, tender=tender(items=(item("i1", quantity="1"),)))[0].amount == "1.50"


def test_a_lot_without_items_states_its_amount() -> None:
    offers = read_prices(HEAD + "a,,77,\nb,,,\n", tender=tender(("a", "b")))
    assert [(lot.lot_id, lot.amount, lot.items) for lot in offers] == [("a", "77.00", ())]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("", "no price"),
        ("x" * 200_000, "not CSV"),
        (",i1,1,10\n", "i2 has no price"),
        (",i1,1,10\n,i2,1,10\n,i3,1,1\n", "does not ask for item i3"),
        (",i1,1,10\n,i2,1,9\n", "10 piece of item i2"),
        ('"x",i1,1,10\n', "no lot 'x'"),
        (',i1,"1,5",10\n', "Write numbers"),
    ],
)
def test_a_list_that_does_not_fit_the_tender_is_refused(rows: str, reason: str) -> None:
    with pytest.raises(PackageError, match=reason):
        read_prices(HEAD + rows, tender=tender(items=(item("i1"), item("i2"))))


def test_the_template_names_every_item() -> None:
    head = "lot,item,unit_amount,quantity,unit,description\n"
    assert template(tender(items=(item("i1"),))) == head + ",i1,,10,piece,A lamp\n"
    assert template(tender(("a", "b"))) == head + "a,,,1,,Lot a\nb,,,1,,Lot b\n"


def test_no_spreadsheet_runs_a_description_as_a_formula() -> None:
    evil = Item(id="i1", lot_id="", description="=1+1", unit="", quantity="1")
    assert template(tender(items=(evil,))).endswith("'=1+1\n")


def test_a_tender_file_is_read_as_it_was_written() -> None:
    file = tender(("a",), (item("i1", "a"),))
    assert parse_tender_file(encode_tender_file(file)) == file


def test_a_tender_file_with_another_tenders_committee_is_refused() -> None:
    with pytest.raises(NotCanonical, match="another tender"):
        parse_tender_file(encode_tender_file(tender(name="ocds-pa-0009")))


@given(st.text(max_size=200), st.binary(max_size=200))
def test_no_text_crashes_the_readers(text: str, raw: bytes) -> None:
    with pytest.raises(PackageError):
        read_prices(HEAD + text + "\nx", tender=tender(items=(item("i1"),)))
    with pytest.raises(NotCanonical):
        parse_tender_file(raw)
