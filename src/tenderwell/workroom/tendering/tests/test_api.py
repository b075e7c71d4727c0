"""A tender written, published, asked about and answered by programs alone."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tenderwell.core.command import Actor, perform, timestamp
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.tests.journey import CLOSES, DAY, requirements, tendered

pytestmark = pytest.mark.django_db
WRONG = [{"title": "Price", "kind": "price", "weight": "90"}]
RIGHT = [
    {"title": "Method", "group": "Work", "kind": "quality", "weight": "60", "scale": "0: Nothing\n3: All"},
    {"title": "Price", "kind": "price", "weight": "40"},
]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the API takes for now: the last of the list."""
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def post(actor: Actor, process: Process, command: str, **data: Any) -> Any:
    token = perform(issue_token, actor, actor.organisation, IssueToken(label="Program"), now=NOW)
    client = Client(headers={"Authorization": f"Bearer {token.secret}"})
    address = f"/api/v1/processes/{process.ocid}/tendering/{command}"
    return client.post(address, data, content_type="application/json")


def test_a_program_writes_what_a_page_writes(clock: list[datetime]) -> None:
    process, ada = planned(NOW, estimate="200000"), personas().ada
    assert post(ada, process, "set_requirements", **requirements().model_dump(mode="json")).status_code == 201
    assert post(ada, process, "add_item", description="Roof", quantity="12").json()["result"] == {"id": "item-1"}
    assert post(ada, process, "set_criteria", criteria=RIGHT).status_code == 201
    assert post(ada, process, "set_dates", closes_at=timestamp(CLOSES)).status_code == 201
    answer = post(personas().abe, process, "publish_tender")
    assert [reason["code"] for reason in answer.json()["reasons"]] == ["no_committee"]


@pytest.mark.parametrize(("quantity", "status"), [("0", 422), ("-1", 422), ("0.000001", 201)])
def test_of_an_item_more_than_nothing_is_bought(clock: list[datetime], quantity: str, status: int) -> None:
    answer = post(personas().ada, planned(NOW), "add_item", description="Roof", quantity=quantity)
    assert answer.status_code == status
    if status == 422:
        assert [each["field"] for each in answer.json()["reasons"]] == ["quantity"]


def test_a_program_reads_every_reason_with_its_field_and_law(clock: list[datetime]) -> None:
    answer = post(personas().ada, planned(NOW), "set_criteria", criteria=WRONG)
    assert answer.status_code == 409
    reasons = {reason["code"]: reason for reason in answer.json()["reasons"]}
    assert set(reasons) == {"weights", "price_above_quality"}
    assert reasons["price_above_quality"]["field"] == "price_reason"
    assert reasons["weights"]["source"].startswith("2014/24/EU")


def test_questions_and_answers_by_program(clock: list[datetime]) -> None:
    process = tendered()
    clock.append(NOW + DAY)
    assert post(personas().ada, process, "ask_question", text="Is it good?").status_code == 409
    asked = post(personas().bob, process, "ask_question", text="May tiles be used?").json()["result"]
    answered = post(personas().ada, process, "answer_question", question=asked["id"], answer="Yes.")
    assert answered.json()["state"] == "tendering"
