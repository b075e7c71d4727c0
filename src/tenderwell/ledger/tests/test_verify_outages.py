"""The verifier recomputes from the heartbeats whether, and by how much, an outage let bids close later."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenderwell.ledger.tests.sites import Site, as_json, policy_file
from tenderwell.ledger.verifying import command

RULE = {"hours": 24, "toleratedSeconds": 900, "finalMinutes": 60, "stepMinutes": 60}


def at(clock: str) -> str:
    return f"2026-03-02T{clock}:00.000Z"


def beat(site: Site, clock: str, due: str) -> int:
    return site.add("heartbeat/v1", at=at(clock), due=at(due))


def incident(before: int, after: int, **changed: Any) -> dict[str, Any]:
    """The service was silent from 11:30 to 11:40, and bids closed at 13:00 instead of 12:00."""
    period = {"startDate": at("11:30"), "endDate": at("11:40")}
    outage = {"id": "outage-1", "period": period, "indexBefore": before, "indexAfter": after}
    ends = {"previousEnd": at("12:00"), "newEnd": at("13:00")}
    extension = {"id": "amendment-1", **ends, **RULE, "outages": [outage], **changed}
    return {"id": "t", "tenderPeriod": {"endDate": extension["newEnd"]}, "outageExtensions": [extension]}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    made.release(1, tender={"id": "t"})
    yield made


def verdict(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    site.publish()
    status = command.main(["record", str(tmp_path), "--policy", policy_file(tmp_path), "--json"])
    return status, " ".join(each["text"] for each in as_json(capsys.readouterr().out)["findings"])


def test_an_extension_that_follows_from_the_heartbeats_holds(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release(2, tender=incident(beat(site, "11:30", "11:32"), beat(site, "11:40", "11:42")))
    status, said = verdict(site, tmp_path, capsys)
    assert status == 0
    assert "the service was silent from" in said


def beat_between(site: Site) -> None:
    first = beat(site, "11:30", "11:32")
    beat(site, "11:31", "11:33")
    site.release(2, tender=incident(first, beat(site, "11:40", "11:42")))


def other_times(site: Site) -> None:
    site.release(2, tender=incident(beat(site, "11:10", "11:12"), beat(site, "11:40", "11:42")))


def not_late(site: Site) -> None:
    site.release(2, tender=incident(beat(site, "11:30", "11:50"), beat(site, "11:40", "11:42")))


def no_heartbeats(site: Site) -> None:
    site.release(2, tender=incident(0, 0))


def too_long(site: Site) -> None:
    indexes = beat(site, "11:30", "11:32"), beat(site, "11:40", "11:42")
    site.release(2, tender=incident(*indexes, newEnd=at("18:00")))


def unreadable(site: Site) -> None:
    site.release(2, tender=incident(beat(site, "11:30", "11:32"), beat(site, "11:40", "11:42"), stepMinutes=0))


def written_afterwards(site: Site) -> None:
    beat(site, "11:40", "11:42")
    beat(site, "11:35", "11:37")


@pytest.mark.parametrize(
    ("cheat", "words"),
    [
        (beat_between, "the service was not silent"),
        (other_times, "are of other times"),
        (not_late, "nothing failed"),
        (no_heartbeats, "are no heartbeats"),
        (too_long, "bids should close at"),
        (unreadable, "it cannot be read"),
        (written_afterwards, "goes back in time"),
    ],
)
def test_an_extension_that_does_not_follow_is_shown(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], cheat: Any, words: str
) -> None:
    cheat(site)
    status, said = verdict(site, tmp_path, capsys)
    assert status == 1
    assert words in said
