"""What a procurement officer, an auditor or a lawyer would try first, by program: each is refused with its reason."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tenderwell.core.command import Actor, perform
from tenderwell.workroom.awarding.tests.journey import decided, decision_day
from tenderwell.workroom.bidding.tests.journey import open_for_bids
from tenderwell.workroom.delivery.tests import journey as delivery
from tenderwell.workroom.evaluation.tests.journey import evaluated
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG = "The schools are closed down by the region this summer."
Try = Callable[..., list[str]]


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Try:
    """Sends one command to the API at a time; returns the codes of the reasons, or the fields that are wrong."""

    def send(who: Actor, process: Process, command: str, now: datetime, **data: Any) -> list[str]:
        token = perform(issue_token, who, who.organisation, IssueToken(label="Program"), now=NOW).secret
        client = Client(headers={"Authorization": f"Bearer {token}"})
        with monkeypatch.context() as clock:
            clock.setattr("django.utils.timezone.now", lambda: now)
            answer = client.post(f"/api/v1/processes/{process.ocid}/{command}", data, content_type="application/json")
        if answer.status_code == 201:
            return []
        return [reason["code"] for reason in answer.json()["reasons"]]

    return send


def test_no_quantity_below_nothing_and_no_estimate_of_nothing(tries: Try) -> None:
    process, ada = planned(NOW), personas().ada
    assert tries(ada, process, "tendering/add_item", NOW, description="Roof", quantity="-1")
    assert tries(ada, process, "tendering/add_lot", NOW, title="North", amount="0")
    assert tries(ada, process, "tendering/add_item", NOW, description="Roof", quantity="1") == []


def test_dates_in_the_wrong_order(tries: Try) -> None:
    process, ada, close = planned(NOW), personas().ada, NOW + 30 * DAY
    late = {"closes_at": close.isoformat(), "questions_until": (close + DAY).isoformat()}
    assert tries(ada, process, "tendering/set_dates", NOW, **late) == ["questions_off"]
    dates = {"contract_start": (close + 9 * DAY).isoformat(), "contract_end": (close + DAY).isoformat()}
    assert tries(ada, process, "tendering/set_dates", NOW, closes_at=close.isoformat(), **dates) == ["period_backwards"]


def test_after_the_deadline_the_tender_stands(tries: Try) -> None:
    tender, ada = open_for_bids(), personas().ada
    change = {"reason": LONG, "changes": [{"part": "title", "text": "Roofs of schools"}]}
    assert tries(ada, tender.process, "tendering/amend_tender", tender.end, **change) == ["wrong_state"]
    longer = {"reason": LONG, "closes_at": (tender.end + 9 * DAY).isoformat()}
    assert tries(ada, tender.process, "tendering/extend_period", tender.end, **longer) == ["wrong_state"]
    assert tries(personas().bob, tender.process, "tendering/ask_question", tender.end, text="Late?") != []


def test_more_than_was_offered_is_awarded_only_for_a_reason(tries: Try) -> None:
    process, abe = evaluated(), personas().abe
    day = decision_day(process)
    row = {"bid": "bid-1", "value": "9000.00"}
    assert tries(abe, process, "awarding/decide_award", day, awards=[row], reason=LONG) == ["above_bid"]
    parts = [{"bid": "bid-1", "value": "500.00"}, {"bid": "bid-1", "value": "500.00"}]
    answer = tries(abe, process, "awarding/decide_award", day, awards=parts, reason=LONG)
    assert answer == ["above_bid", "above_bid"]
    told = [{**row, "reason": "An option of the tender is bought with it."}]
    assert tries(abe, process, "awarding/decide_award", day, awards=told, reason=LONG) == []


def test_a_contract_in_force_is_not_cancelled_with_the_process(tries: Try) -> None:
    process = delivery.signed()
    now = delivery.begins(process) + DAY
    assert tries(personas().abe, process, "awarding/cancel_process", now, reason=LONG) == ["wrong_state"]


def test_nothing_is_signed_in_the_standstill(tries: Try) -> None:
    process = delivery.contracted(decided(), now=decision_day(decided()) + DAY)
    sign = {"contract": "contract-1", "agreed": True}
    early = decision_day(process) + 2 * DAY
    assert "wrong_state" in tries(personas().abe, process, "delivery/sign_for_buyer", early, **sign)


def test_nothing_is_asked_of_a_closed_contract(tries: Try) -> None:
    process = delivery.signed()
    delivery.contracted(process, value="1.00", value_reason="Keys and signs, which the award forgot.")
    delivery.sign(process, contract="contract-2", now=delivery.begins(process) + DAY)
    delivery.closed(process)
    now = delivery.begins(process) + 95 * DAY
    invoice = {"contract": "contract-1", "number": "R-9", "amount": "5.00"}
    assert tries(personas().bob, process, "delivery/submit_invoice", now, **invoice) == ["contract_closed"]


def test_a_result_needs_its_outcome_and_its_day(tries: Try) -> None:
    process = delivery.signed()
    now = delivery.begins(process) + DAY
    result = {"contract": "contract-1", "outcome": "outcome-9", "measured": "4"}
    tomorrow = {**result, "measured_at": (now + DAY).isoformat()}
    assert tries(personas().gus, process, "delivery/report_result", now, **tomorrow) == ["no_such_outcome", "in_future"]
