"""The opening record tells a citizen which bids came, who opened which, and why the others stayed shut."""

import pytest
from django.utils.html import strip_tags

from tenderwell.public.portal.opening import Opening, opening_of, why
from tenderwell.public.portal.reading import Node


def entry(place: int, verdict: str, act: str = "bid.received", **more: object) -> Node:
    hidden = {"act": act, "received": "2026-04-01T06:00:00.000Z", "bidder": "XA-REG-1001"}
    return {
        "id": f"bid-{place}",
        "index": place,
        "commitment": "ab" * 32,
        "verdict": verdict,
        "preimage": hidden,
        **more,
    }


COMPILED: Node = {
    "parties": [{"id": "XA-REG-1001", "name": "Bob Roofs"}],
    "bids": {
        "details": [
            {"id": "bid-2", "status": "pending", "value": {"amount": 900, "currency": "USD"}},
            {"id": "bid-3", "status": "disqualified", "statusReason": "It states no price."},
        ]
    },
    "tender": {
        "committee": {"k": 2, "n": 3, "members": [{"id": f"member-{n}", "name": f"Office {n}"} for n in (1, 2, 3)]},
        "openingRecord": {
            "date": "2026-04-01T07:01:00Z",
            "received": 3,
            "replaced": 1,
            "releases": [
                {"id": "member-1", "member": "member-1", "date": "2026-04-01T07:00:00Z", "bids": 2},
                {"id": "member-3", "member": "member-3", "date": "2026-04-01T07:01:00Z", "bids": 2},
            ],
            "bids": [entry(1, "replaced"), entry(2, "valid"), entry(3, "response-malformed", reason="No price.")],
        },
    },
}


@pytest.fixture
def shown() -> Opening:
    found = opening_of(COMPILED)
    assert found
    return found


def test_it_names_who_released_when_and_who_did_not(shown: Opening) -> None:
    assert [(strip_tags(str(row[0])), row[4]) for row in shown.released[0].rows] == [
        ("member-1", "Shares of bids: 2"),
        ("member-2", "Released nothing"),
        ("member-3", "Shares of bids: 2"),
    ]


def test_each_bid_that_stayed_shut_or_was_rejected_says_why(shown: Opening) -> None:
    assert [(row[0], row[1]) for row in shown.shut.rows] == [("bid-1", "Bob Roofs"), ("bid-3", "Bob Roofs")]
    assert "later one" in str(shown.shut.rows[0][3])
    assert shown.shut.rows[1][3] == "Rejected: No price."


def test_every_entry_is_listed_with_its_place(shown: Opening) -> None:
    assert [row[1] for row in shown.entries.rows] == ["1", "2", "3"]


@pytest.mark.parametrize("verdict", ["withdrawn", "late", "void", "lapsed", "shut", "not opened yet"])
def test_every_way_to_stay_shut_has_a_sentence(verdict: str) -> None:
    assert not why(entry(1, verdict)).startswith("Rejected")


def test_before_the_opening_there_is_no_record() -> None:
    assert opening_of({"tender": {"id": "x"}}) is None
