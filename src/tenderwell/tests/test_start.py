"""The log has one line a request, with the route and never what identifies somebody; broken addresses are refused."""

import pytest
from django.test import Client
from structlog.testing import capture_logs


@pytest.mark.django_db
def test_a_request_is_one_line_without_address_or_name() -> None:
    with capture_logs() as lines:
        Client().get("/en/account/login/?next=/ada@port-aurora.example", REMOTE_ADDR="192.0.2.7")
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) == 1
    assert set(requests[0]) == {"event", "log_level", "method", "route", "status", "ms"}
    assert requests[0]["route"].endswith("account/login/")


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
