"""Lists take the same few queries whatever their length."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenderwell.workroom.delivery.tests.journey import delivered
from tenderwell.workroom.planning.tests.journey import planned
from tenderwell.workroom.process.tests.personas import CITY, NOW, assign, member
from tests.stories.doors import signed_in

pytestmark = pytest.mark.django_db


def queries_of(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as counted:
        ask()
    return len(counted)


@pytest.mark.parametrize(("person", "path", "most"), [("finn", "/en/", 13), ("ada", "/en/desk/", 16)])
def test_a_longer_list_takes_no_more_queries(person: str, path: str, most: int) -> None:
    planned()
    client = signed_in(person)
    client.get(path)
    few = queries_of(lambda: client.get(path))
    for number in range(4):
        planned(title=f"Roofs of school {number}")
    many = queries_of(lambda: client.get(path))
    assert many == few
    assert many <= most


def test_the_page_of_an_organisation_takes_no_more_queries_for_more_members() -> None:
    planned()
    client, path = signed_in("ada"), f"/en/desk/organisations/{CITY}/"
    client.get(path)
    few = queries_of(lambda: client.get(path))
    for number in range(5):
        member(CITY, "ada", f"new{number}", ["member"], NOW)
    assert queries_of(lambda: client.get(path)) == few


def test_the_journal_and_the_plan_take_no_more_queries_for_more_acts() -> None:
    process, client = planned(), signed_in("ada")
    paths = [f"/en/desk/{process.ocid}/{place}/" for place in ("journal", "planning/overview")]
    few = [warm(client, path) for path in paths]
    for name in ("elif", "nora", "rita"):
        assign(process, name, "observer")
    assert [warm(client, path) for path in paths] == few


def warm(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200, path
    return queries_of(lambda: client.get(path))


def test_a_public_page_costs_the_same_however_much_has_happened() -> None:
    young, old = planned(), delivered()
    pages = [f"/en/processes/{each.ocid}/" for each in (young, old)]
    client = Client()
    counts = [queries_of(partial(client.get, path)) for path in (pages[0], *pages)]
    assert counts[1] == counts[2]
    assert counts[2] <= 6
