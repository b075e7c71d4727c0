"""The log has one line a request, with the route and never what identifies somebody."""

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
