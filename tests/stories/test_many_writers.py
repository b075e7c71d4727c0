"""Eight writers at once, on one process and on many: no act is lost and the ledger has no gap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection

from tenderwell.core.command import perform
from tenderwell.core.models import ActRecord
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Release
from tenderwell.public.record.projection import rebuild
from tenderwell.public.record.reading import changes
from tenderwell.workroom.engagement import commands as early
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, begun, personas
from tests.stories.life import DAY

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 8, 5
NO_ACTS = ("heartbeat/v1", "client.release/v1", "rules.release/v1", "texts.release/v1")  # what a running server says


def at_once(write: Callable[[int, int], None]) -> None:
    """Every writer performs its acts, all of them at the same time."""

    def work(writer: int) -> None:
        try:
            for number in range(EACH):
                write(writer, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))


def noticed(now: datetime = NOW) -> Process:
    process = planned(now)
    notice = early.PublishEarlyNotice(title="Which roofs?", text="Which roofs last longest?", ends_at=now + 9 * DAY)
    perform(early.publish_early_notice, personas().ada, process.ocid, notice, now=now)
    return process


def comment(process: Process, text: str) -> None:
    perform(early.comment, personas().finn, process.ocid, early.MakeComment(text=text), now=NOW + DAY)


def assert_nothing_is_lost() -> None:
    """Indexes follow each other; each act has its leaf and each leaf its act; the record follows from the releases."""
    indexes = list(Entry.objects.order_by("idx").values_list("idx", flat=True))
    assert indexes == list(range(len(indexes)))
    acts = set(ActRecord.objects.values_list("ref", flat=True))
    assert acts == set(Entry.objects.exclude(kind__in=NO_ACTS).values_list("ref", flat=True))
    assert set(Release.objects.values_list("pk", flat=True)) <= acts
    assert rebuild() == []


def test_eight_writers_on_one_process_lose_nothing() -> None:
    process = noticed()
    at_once(lambda writer, number: comment(process, f"Please ask for tiles, says {writer} for the time {number}."))
    codes = sorted(process.early_notice.comments.values_list("code", flat=True))
    assert codes == sorted(f"comment-{number}" for number in range(1, WRITERS * EACH + 1))
    assert_nothing_is_lost()


def test_eight_writers_on_eight_processes_lose_nothing() -> None:
    processes = [noticed() for _ in range(WRITERS)]
    at_once(lambda writer, number: comment(processes[writer], f"Please ask for tiles, for the time {number}."))
    assert {process.early_notice.comments.count() for process in processes} == {EACH}
    assert_nothing_is_lost()


def test_a_reader_beside_the_writers_sees_each_release_once_in_the_order_of_the_ledger() -> None:
    processes = [noticed() for _ in range(WRITERS)]
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read_until, Release.objects.count() + WRITERS * EACH)
        at_once(lambda writer, number: comment(processes[writer], f"Please ask for tiles, for the time {number}."))
        seen = reading.result(timeout=60)
    assert seen == [each.index for each in changes(limit=1000)]
    assert len(seen) == len(set(seen)) == Release.objects.count()


def read_until(count: int) -> list[int]:
    """Follow the cursor as a harvester does, from where it last stopped, until so many releases are seen."""
    seen: list[int] = []
    try:
        while len(seen) < count:
            seen += [each.index for each in changes(after=seen[-1] if seen else -1, limit=3)]
        return seen
    finally:
        connection.close()


def test_blind_acts_of_eight_writers_are_kept_as_well() -> None:
    processes, ada = [begun() for _ in range(WRITERS)], personas().ada
    guess = plan.AddAssumption(description="Small firms will bid.")
    at_once(lambda writer, number: perform(plan.add_assumption, ada, processes[writer].ocid, guess, now=NOW))
    assert {process.assumptions.count() for process in processes} == {EACH}
    assert_nothing_is_lost()
