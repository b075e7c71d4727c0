"""Lists take the same few queries whatever their length."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenderwell.workroom.delivery.tests.journey import delivered
from tenderwell.workroom.planning.tests.journey import planned
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


def test_a_public_page_costs_the_same_however_much_has_happened() -> None:
    young, old = planned(), delivered()
    pages = [f"/en/processes/{each.ocid}/" for each in (young, old)]
    client = Client()
    counts = [queries_of(partial(client.get, path)) for path in (pages[0], *pages)]
    assert counts[1] == counts[2]
    assert counts[2] <= 6
