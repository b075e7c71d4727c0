"""Real processes lived again: equal to their source, or refused for a true reason, never bent."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.workroom.replay.cli import bar
from tenderwell.workroom.replay.report import write_page
from tenderwell.workroom.replay.run import replay

SAMPLE = Path(__file__).parents[3] / "public/record/samples/dominican-republic.jsonl.gz"
SHARED = Path(__file__).parents[6] / "shared/data/dominican-republic-2000.jsonl.gz"

pytestmark = pytest.mark.django_db


def quiet(done: int) -> None:
    """Nobody watches a test."""


def real() -> list[dict[str, Any]]:
    """The committed sample."""
    with gzip.open(SAMPLE) as file:
        return [json.loads(line) for line in file]


def written(tmp_path: Path, *releases: object) -> Path:
    path = tmp_path / "given.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in releases))
    return path


def sample(status: str = "complete") -> dict[str, Any]:
    """One real process with bids, an award and a contract."""
    found = (each for each in real() if each["tender"]["status"] == status and each.get("contracts"))
    return next(each for each in found if replayable(each))


def replayable(release: dict[str, Any]) -> bool:
    details = release.get("bids", {}).get("details", [])
    return bool(details) and all("amount" in bid["value"] for bid in details)


def test_the_committed_sample_is_lived_again_and_nothing_crashes(tmp_path: Any) -> None:
    report = replay(SAMPLE, limit=25, progress=quiet)
    assert report.crashed == 0
    assert report.replayed + sum(report.refused.values()) == report.processes == 25
    assert report.equal >= 0.95 * report.replayed > 0
    assert json.loads(report.as_json())["processes"] == 25
    write_page(report, tmp_path / "report.html", name="sample")
    assert "What became of the processes" in (tmp_path / "report.html").read_text()


def test_every_act_left_its_leaf() -> None:
    replay(SAMPLE, limit=2, progress=quiet)
    refs = set(ActRecord.objects.values_list("ref", flat=True))
    assert refs == set(Entry.objects.values_list("ref", flat=True))


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Any) -> None:
    release = sample()
    period = release["tender"]["tenderPeriod"]
    period["startDate"], period["endDate"] = period["endDate"], period["startDate"]
    report = replay(written(tmp_path, release), progress=quiet)
    assert dict(report.refused) == {"period_backwards": 1}


def test_a_contract_of_one_instant_is_lived_again(tmp_path: Any) -> None:
    release = sample()
    release["contracts"][0]["period"] = dict.fromkeys(("startDate", "endDate"), "2023-01-31T16:00:00Z")
    report = replay(written(tmp_path, release), progress=quiet)
    assert (report.replayed, report.equal) == (1, 1), report.reasons or report.examples


def test_a_bid_that_a_machine_received_too_late_is_refused(tmp_path: Any) -> None:
    release = sample()
    release["bids"]["details"][0]["date"] = "2030-01-01 10:00:01.5"
    report = replay(written(tmp_path, release), progress=quiet)
    assert sum(report.refused.values()) == 1
    assert report.crashed == 0


def test_codes_that_the_publisher_leaves_bare_have_the_scheme_it_names_elsewhere(tmp_path: Any) -> None:
    release = sample()
    for part in ("awards", "contracts", "bids"):
        del release[part]
    assert "scheme" not in release["tender"]["items"][0]["classification"]
    release["tender"]["status"] = "cancelled"
    report = replay(written(tmp_path, release), progress=quiet)
    assert (report.replayed, report.equal) == (1, 1), report.reasons or report.examples


def test_an_award_to_somebody_who_did_not_bid_is_refused(tmp_path: Any) -> None:
    release = sample()
    release["awards"][0]["suppliers"] = [{"id": "DO-RPE-0", "name": "Nobody"}]
    report = replay(written(tmp_path, release), progress=quiet)
    assert dict(report.refused) == {"no_such_bid": 1}


def test_a_difference_is_counted_by_its_field(tmp_path: Any) -> None:
    release = sample()
    release["bids"]["details"][0]["status"] = "invited"
    report = replay(written(tmp_path, release), progress=quiet)
    assert (report.replayed, report.equal, dict(report.different)) == (1, 0, {"bids.status": 1})


def test_another_publisher_is_lived_in_its_own_currency(tmp_path: Any) -> None:
    text = json.dumps(sample()).replace("ocds-6550wx", "ocds-b5fd17").replace('"DOP"', '"EUR"')
    report = replay(written(tmp_path, json.loads(text)), progress=quiet)
    assert (report.replayed, report.equal) == (1, 1), report.different or report.refused


def test_a_line_that_is_no_json_is_told_and_the_others_are_lived(tmp_path: Any) -> None:
    path = tmp_path / "broken.jsonl.gz"
    path.write_bytes(gzip.compress(b"{not json}\n[]\n" + json.dumps(sample()).encode() + b"\n"))
    report = replay(path, progress=quiet)
    assert (report.processes, report.replayed, dict(report.refused)) == (3, 1, {"unreadable": 2})


def test_a_file_that_breaks_off_is_told(tmp_path: Any) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(sample()).encode())[:-20])
    assert dict(replay(path, progress=quiet).refused) == {"unreadable": 1}


def test_a_replay_that_is_stopped_reports_what_is_done(tmp_path: Any) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    report = replay(written(tmp_path, "no process", "no process"), progress=stop)
    assert (report.processes, dict(report.refused), report.is_stopped) == (1, {"unreadable": 1}, True)
    assert "Stopped before the end" in report.sentence()


def test_the_bar_says_how_far_it_is_and_how_long_it_takes() -> None:
    assert bar(1, 4, 30.0) == "[#######.......................] 1 of 4 processes,  1 min 30 s left"
    assert bar(4, 4, 90.0) == "[##############################] 4 of 4 processes,  0 min  0 s left"


@pytest.mark.skipif(not SHARED.exists(), reason="the real data set of 2,000 processes is not beside the repository")
@pytest.mark.django_db(transaction=True)  # as people run it; in one long transaction each query is slower
@pytest.mark.timeout(900)
def test_two_hundred_real_processes_come_out_as_they_went_in() -> None:
    report = replay(SHARED, limit=int(os.environ.get("PYTEST_REPLAY", "200")), progress=quiet)
    assert report.crashed == 0
    assert report.replayed >= 0.8 * report.processes
    assert report.equal >= 0.95 * report.replayed
