"""Two envelopes against the log: no price without the entry that admits it, none by another committee than its own."""

from pathlib import Path
from typing import Any

import pytest

from tenderwell.ledger.tests.sites import OCID, Site, bid, committee, hashed, policy_file
from tenderwell.ledger.verifying import command

TECHNICAL, PRICE = bid(1), bid(2)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two committees are named and published, m1 to m3 for all and p1 to p3 for the prices; two envelopes came."""
    site = Site(tmp_path)
    site.name_committee()
    site.name_committee(prefix="p")
    site.release(1, tender={"id": "t", "committee": stated("m"), "priceCommittee": stated("p")})
    return site


def stated(prefix: str) -> dict[str, str]:
    return {"id": f"{prefix}-committee", "sha256": hashed({"type": "committee/v1", **committee(prefix=prefix)})}


def permit(site: Site, *opened: dict[str, str], shut: tuple[dict[str, str], ...] = ()) -> None:
    named = {name: [each["commitment"] for each in found] for name, found in (("open", opened), ("shut", shut))}
    site.add("opening.next/v1", tender=OCID, stage="price", **named)


def minutes(*, price: str = "valid", indexes: tuple[int, int]) -> dict[str, Any]:
    rows = zip(("bid-1", "price-1"), indexes, (TECHNICAL, PRICE), ("valid", price), ("technical", "price"), strict=True)
    names = ("id", "index", "preimage", "verdict", "stage")
    return {"bids": [dict(zip(names, row, strict=True)) for row in rows], "received": 2}


def received(site: Site) -> tuple[int, int]:
    found = site.seal(TECHNICAL), site.seal(PRICE)
    site.close()
    site.share(TECHNICAL)
    return found


def verified(site: Site, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    site.publish()
    status = command.main(["record", str(site.folder), "--policy", policy_file(site.folder), "--tolerance", "9999999"])
    return status, capsys.readouterr().out


def test_prices_opened_by_their_own_committee_after_the_permit_are_right(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    found = received(site)
    permit(site, PRICE)
    site.share(PRICE, "p1", "p2")
    site.logged_minutes(minutes(indexes=found), details=[{"id": "bid-1", "tenderers": [{"id": "PA-1"}]}])
    site.publish_proofs(*found)
    status, said = verified(site, capsys)
    assert status == 0, said


def test_a_price_that_was_opened_without_a_permit_is_shown(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    found = received(site)
    site.share(PRICE, "p1", "p2")
    site.logged_minutes(minutes(indexes=found))
    assert f"price-1 of {OCID} was opened, but no entry says that its bid passed" in verified(site, capsys)[1]


def test_a_price_that_was_opened_before_its_permit_is_shown(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    found = received(site)
    site.share(PRICE, "p1", "p2")
    permit(site, PRICE)
    site.logged_minutes(minutes(indexes=found))
    assert "was released out of turn" in verified(site, capsys)[1]


def test_a_share_of_a_price_that_was_to_stay_shut_is_shown(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    found = received(site)
    permit(site, shut=(PRICE,))
    site.share(PRICE, "p1")
    site.logged_minutes(minutes(price="shut", indexes=found))
    assert f"bid price-1 of {OCID} was to stay shut, but a share of it was released" in verified(site, capsys)[1]


def test_a_price_that_the_other_committee_opened_is_shown(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Members m1 and m2 open technical envelopes; their consent says nothing about a price."""
    found = received(site)
    permit(site, PRICE)
    site.share(PRICE, "m1", "m2")
    site.logged_minutes(minutes(indexes=found))
    assert "price-1" in (said := verified(site, capsys)[1])
    assert "fewer than 2 members of its committee released a share of it" in said


def test_a_committee_that_is_published_but_was_never_logged_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(tmp_path)
    site.name_committee()
    site.release(1, tender={"id": "t", "committee": stated("m"), "priceCommittee": stated("p")})
    site.logged_minutes(minutes(indexes=received(site)))
    assert f"the priceCommittee that is published for {OCID} is not in the log" in verified(site, capsys)[1]
