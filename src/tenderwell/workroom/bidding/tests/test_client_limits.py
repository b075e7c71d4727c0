"""What browser and program refuse to seal, alike: numbers too long to be published, answers over their own limit."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec import structs

from tenderwell.ledger.sealing.fit import misfits, words_in
from tenderwell.ledger.sealing.response import BidResponse, ItemPrice, LotOffer, Party, rounded
from tenderwell.ledger.sealing.tender_file import Question, TenderFile
from tenderwell.ledger.sealing.tests.people import committee_of
from tenderwell.workroom.bidding.tests.client import asked

NOTHING_ASKED = TenderFile(
    tender="T",
    title="T",
    stage="bid",
    closes=datetime(2026, 12, 1, tzinfo=UTC),
    currency="EUR",
    committee=committee_of(2, 3),
)
SPACES = "one\u00a0two\u3000three\ufefffour\u2003five\x1csix\x85seven   eight\n\nnine"


def test_both_count_the_words_of_an_answer_alike() -> None:
    texts = ["", "  ", "one", "one two", SPACES, "word " * 501, "Où ça ? Là-bas…", "كم كلمة هنا"]
    assert asked("counted", texts=texts) == [words_in(each) for each in texts]


def tender_of(*prices: str, quantity: str = "1") -> dict[str, Any]:
    """A draft with one item a lot."""
    lots = [{"id": f"lot-{place}", "title": "Lot"} for place, _ in enumerate(prices)]
    items = [{"id": "item-1", "lot_id": lot["id"], "description": "", "unit": "", "quantity": quantity} for lot in lots]
    amounts = {f"{lot['id']}\nitem-1": price for lot, price in zip(lots, prices, strict=True)}
    tender = {"lots": lots, "items": items, "currency": "EUR", "title": "T", "questions": [], "declarations": []}
    return {"tender": tender, "draft": {"lots": [lot["id"] for lot in lots], "amounts": amounts}}


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        (tender_of("1234567890.12345"), []),
        (tender_of("1234567890.123456"), ["price:lot-0\nitem-1"]),
        (tender_of("99999999999999.9", quantity="100"), ["price:lot-0\nitem-1"]),
        (tender_of("9999999999999.01", "0.10"), []),
        (tender_of("9999999999999.01", "9999999999999.01"), ["price:lot-0\nitem-1"]),
    ],
)
def test_a_number_that_the_opening_cannot_publish_is_shown_before_sealing(
    state: dict[str, Any], wrong: list[str]
) -> None:
    assert asked("prices", **state) == wrong
    assert [len(misfits(offered(state), tender=NOTHING_ASKED))] == [len(wrong)]


def offered(state: dict[str, Any]) -> BidResponse:
    """The same bid as the program makes it."""
    lots = []
    for item in state["tender"]["items"]:
        unit = state["draft"]["amounts"][f"{item['lot_id']}\nitem-1"]
        price = ItemPrice(item_id="item-1", unit_amount=unit, quantity=item["quantity"])
        sums = LotOffer(lot_id=item["lot_id"], amount="0", currency="EUR", items=(price,))
        lots.append(LotOffer(lot_id=item["lot_id"], amount=f"{rounded(sums.total):f}", currency="EUR", items=(price,)))
    return BidResponse(lots=tuple(lots), tenderers=(Party(id="B", name="Bob"),))


def test_a_price_in_another_currency_is_told_before_sealing() -> None:
    bid, tender = offered(tender_of("10.00")), structs.replace(NOTHING_ASKED, currency="USD")
    assert [flaw.text for flaw in misfits(bid, tender=tender)] == [
        "Lot lot-0 is priced in EUR. Give it in USD, the currency of the tender."
    ]


def test_each_requirement_has_its_own_limit_of_words() -> None:
    questions: list[dict[str, Any]] = [
        {"title": title, "text": "", "words": words, "is_essential": True}
        for title, words in (("Short", 2), ("Long", 4))
    ]
    answers = {"Short": "one two three", "Long": "one two three"}
    state = {"tender": {"questions": questions}, "draft": {"answers": answers}}
    assert asked("answers", **state) == ["answer:Short"]
    asked_for = structs.replace(NOTHING_ASKED, questions=tuple(Question(**each) for each in questions))
    said = BidResponse(lots=(), tenderers=(Party(id="B", name="Bob"),), answers=answers)
    assert [flaw.text for flaw in misfits(said, tender=asked_for)] == [
        "The answer to 'Short' is too long: 3 of at most 2 words."
    ]
