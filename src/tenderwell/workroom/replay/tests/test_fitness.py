"""Why a source cannot be lived again: read from its data, and true of it, whatever the data are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.workroom.replay import compare
from tenderwell.workroom.replay.files import Unreadable, merged, releases_in
from tenderwell.workroom.replay.fitness import is_direct, unfit
from tenderwell.workroom.replay.source import read

FIT: dict[str, Any] = {
    "ocid": "ocds-1",
    "buyer": {"id": "B", "name": "Town"},
    "tender": {
        "title": "Roofs",
        "procurementMethod": "open",
        "value": {"amount": 100},
        "tenderPeriod": {"startDate": "2020-01-01T00:00:00Z", "endDate": "2020-02-01T00:00:00Z"},
        "items": [{"description": "Roof", "quantity": 1}],
    },
    "bids": {"details": [{"id": "1", "tenderers": [{"id": "F"}], "value": {"amount": 90}}]},
    "awards": [{"id": "a", "suppliers": [{"id": "F"}], "status": "active"}],
    "contracts": [{"id": "c", "awardID": "a"}],
}


def codes(**changed: Any) -> list[str]:
    return [reason.code for reason in unfit(read({**FIT, **changed})) if reason]


def tender(**changed: Any) -> dict[str, Any]:
    return {**FIT["tender"], **changed}


LOTS = [{"id": "L1", "value": {"amount": 50}}, {"id": "L2", "value": {"amount": 50}}]


def test_a_whole_source_is_fit() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"buyer": None}, "no_buyer"),
        ({"tender": tender(title=" ")}, "no_title"),
        ({"tender": tender(value=None)}, "no_value"),
        ({"tender": tender(value={"amount": 0})}, "no_value"),
        ({"tender": tender(tenderPeriod={"startDate": "2020-01-01T00:00:00Z"})}, "no_tender_period"),
        ({"tender": tender(items=[])}, "nothing_to_buy"),
        ({"tender": tender(items=[{"description": "Roof"}])}, "item_without_quantity"),
        ({"tender": tender(items=[{"description": "Roof", "quantity": 0}])}, "item_without_quantity"),
        ({"tender": tender(items=[{"quantity": 1, "classification": {"scheme": "GSIN"}}])}, "scheme_unknown"),
        ({"tender": tender(lots=[{"id": "L1"}, {"id": "L2"}])}, "lot_without_value"),
        ({"tender": tender(lots=LOTS)}, "bid_without_lot"),
        ({"bids": {"details": [{"id": "1", "value": {"amount": 5}}]}}, "bid_of_nobody"),
        ({"bids": {"details": [{"tenderers": [{"id": "F"}]}]}}, "bid_without_price"),
        ({"bids": {"details": FIT["bids"]["details"] * 2}}, "two_bids_of_one"),
        ({"bids": {"details": [{**FIT["bids"]["details"][0], "status": "withdrawn"}]}}, "bid_withdrawn"),
        ({"bids": None}, "bids_not_told"),
        ({"bids": None, "tender": tender(numberOfTenderers=0)}, "award_without_bid"),
        ({"awards": [{"id": "a", "status": "active"}]}, "award_to_nobody"),
        ({"awards": [{**FIT["awards"][0], "status": "unsuccessful"}]}, "award_not_given"),
        ({"awards": [{**FIT["awards"][0], "status": "cancelled"}]}, "award_taken_back"),
        ({"contracts": [{"id": "c", "awardID": "other"}]}, "contract_without_award"),
    ],
)
def test_what_is_missing_is_named(changed: dict[str, Any], code: str) -> None:
    assert code in codes(**changed)


def test_a_firm_chosen_without_competition_needs_no_call_and_no_bid() -> None:
    award = {"id": "a", "suppliers": [{"id": "F"}], "value": {"amount": 90}}
    direct = {"bids": None, "tender": {"title": "Roofs", "procurementMethod": "direct"}, "awards": [award]}
    assert is_direct(read({**FIT, **direct}))
    assert codes(**direct) == []
    assert codes(**{**direct, "awards": [award, award]}) == ["several_direct"]


def test_a_period_for_bids_tells_a_call_from_a_direct_award() -> None:
    """Canada publishes direct awards with a start, the Philippines limited calls whose bids it does not tell."""
    award = {"id": "a", "suppliers": [{"id": "F"}], "value": {"amount": 90}}
    start = {"startDate": "2020-01-01T00:00:00Z"}
    dated = tender(procurementMethod="direct", tenderPeriod=start)
    assert codes(bids=None, awards=[award], tender=dated) == ["direct_with_period"]
    assert codes(bids=None, awards=[award], tender=tender(procurementMethod="limited")) == ["bids_not_told"]


def test_bids_of_one_firm_for_several_lots_are_one_sealed_bid() -> None:
    details = [{"tenderers": [{"id": "F"}], "value": {"amount": 40}, "relatedLots": [lot["id"]]} for lot in LOTS]
    award = {"id": "a", "suppliers": [{"id": "F"}], "relatedLots": ["L1"]}
    assert codes(tender=tender(lots=LOTS), bids={"details": details}, awards=[award]) == []


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=8)
NAMES = """
    ocid tag date buyer parties tender planning bids awards contracts records releases compiledRelease id name items
    lots value amount currency details tenderers suppliers status period startDate endDate relatedLot relatedLots
    lotValues classification scheme quantity unit roles identifier budget awardID dateSigned
"""
names = st.sampled_from(NAMES.split())
documents = st.recursive(
    scalars, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(names, inside, max_size=6), max_leaves=40
)


@given(document=documents)
def test_any_document_is_read_and_judged_and_compared(document: Any) -> None:
    for found in releases_in(document):
        if isinstance(found, Unreadable):
            assert found.why
            continue
        for release in (found, merged([found])):
            source = read(release)
            reasons = [reason for reason in unfit(source) if reason]
            assert all(reason.message for reason in reasons)
            assert compare.differences(source, release, firms={}) is not None
