"""A program, the web server and the database are killed in the middle of acts, at a moment that nobody chose.

What was acknowledged is there afterwards, and ledger, journal, record and tables agree.
"""

import contextlib
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event

import pytest

from tenderwell import database
from tenderwell.ui.build import ROOT

FEWEST, MOST = 5, 60  # acts acknowledged before the kill
WRITERS = 4
PATIENCE = 120  # seconds until the server answers
pytestmark = pytest.mark.timeout(400)


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


def acknowledged(writer: subprocess.Popen[str], acts: int) -> set[str]:
    assert writer.stdout
    lines = [writer.stdout.readline() for _ in range(acts)]
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
        known = acknowledged(writer, random.randint(FEWEST, MOST))
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


@contextlib.contextmanager
def served(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The real server with its workers, in a group of its own; killed at the end if it still lives."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENDERWELL_")}
    own = {"TENDERWELL_DATA": str(data), "TENDERWELL_ADDRESS": f"http://localhost:{port}", "TENDERWELL_WORKERS": "2"}
    words = [sys.executable, "-m", "tenderwell", "serve", "--port", str(port)]
    surroundings = {**kept, **own, "TENDERWELL_LOG_LEVEL": "error", "PYTHONPATH": str(ROOT / "src")}
    server = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        assert any(answers(port) for _ in range(PATIENCE)), "the server did not start"
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


def answers(port: int) -> bool:
    """Whether somebody answers; a second of patience."""
    try:
        return post(port, "/api/v1/processes/none/engagement/comment", {"text": "Is anybody there?"})[0] == 404
    except (OSError, HTTPException):
        Event().wait(1)
        return False


def post(port: int, path: str, body: dict[str, str]) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request(
            "POST", path, json.dumps(body), {"Content-Type": "application/json", "Host": f"localhost:{port}"}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
        return port


def prepared(data: Path) -> list[str]:
    """Two processes whose early notice takes comments today: their ocids."""
    shown, _ = program(data, "prepare").communicate(timeout=300)
    return shown.split()


def comment_until_it_dies(port: int, ocid: str, writer: int, known: list[str], enough: Event, most: int) -> None:
    for number in range(most):
        text = {"text": f"Please ask for tiles, says writer {writer} for the time {number}."}
        try:
            status, answer = post(port, f"/api/v1/processes/{ocid}/engagement/comment", text)
        except (OSError, HTTPException):
            return  # killed: this act was not acknowledged
        assert status == 201, answer
        known.append(f"{ocid} {json.loads(answer)['result']['comment']}")
        if len(known) >= most:
            enough.set()


def test_the_web_server_is_killed_while_programs_write(data: Path) -> None:
    ocids, port, known, enough = prepared(data), free_port(), list[str](), Event()
    most = random.randint(FEWEST, MOST)
    with served(data, port) as server, ThreadPoolExecutor(WRITERS) as pool:
        work = [
            pool.submit(comment_until_it_dies, port, ocids[writer % 2], writer, known, enough, most)
            for writer in range(WRITERS)
        ]
        for each in work:
            each.add_done_callback(lambda _: enough.set())  # also one that failed: its reason is told below
        assert enough.wait(PATIENCE)
        os.killpg(server.pid, signal.SIGKILL)
        for each in work:
            each.result(timeout=60)
    assert len(known) >= most
    assert set(known) <= left(data)
