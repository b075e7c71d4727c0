"""The log is kept alive: what is new is published, and silence is broken in time."""

import threading
from datetime import timedelta

import pytest

from tenderwell.ledger import keeper, publishing, store
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
