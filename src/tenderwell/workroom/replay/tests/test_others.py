"""Shapes that the Dominican data do not have and other publishers do: lots, direct awards, other currencies, 1.0."""

from pathlib import Path
from typing import Any

import pytest

from tenderwell.public.record.models import Record
from tenderwell.workroom.bidding.models import ReleasedShare, SealedBid
from tenderwell.workroom.replay.run import replay
from tenderwell.workroom.replay.tests.test_replay import quiet, written

pytestmark = pytest.mark.django_db

ROOF = {"id": "i1", "description": "Roof", "quantity": 3.5, "unit": {"name": "m2"}, "relatedLot": "north"}
FIRMS = [{"id": 17, "name": "Rooftop Ltd"}, {"id": "GB-COH-42", "name": "Άλφα & Σία"}]
TENDER: dict[str, Any] = {
    "title": "Roofs — kitchen & hall",
    "description": "Two roofs",
    "status": "complete",
    "procurementMethod": "open",
    "mainProcurementCategory": "works",
    "value": {"amount": 100000.5, "currency": "EUR"},
    "tenderPeriod": {"startDate": "2021-03-01T10:00:00+02:00", "endDate": "2021-04-01T10:00:00+02:00"},
    "contractPeriod": {"startDate": "2021-06-01T00:00:00Z", "endDate": "2021-12-01T00:00:00Z"},
    "items": [ROOF, {**ROOF, "relatedLot": "south", "classification": {"scheme": "CPV", "id": "45260000-7"}}],
    "lots": [
        {"id": "north", "title": "North roof", "value": {"amount": 60000, "currency": "EUR"}},
        {"id": "south", "title": "South roof", "description": "Slate", "value": {"amount": 40000.5, "currency": "EUR"}},
    ],
}


def bid(firm: int, lot: str, amount: float, status: str = "valid") -> dict[str, Any]:
    return {
        "id": f"{firm}{lot}",
        "date": "2021-03-20T10:11:12.345678+02:00",
        "status": status,
        "tenderers": [FIRMS[firm]],
        "value": {"amount": amount, "currency": "EUR"},
        "relatedLots": [lot],
    }


def award(firm: int, lot: str, amount: float) -> dict[str, Any]:
    return {
        "id": f"award of {lot}",
        "status": "active",
        "date": "2021-05-01T00:00:00Z",
        "suppliers": [FIRMS[firm]],
        "value": {"amount": amount, "currency": "EUR"},
        "relatedLots": [lot],
    }


LOTS: dict[str, Any] = {
    "ocid": "ocds-xyz-1",
    "tag": ["compiled"],
    "parties": [{"id": "t", "name": "Town of Alpha", "roles": ["buyer"]}],
    "tender": TENDER,
    "bids": {"details": [bid(0, "north", 55000), bid(0, "south", 39000.25), bid(1, "south", 38000)]},
    "awards": [award(0, "north", 55000), award(1, "south", 38000)],
    "contracts": [
        {
            "id": "c1",
            "awardID": "award of south",
            "title": "South roof",
            "value": {"amount": 38000, "currency": "EUR"},
            "dateSigned": "2021-05-20T00:00:00Z",
        }
    ],
}
DIRECT: dict[str, Any] = {
    "ocid": "ocds-xyz-2",
    "buyer": {"identifier": {"scheme": "XX", "id": 5}, "name": "Hospital"},
    "tender": {
        "title": "Oxygen",
        "status": "complete",
        "procurementMethod": "limited",
        "items": [{"description": "Oxygen", "quantity": 10, "unit": {"name": "bottle"}}],
    },
    "awards": [
        {
            "id": 1,
            "status": "active",
            "date": "2021-05-01T08:00:00Z",
            "suppliers": [{"name": "Gas Ltd", "identifier": {"scheme": "XX", "id": "9"}}],
            "value": {"amount": 900, "currency": "XAF"},
        }
    ],
    "contracts": [{"id": 1, "awardID": 1, "title": "Oxygen", "dateSigned": "2021-05-03T00:00:00Z"}],
}


def test_lots_with_a_bid_for_each_are_lived_again(tmp_path: Path) -> None:
    report = replay(written(tmp_path, LOTS), progress=quiet)
    assert (report.replayed, report.equal) == (1, 1), report.examples or report.reasons
    assert SealedBid.objects.count() == 2  # one of each firm, whatever it bids for
    assert ReleasedShare.objects.count() == 4  # both opened by two members


def test_a_direct_award_is_lived_as_one_and_says_what_is_bought(tmp_path: Path) -> None:
    report = replay(written(tmp_path, DIRECT), progress=quiet)
    assert (report.replayed, report.equal) == (1, 1), report.examples or report.reasons
    compiled = Record.objects.get().compiled
    assert compiled["tender"]["procurementMethod"] == "direct"
    assert compiled["awards"][0]["items"] == compiled["tender"]["items"]


def test_a_lot_that_the_tender_does_not_have_is_refused(tmp_path: Path) -> None:
    strange = {**LOTS, "bids": {"details": [bid(0, "west", 5)]}, "awards": [], "contracts": []}
    assert dict(replay(written(tmp_path, strange), progress=quiet).refused) == {"bid_without_lot": 1}


def test_more_digits_than_json_can_carry_are_refused_not_rounded(tmp_path: Path) -> None:
    path = tmp_path / "digits.jsonl"
    text = written(tmp_path, LOTS).read_text().replace("55000", "123456789012.123456")
    path.write_text(text)
    report = replay(path, progress=quiet)
    assert (report.crashed, dict(report.refused)) == (0, {"too_many_digits": 1})
