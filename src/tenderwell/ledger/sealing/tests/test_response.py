"""bid.json: exact totals, one form."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing.canonical import decode, encode
from tenderwell.ledger.sealing.findings import PackageError, Verdict
from tenderwell.ledger.sealing.response import BidResponse, ItemPrice, LotOffer, Party, encode_response, parse_response

BOB = Party(id="BOB-7", name="Bright Lamps Ltd")


def offer(amount: str, *items: tuple[str, str], lot_id: str = "lot-1", currency: str = "EUR") -> LotOffer:
    prices = tuple(
        ItemPrice(item_id=f"item-{place}", unit_amount=unit, quantity=quantity)
        for place, (unit, quantity) in enumerate(items)
    )
    return LotOffer(lot_id=lot_id, amount=amount, currency=currency, items=prices)


def bid(*lots: LotOffer, tenderers: tuple[Party, ...] = (BOB,)) -> BidResponse:
    return BidResponse(lots=lots, tenderers=tenderers, answers={"Warranty?": "Five years, señor."})


def verdict(response: BidResponse) -> Verdict:
    with pytest.raises(PackageError) as caught:
        encode_response(response)
    return caught.value.verdict


@pytest.mark.parametrize(
    "lot",
    [
        offer("1250.00", ("12.50", "100")),
        offer("12.4875", ("0.0375", "333")),
        offer("12.49", ("0.0375", "333")),
        offer("0.3", ("0.1", "1"), ("0.2", "1")),
        offer("999999999999998.000001", ("999999999999998.000001", "1")),
        offer("77"),
        offer("77", lot_id=""),
    ],
)
def test_a_bid_that_adds_up_comes_back(lot: LotOffer) -> None:
    assert parse_response(encode_response(bid(lot))) == bid(lot)


@pytest.mark.parametrize(
    "lot",
    [
        offer("1250.01", ("12.50", "100")),
        offer("12.48", ("0.0375", "333")),
        offer("12", ("0.0375", "333")),
        offer("999999999999998.00", ("999999999999998.006", "1")),
    ],
)
def test_a_total_that_does_not_add_up_is_refused(lot: LotOffer) -> None:
    assert verdict(bid(lot)) == Verdict.TOTALS_WRONG


@pytest.mark.parametrize("number", ["1e3", "-1", "+1", "01", "1.", ".5", "1,000", "NaN", "١", "1.1234567", "", "1\n"])
def test_a_number_has_one_form(number: str) -> None:
    assert verdict(bid(offer(number))) == Verdict.RESPONSE_MALFORMED


@pytest.mark.parametrize(
    "response",
    [
        bid(),
        bid(offer("1"), offer("2")),
        bid(offer("1"), offer("2", lot_id="")),
        bid(offer("1"), offer("2", lot_id="lot-2", currency="USD")),
        bid(offer("1", currency="eur")),
        bid(offer("1"), tenderers=()),
        bid(offer("1"), tenderers=(BOB, BOB)),
        bid(offer("1"), tenderers=(Party(id="BOB-7", name="Line\nbreak"),)),
    ],
)
def test_a_bid_that_makes_no_sense_is_refused(response: BidResponse) -> None:
    assert verdict(response) == Verdict.RESPONSE_MALFORMED


def test_a_missing_or_unknown_field_is_refused() -> None:
    value = decode(encode_response(bid(offer("1"))), form=dict, limit=10**6)
    for wrong in (value | {"x": 1}, {key: value[key] for key in value if key != "declarations"}):
        with pytest.raises(PackageError):
            parse_response(encode(wrong))


@given(st.lists(st.tuples(st.decimals(0, 10**6, places=4), st.integers(0, 10**4)), min_size=1, max_size=9))
def test_totals_are_exact(prices: list[tuple[Decimal, int]]) -> None:
    total = sum(unit * quantity for unit, quantity in prices)
    lot = offer(f"{total:f}", *((f"{unit:f}", str(quantity)) for unit, quantity in prices))
    assert lot.total == total
    assert parse_response(encode_response(bid(lot))).lots[0].value == total


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_parser(raw: bytes) -> None:
    with pytest.raises(PackageError):
        parse_response(raw)
