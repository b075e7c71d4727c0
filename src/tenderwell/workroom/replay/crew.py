"""Work shared by several processes of this machine, its results in the order of what was given.

A worker that is alone works in this process. The others are forked, each with a connection of its own to the database.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import Any, Generic, TypeVar

from django.db import connections

T = TypeVar("T")
Lock = AbstractContextManager[object]
AHEAD = 4  # pieces given out for each worker, so that none waits for a slow one

own: dict[str, Callable[[Any], Any]] = {}  # in a forked worker: what it does with each piece


def begin(make: Callable[[Lock], Callable[[Any], Any]], alone: Lock) -> None:
    """The first thing in a forked worker; only the first process answers Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    own["work"] = make(alone)


def work(piece: Any) -> Any:
    return own["work"](piece)


class Crew(Generic[T]):
    """make: called in each worker with a lock that all workers share; returns what turns a piece into its result."""

    def __init__(self, make: Callable[[Lock], Callable[[Any], T]], *, workers: int) -> None:
        self.make, self.workers = make, workers
        self.waiting: deque[Future[T]] = deque()
        self.open = ExitStack()

    def __enter__(self) -> "Crew[T]":
        return self

    def __exit__(self, *failure: object) -> None:
        self.open.close()

    def results(self, pieces: Iterable[Any]) -> Iterator[T]:
        """Each result as soon as it and all before it are there."""
        if self.workers <= 1:
            yield from map(self.make(nullcontext()), pieces)
            return
        connections.close_all()  # a connection serves one process
        fork = multiprocessing.get_context("fork")
        pool = ProcessPoolExecutor(self.workers, fork, begin, (self.make, fork.Lock()))
        self.open.callback(pool.shutdown, cancel_futures=True)
        for piece in pieces:
            self.waiting.append(pool.submit(work, piece))
            if len(self.waiting) >= self.workers * AHEAD:
                yield self.first()
        while self.waiting:
            yield self.first()

    def first(self) -> T:
        """The result of the piece that was given out first; it stays in the queue until it is there."""
        found = self.waiting[0].result()
        self.waiting.popleft()
        return found

    def begun(self) -> Iterator[T]:
        """After an interruption: what is done, and what was begun and is now brought to its end."""
        self.open.close()
        yield from (each.result() for each in self.waiting if not each.cancelled())
        self.waiting.clear()
