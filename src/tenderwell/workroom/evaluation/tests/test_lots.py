"""Lots are judged each by its own criteria, and an evaluation can be done again."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenderwell.public.record.models import Record
from tenderwell.workroom.evaluation import queries
from tenderwell.workroom.evaluation.tests import journey as j
from tenderwell.workroom.evaluation.tests.lots import with_bids_on_lots
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def process() -> Process:
    return with_bids_on_lots()


def places(process: Process) -> list[tuple[str, str, int]]:
    return [(each.lot, each.bid, each.rank) for each in queries.ranking_of(process)]


def test_each_lot_is_ranked_by_its_own_criteria(process: Process) -> None:
    j.evaluated(process)
    assert places(process) == [
        ("lot-1", "bid-1", 1),
        ("lot-1", "bid-2", 2),
        ("lot-2", "bid-2", 1),
        ("lot-2", "bid-1", 2),
    ]


def test_a_gate_of_one_lot_leaves_a_bid_in_the_other(process: Process) -> None:
    j.shortlisted(process, failed=["bid-1"])
    for name in j.EVALUATORS:
        j.scored(process, actor(name), lot="lot-1")
    j.agreed(process, lot="lot-1")
    j.published(process)
    assert places(process) == [("lot-1", "bid-2", 1), ("lot-2", "bid-2", 1), ("lot-2", "bid-1", 2)]
    statuses = {
        each["id"]: each["status"] for each in Record.objects.get(ocid=process.ocid).compiled["bids"]["details"]
    }
    assert statuses == {"bid-1": "valid", "bid-2": "valid"}


def test_a_second_evaluation_takes_back_what_the_first_said() -> None:
    process = j.evaluated(points={("bid-2", j.METHOD): "0"})
    Process.objects.filter(pk=process.pk).update(state="evaluation")  # as a decided complaint does
    process.refresh_from_db()
    j.rescored(process)
    j.published(process)
    release = Record.objects.get(ocid=process.ocid).compiled
    second = release["bids"]["details"][1]
    assert (second["status"], second["rank"], second.get("statusReason")) == ("valid", 2, None)
    assert [each.get("reason") for each in release["tender"]["evaluation"]["results"]] == [None, None]
    assert release["tender"]["evaluation"]["package"]["id"] == "evaluation-2"


def test_the_database_is_asked_as_often_for_many_lots_as_for_one(process: Process) -> None:
    j.shortlisted(process)
    for name in j.EVALUATORS:
        j.scored(process, actor(name), lot="lot-1")
    j.agreed(process, lot="lot-1")
    lots = queries.lots_to_score(process)
    assert set(queries.agreements(process, lots)) == {"lot-1"}
    many = {f"lot-{number}": lots["lot-1"] for number in range(1, 40)}
    assert asked(process, many) == asked(process, lots)


def asked(process: Process, lots: Mapping[str, queries.Scored]) -> int:
    """How often the database is asked who still has to score these lots, and what is agreed on them."""
    with CaptureQueriesContext(connection) as seen:
        queries.awaited_among(process, lots)
        queries.agreements(process, lots)
    return len(seen)
