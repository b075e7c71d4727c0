"""Work shared by several processes: the same results in the same order, and an end that loses nothing."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tenderwell.workroom.replay.crew import AHEAD, Crew, Lock
from tenderwell.workroom.replay.run import replay
from tenderwell.workroom.replay.tests.test_replay import SAMPLE, quiet

pytestmark = pytest.mark.django_db(transaction=True)


def doubling(alone: Lock) -> Callable[[int], tuple[int, int]]:
    return lambda number: (2 * number, os.getpid())


def failing(alone: Lock) -> Callable[[int], int]:
    return lambda number: 1 // number


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_the_order_of_the_pieces(workers: int) -> None:
    with Crew(doubling, workers=workers) as crew:
        found = list(crew.results(range(40)))
    assert [double for double, _ in found] == [2 * number for number in range(40)]
    assert (os.getpid() in {worker for _, worker in found}) == (workers == 1)


def test_what_was_begun_before_an_interruption_is_not_lost() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with Crew(doubling, workers=2) as crew:
        first = next(crew.results(pieces()))
        rest = list(crew.begun())
    assert [first[0], *(double for double, _ in rest)] == [2 * number for number in range(1 + len(rest))]
    assert len(taken) == 2 * AHEAD


def test_a_fault_of_a_worker_is_not_swallowed() -> None:
    with Crew(failing, workers=2) as crew, pytest.raises(ZeroDivisionError):
        list(crew.results([1, 0]))


def without_time(path: Path, *, workers: int) -> dict[str, Any]:
    found = replay(path, limit=8, workers=workers, progress=quiet)
    return {name: value for name, value in vars(found).items() if name != "seconds"}


def test_two_workers_report_what_one_does() -> None:
    assert without_time(SAMPLE, workers=2) == without_time(SAMPLE, workers=1)
