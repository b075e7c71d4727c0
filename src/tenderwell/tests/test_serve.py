"""The demo refuses to run twice on one folder or on a taken port; a server stops in order."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event, Timer

import pytest

from tenderwell import serve

# One request never ends, and Python takes a while to be taken apart, so that the thread wakes up meanwhile.
APPLICATION = """
from threading import Event

class Slow:
    def __del__(self, wait=Event().wait):
        wait(0.5)

slow = Slow()

def application(surroundings, start):
    print("working\\n", end="", flush=True)
    while True:
        Event().wait(0.01)
"""
PROGRAM = """
import sys

from tenderwell import serve

if __name__ == "__main__":
    serve.make_server("endless:application", port=int(sys.argv[1]), workers=1).serve(
        target_loader=serve.load_application
    )
"""


def test_a_second_demo_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with serve.alone(tmp_path), pytest.raises(serve.CannotStart, match="already runs"), serve.alone(tmp_path):
        pass


def test_the_lock_of_a_demo_that_ended_is_free(tmp_path: Path) -> None:
    with serve.alone(tmp_path):
        pass
    with serve.alone(tmp_path):
        assert (tmp_path / "demo.lock").exists()


def test_a_taken_port_is_told_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(serve.CannotStart, match=f"--port {port + 1}"):
            serve.refuse_taken_port(port)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_stops_in_order_while_it_works_for_somebody_who_has_gone(tmp_path: Path, how: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with endless(tmp_path, port) as server:
        with asking(port):
            assert server.stdout
            assert server.stdout.readline() == "working\n"
        server.send_signal(how)
        _, told = server.communicate(timeout=60)
    assert (server.returncode, told) == (0, "")


def test_forty_who_wait_keep_nobody_from_being_heard(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with endless(tmp_path, port) as server, contextlib.ExitStack() as waiting:
        given_up = Timer(60, server.kill)
        given_up.start()
        for _ in range(41):
            waiting.enter_context(asking(port))
        assert server.stdout
        heard = [server.stdout.readline() for _ in range(41)]
        given_up.cancel()
        waiting.close()
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=60)
    assert heard == ["working\n"] * 41


def endless(folder: Path, port: int) -> subprocess.Popen[str]:
    """The server, with one process, of an application whose answers never end."""
    (folder / "endless.py").write_text(APPLICATION)
    (folder / "program.py").write_text(PROGRAM)
    surroundings = os.environ | {"PYTHONPATH": f"{folder}:{Path(serve.__file__).parents[1]}"}
    words = [sys.executable, str(folder / "program.py"), str(port)]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, env=surroundings, stdout=pipe, stderr=pipe, text=True)


def asking(port: int) -> socket.socket:
    """Send a request as soon as somebody listens; whoever closes this waits for no answer."""
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        except ConnectionRefusedError:
            Event().wait(0.05)
        else:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return connection
