"""The log is kept alive: what is new is published, and silence is broken in time."""

import threading
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tenderwell.ledger import identity, keeper, publishing, store
from tenderwell.ledger.tests.logs import NOW, leaves

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_what_is_new_is_published() -> None:
    store.append(leaves(2))
    assert keeper.step(now=NOW, beat=MINUTE) is publishing.publish
    assert store.head().size == 2
    assert keeper.step(now=NOW, beat=MINUTE) is None


@pytest.mark.django_db
def test_an_empty_log_has_a_checkpoint_too() -> None:
    assert keeper.step(now=NOW, beat=MINUTE) is publishing.publish
    assert store.head().note.split("\n")[1] == "0"


@pytest.mark.django_db
def test_after_a_minute_of_silence_the_head_is_signed_again() -> None:
    keeper.step(now=NOW, beat=MINUTE)
    assert keeper.step(now=NOW + MINUTE - timedelta(seconds=1), beat=MINUTE) is None
    assert keeper.step(now=NOW + MINUTE, beat=MINUTE) is publishing.heartbeat
    assert publishing.stated_time(store.head().note) == NOW + MINUTE
    assert keeper.step(now=NOW + MINUTE, beat=MINUTE) is None


@pytest.mark.django_db
def test_it_ends_when_told() -> None:
    stop = threading.Event()
    stop.set()
    keeper.keep(stop=stop)
    assert store.head().size == 0


@pytest.mark.django_db(transaction=True)
def test_it_runs_beside_the_server_and_waits_for_nothing_new() -> None:
    store.append(leaves(2))
    with keeper.kept():
        until(lambda: store.head().size == 2)


@pytest.mark.django_db(transaction=True)
def test_a_log_that_may_not_sign_tells_the_operators(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(keeper, "log", SimpleNamespace(error=lambda event, **_: told.append(event)))
    identity.remember("damaged")
    store.append(leaves(2))
    with keeper.kept():
        until(lambda: told == ["log_may_not_sign"])
    assert store.head().size == 0


def until(is_so: Callable[[], bool]) -> None:
    """Ask again for ten seconds."""
    pause = threading.Event()
    for _ in range(1000):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it never came about")
