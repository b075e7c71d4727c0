"""No body that a program sends breaks the API: each gets an answer, at every stage of a process."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings

from tenderwell.core import procedure
from tenderwell.core.command import Actor, Command, perform
from tenderwell.workroom.api.offered import offered
from tenderwell.workroom.awarding.tests.journey import decided, planned_direct
from tenderwell.workroom.bidding.tests.journey import MINUTE, announced, bid_of, open_for_bids
from tenderwell.workroom.delivery.tests import journey as delivery
from tenderwell.workroom.engagement.tests.journey import noticed
from tenderwell.workroom.evaluation.tests import envelopes
from tenderwell.workroom.evaluation.tests.journey import evaluated, when, with_bids
from tenderwell.workroom.parties.commands import IssueToken, issue_token
from tenderwell.workroom.planning.tests.journey import filled, planned, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at
from tenderwell.workroom.process.tests.personas import CITY, NOW, personas
from tests.stories.strange import bodies

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900)]
DAY = timedelta(days=1)
EACH = 8  # bodies for each command
ANSWERS = {201, 401, 404, 409, 413, 422}


@dataclass(frozen=True)
class Scene:
    """A process at one of its stages, and the time there."""

    process: Process
    now: datetime


def scenes() -> list[Scene]:
    """One process for each stage."""
    drafted = staffed(estimate="200000")
    filled(drafted)
    tender, closed = open_for_bids(), open_for_bids()
    bid_of(tender, personas().bob)
    bid_of(closed, personas().bob)
    announced(closed)
    judged, ranked, chosen, running = with_bids(), evaluated(), decided(), delivery.signed()
    delivery.milestone(running)
    delivery.invoiced(running)
    delivery.proposed(running, "50.00")
    technical = envelopes.judged(envelopes.technical_open())
    prices = envelopes.passing_published(envelopes.technical_open())
    return [
        Scene(drafted, NOW),
        Scene(noticed(planned()), NOW + DAY),
        Scene(planned_direct(), NOW + DAY),
        Scene(tender.again(), tender.end - DAY),
        Scene(closed.again(), closed.end + MINUTE),
        Scene(judged, when(judged)),
        Scene(ranked, when(ranked) + 2 * DAY),
        Scene(chosen, when(chosen) + 3 * DAY),
        Scene(running, delivery.begins(running) + 3 * DAY),
        Scene(technical, when(technical)),
        Scene(prices, when(prices)),
    ]


def people() -> list[Actor]:
    everybody = personas()
    names = ("ada", "abe", "ben", "dora", "gus", "bob", "elif_", "rita", "operator")
    return [getattr(everybody, name) for name in names]


def places(
    command: Command, found: list[Scene], tokens: dict[Actor, str]
) -> Iterator[tuple[str, Actor | None, datetime]]:
    """Where this command can be tried by somebody who may: address, actor, time."""
    stage = f"{command.stage}/{command.verb}"
    if command.on is not Process:
        key, kind = (CITY, "organisations") if command.on.__name__ == "Organisation" else ("here", "installations")
        yield f"/api/v1/{kind}/{key}/{stage}", tokens and next(iter(tokens)) or None, NOW
        return
    for scene in found:
        step = procedure.get(scene.process.procedure_key).step(command.name)
        if step and state_at(scene.process, scene.now) in step.from_:
            may = [each for each in tokens if scene.process.roles_of(each) & set(step.by)]
            yield f"/api/v1/processes/{scene.process.ocid}/{stage}", may[0] if may else None, scene.now


def test_no_body_breaks_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    found = scenes()
    tokens = {actor: token_of(actor) for actor in people()}
    tried = set()
    for command, _show in offered():
        for address, actor, now in places(command, found, tokens):
            monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
            send_many(command, address, tokens[actor] if actor else "")
            tried.add(command.name)
    assert {command.name for command, _ in offered()} - tried == set()


def token_of(actor: Actor) -> str:
    secret: str = perform(issue_token, actor, actor.organisation, IssueToken(label="Program"), now=NOW).secret
    return secret


def send_many(command: Command, address: str, secret: str) -> None:
    client = Client(headers={"Authorization": f"Bearer {secret}"} if secret else {})

    @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(body=bodies(command.input))
    def send(body: dict[str, Any]) -> None:
        before = transaction.savepoint()  # each body meets the same state
        answer = client.post(address, json.dumps(body), content_type="application/json")
        transaction.savepoint_rollback(before)
        assert answer.status_code in ANSWERS, (command.name, body, answer.content)
        if answer.status_code == 409:
            assert all("{" not in reason["text"].replace("{count}", "") for reason in answer.json()["reasons"])

    send()
