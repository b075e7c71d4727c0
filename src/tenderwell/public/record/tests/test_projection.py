"""Releases become the record: exact bytes, merged at once, and again from the ledger."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from tenderwell.public import ocds
from tenderwell.public.record.models import Record, Release
from tenderwell.public.record.projection import Mismatch, project, rebuild
from tenderwell.public.record.tests.making import OCID, publish, release, tender

pytestmark = pytest.mark.django_db
THREE = (
    release(1, tag="planning", **tender(title="Bridge", status="planned")),
    release(2, **tender(title="Bridge over the river", status="active", value={"amount": 1200.5, "currency": "EUR"})),
    release(3, tag="award", awards=[{"id": "a", "status": "active"}]),
)


def test_a_release_is_stored_as_the_bytes_whose_digest_is_returned() -> None:
    (done,) = publish(THREE[1])
    stored = Release.objects.get(pk=done.id)
    assert ocds.digest(bytes(stored.body)) == done.sha256 == stored.sha256
    assert stored.content == THREE[1]
    assert stored.act_name == "test.tender"


def test_the_record_is_the_merge_of_its_releases() -> None:
    publish(*THREE)
    assert bytes(Record.objects.get().body) == ocds.canonical(ocds.merge(THREE))


def test_the_columns_say_what_lists_need() -> None:
    publish(*THREE)
    record = Record.objects.get(ocid=OCID)
    assert (record.title, record.status, record.stage) == ("Bridge over the river", "active", "award")
    assert (str(record.amount), record.currency, record.reference) == ("1200.500000", "EUR", "T-1")
    assert (record.published.day, record.updated.day) == (1, 3)


DRAFT = {"id": "c", "awardID": "a", "status": "pending", "implementation": {"documents": [{"id": "d"}]}}


@pytest.mark.parametrize(("contracts", "expected"), [((DRAFT,), "implementation"), ((), "award")])
def test_a_contract_whose_draft_was_withdrawn_brings_the_process_no_further(
    contracts: tuple[dict[str, object], ...], expected: str
) -> None:
    withdrawn = {**DRAFT, "id": "w", "status": "cancelled"}
    publish(*THREE, release(4, tag="contract", contracts=[withdrawn, *contracts]))
    assert Record.objects.get(ocid=OCID).stage == expected


def test_projecting_takes_three_queries_however_long_the_process_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(*[release(number, **tender(title=str(number))) for number in range(1, 20)])
    with django_assert_num_queries(3):
        project(release(20, **tender(title="20")))


def test_a_release_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ocds.NotOcds, match="titel"):
        project(release(1, **tender(titel="Bridge")))


def test_rebuilding_gives_the_same_bytes() -> None:
    publish(*THREE, release(4, ocid="ocds-x7k2mq-2", **tender(title="Other")))
    before = list(Record.objects.order_by("ocid").values())
    assert rebuild() == []
    assert list(Record.objects.order_by("ocid").values()) == before


def test_rebuilding_restores_a_record_that_was_changed_and_says_so() -> None:
    publish(*THREE)
    good = bytes(Record.objects.get().body)
    Record.objects.update(body=b"{}")
    assert rebuild() == [Mismatch("record", OCID, "was not what its releases amount to")]
    assert bytes(Record.objects.get().body) == good


def test_rebuilding_restores_a_title_that_was_changed_in_lists() -> None:
    publish(*THREE)
    Record.objects.update(title="Something else")
    assert rebuild() == [Mismatch("record", OCID, "was not what its releases amount to")]
    assert Record.objects.get().title == "Bridge over the river"


def test_rebuilding_makes_a_lost_record_again() -> None:
    publish(*THREE)
    before = list(Record.objects.values())
    Record.objects.all().delete()
    assert rebuild() == [Mismatch("record", OCID, "was missing")]
    assert list(Record.objects.values()) == before


def test_rebuilding_finds_a_release_that_is_not_what_was_logged() -> None:
    first, *_ = publish(*THREE)
    forged = ocds.canonical({**json.loads(json.dumps(THREE[0])), **tender(title="Forged")})
    Release.objects.filter(pk=first.id).update(body=forged, sha256=ocds.digest(forged))
    assert Mismatch("release", first.id, "is not what was logged") in rebuild()


def test_rebuilding_finds_a_release_that_was_never_logged() -> None:
    done = project(THREE[0])
    assert rebuild() == [Mismatch("release", done.id, "is not in the ledger")]


def test_rebuilding_finds_a_record_without_releases() -> None:
    publish(*THREE)
    Release.objects.all().delete()
    assert rebuild() == [Mismatch("record", OCID, "has no release")]
