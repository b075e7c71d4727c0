"""The log has one line a request, with the route and never what identifies somebody; broken addresses are refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from structlog.testing import capture_logs

ROOT = Path(__file__).parents[3]
SOURCE = {"PYTHONPATH": str(ROOT / "src")}


@pytest.mark.django_db
def test_a_request_is_one_line_without_address_or_name() -> None:
    with capture_logs() as lines:
        Client().get("/en/account/login/?next=/ada@port-aurora.example", REMOTE_ADDR="192.0.2.7")
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) == 1
    assert set(requests[0]) == {"event", "log_level", "method", "route", "status", "ms"}
    assert requests[0]["route"].endswith("account/login/")


@pytest.mark.django_db
def test_a_request_for_another_host_gets_a_plain_answer_in_its_language(caplog: pytest.LogCaptureFixture) -> None:
    """No middleware has found out yet who asks, and every page asks for that."""
    with capture_logs() as lines:
        answer = Client(raise_request_exception=False).get("/fr/processes/", headers={"host": "other.example"})
    assert answer.status_code == 400
    assert "La demande n" in answer.content.decode()
    assert "other.example" not in answer.content.decode()
    assert [line["event"] for line in lines] == ["request"]
    assert [(each.levelname, each.exc_info) for each in caplog.records] == [("WARNING", None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/en/desk/a%00b/",
        "/en/desk/a%00b/bidding/",
        "/en/processes/a%00b/",
        "/api/v1/processes/a%00b/steps",
        "/api/ocds/releases/a%00.json",
        "/log/tile/%00",
    ],
)
def test_nothing_stands_at_an_address_that_no_database_takes(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_folder_that_cannot_be_written_is_told_with_what_to_do() -> None:
    words = [sys.executable, "-m", "tenderwell", "--data", "/dev/null/data", "settings"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TENDERWELL_")}
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env=clean | SOURCE)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "/dev/null/data" in done.stderr and "--data DIR" in done.stderr
