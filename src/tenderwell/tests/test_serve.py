"""The demo refuses to run twice on one folder or on a taken port."""

import socket
from pathlib import Path

import pytest

from tenderwell import serve


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
