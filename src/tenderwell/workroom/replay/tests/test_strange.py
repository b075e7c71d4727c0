"""Real processes with one thing changed, as other publishers and careless hands would: told, never crashed on."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tenderwell.workroom.replay.run import replay
from tenderwell.workroom.replay.tests.test_replay import quiet, real

pytestmark = pytest.mark.django_db
STRANGE: tuple[object, ...] = (
    None,
    "",
    " ",
    0,
    -1,
    1e300,
    "1e30",
    True,
    [],
    {},
    [None],
    "x" * 20_000,
    "a\0b",
    "\ud800",
    "9999-12-31T23:59:59-05:00",
    "0001-01-01T00:00:00+05:00",
    "2019-02-30",
    "\u202eright to left",
    "<script>alert(1)</script>",
)


def places(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from places(value, (*path, name))


def changed(release: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """A copy with another value at the path; `...` takes it away."""
    made = copy.deepcopy(release)
    place: Any = made
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return made


def spoiled(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Real releases, each with one part taken away, doubled, or made strange."""
    chance = random.Random(seed)
    releases = real()
    for _ in range(count):
        release = chance.choice(releases)
        path = chance.choice([each for each in places(release) if each[0] in PARTS])
        yield changed(release, path, chance.choice((..., *STRANGE)))


PARTS = ("ocid", "buyer", "tender", "planning", "bids", "awards", "contracts")


@pytest.mark.timeout(400)
def test_strange_data_are_refused_or_replayed_and_never_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "strange.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in spoiled(7, 60)))
    report = replay(path, progress=quiet)
    assert (report.processes, report.crashed) == (60, 0), capsys.readouterr().err
