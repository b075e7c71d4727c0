"""Changes in the ledger's order, without gaps."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tenderwell.ledger import store
from tenderwell.public.record.reading import changes, record_of, release_of, timeline
from tenderwell.public.record.tests.making import OCID, publish, release

pytestmark = pytest.mark.django_db


def test_pages_of_changes_give_every_release_once_in_ledger_order() -> None:
    for number in range(1, 8):
        publish(release(number))
        store.append([store.Leaf("act/v1", {"c": "0" * 64}, ref=f"blind-{number}")])
    seen, after = [], -1
    while page := changes(after=after, limit=3):
        seen += [change.release.id for change in page]
        after = page[-1].index
    assert seen == [f"{OCID}-{number:05}" for number in range(1, 8)]


def test_a_page_of_changes_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    publish(*[release(number) for number in range(1, 10)])
    with django_assert_num_queries(2):
        assert len(changes(limit=9)) == 9


def test_the_timeline_has_the_releases_of_one_process_with_their_place() -> None:
    publish(release(1), release(1, ocid="ocds-x7k2mq-2"), release(2))
    found = timeline(OCID)
    assert [change.release.id for change in found] == [f"{OCID}-00001", f"{OCID}-00002"]
    assert found[1].index - found[0].index == 2


def test_what_is_not_there_is_none() -> None:
    assert record_of("nothing") is None
    assert release_of("nothing") is None
