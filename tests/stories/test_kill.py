"""The program and its database are killed in the middle of acts: what was acknowledged is there, and all agrees."""

import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tenderwell import database
from tenderwell.ui.build import ROOT

ACTS = 12  # acknowledged before the kill


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder of its own that the server's user may reach; its database is kept safe on disk."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-kill-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        database.start(database.cluster_at(folder))
        yield folder
        database.remove(database.cluster_at(folder))


def program(data: Path, what: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENDERWELL_")}
    surroundings = {**kept, "TENDERWELL_DATA": str(data), "TENDERWELL_LOG_LEVEL": "error"}
    surroundings["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    command = [sys.executable, "-m", "tests.stories.writing", what]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)


def kill(pid: int) -> None:
    """Kill a process and wait until it has ended."""
    handle = os.pidfd_open(pid)
    signal.pidfd_send_signal(handle, signal.SIGKILL)
    select.select([handle], [], [], 10)
    os.close(handle)


def acknowledged(writer: subprocess.Popen[str]) -> set[str]:
    assert writer.stdout
    lines = [writer.stdout.readline() for _ in range(ACTS)]
    assert all(lines), "the writer ended too early"
    return {" ".join(line.split()[:2]) for line in lines}


def left(data: Path) -> set[str]:
    checker = program(data, "check")
    shown, _ = checker.communicate(timeout=120)
    assert checker.returncode == 0
    return set(shown.splitlines())


@pytest.mark.parametrize("victim", ["program", "database"])
def test_what_was_acknowledged_survives_a_kill_and_everything_agrees(data: Path, victim: str) -> None:
    cluster = database.cluster_at(data)
    with program(data, "write") as writer:
        known = acknowledged(writer)
        server = database._server_pid(cluster)
        assert server
        kill(writer.pid if victim == "program" else server)
        kill_if_alive(writer)
    database.start(cluster)
    assert known <= left(data)


def kill_if_alive(writer: subprocess.Popen[str]) -> None:
    if writer.poll() is None:
        writer.kill()
    writer.wait(timeout=20)
