"""A new procedure takes one new file: the restricted one, with a compulsory call for interest, as an example."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from tenderwell.core import procedure
from tenderwell.core.command import perform
from tenderwell.core.errors import Refused
from tenderwell.public.record.reading import record_of
from tenderwell.workroom import procedures
from tenderwell.workroom.bidding.tests.journey import with_committee
from tenderwell.workroom.engagement import commands as early
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.planning.tests.journey import filled, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, personas
from tenderwell.workroom.tendering.tests.journey import drafted, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
THE_FILE = '''
"""The restricted procedure: firms say first that they are interested, then bid. Pure."""

from dataclasses import replace

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts, Procedure, register
from tenderwell.workroom.procedures.open_1 import OPEN
from tenderwell.workroom.tendering.rules import ENGAGED


def interest_was_asked(facts: Facts) -> Reason | None:
    if facts[ENGAGED]:
        return None
    return Reason("no_call", "Call for interest first: publish an early notice and close it.", "2014/24/EU Art. 28")


def stricter(step):
    is_call = step.command == "tendering.publish_tender"
    return replace(step, guards=(*step.guards, interest_was_asked)) if is_call else step


RESTRICTED = register(
    Procedure(
        id="restricted",
        version="1",
        title="Restricted procedure",
        ocds_method="selective",
        states=OPEN.states,
        final=OPEN.final,
        clock=OPEN.clock,
        steps=tuple(stricter(step) for step in OPEN.steps),
        sources=("2014/24/EU Art. 28",),
    )
)
'''


@pytest.fixture
def restricted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The one new file, in the folder of procedures as far as the program can tell."""
    (tmp_path / "restricted_1.py").write_text(THE_FILE)
    monkeypatch.setattr(procedures, "__path__", [*procedures.__path__, str(tmp_path)])
    procedures.load()
    yield "restricted_1"
    del procedure._registry["restricted_1"], sys.modules["tenderwell.workroom.procedures.restricted_1"]


def planned(key: str) -> Process:
    process = staffed(procedure=key, estimate="200000")
    filled(process)
    route = plan.DecideRoute(
        make="The city has no roofers.", reuse="Nothing to reuse.", join="Nobody else needs it.", procedure=key,
        reason="Interest is asked first, so that firms can prepare.", legal_ground="2014/24/EU Art. 28",
    )  # fmt: skip
    perform(plan.decide_route, personas().ada, process.ocid, route, now=NOW)
    perform(plan.approve_route, personas().abe, process.ocid, plan.ApproveRoute(agreed=True), now=NOW)
    perform(plan.publish_plan, personas().ada, process.ocid, plan.PublishPlan(), now=NOW)
    process.refresh_from_db()
    return process


def asked(process: Process) -> None:
    """Interest is asked for a week."""
    ends = NOW + 8 * DAY
    notice = early.PublishEarlyNotice(title="Who is interested?", text="Who can cover twelve roofs?", ends_at=ends)
    perform(early.publish_early_notice, personas().ada, process.ocid, notice, now=NOW)
    closed = early.CloseEngagement(changes="Four firms said that they are interested.")
    perform(early.close_engagement, personas().ada, process.ocid, closed, now=NOW + 9 * DAY)


def test_a_tender_by_the_new_procedure_keeps_its_rule(restricted: str) -> None:
    process = drafted(planned(restricted))
    with_committee(process)
    with pytest.raises(Refused, match="no_call"):
        publish(process)
    asked(process)
    assert publish(process, now=NOW + 9 * DAY).state == "tendering"
    record = record_of(process.ocid)
    assert record
    assert record.compiled["tender"]["procurementMethod"] == "selective"


def test_the_law_gives_the_new_procedure_its_own_shortest_period(restricted: str) -> None:
    twelve_days = NOW + 12 * DAY + timedelta(hours=12)
    assert drafted(planned(restricted), closes=twelve_days).dates.closes_at == twelve_days
    with pytest.raises(Refused, match="too_short"):
        drafted(closes=twelve_days)


def test_everybody_can_read_the_rules_of_the_new_procedure(restricted: str) -> None:
    page = Client().get(f"/en/rules/{restricted}/").content.decode()
    assert "Restricted procedure" in page
    assert "Art. 28" in page
