"""What programs can do is described to anybody, and written once only: it takes most of a second."""

import json

import pytest
from django.test import Client

from tenderwell.workroom.api import routes


def test_the_description_is_the_api_s_own() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == json.loads(json.dumps(routes.api.get_openapi_schema(), default=str))


def test_it_is_not_written_anew_for_each_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get("/api/v1/openapi.json").content
    monkeypatch.setattr(routes.api, "get_openapi_schema", None)
    assert Client().get("/api/v1/openapi.json").content == first
