"""The main job: one procurement from need to final account, by API and by page, with wrong people trying."""

import pytest

from tenderwell.ledger import store
from tenderwell.ledger.models import Entry
from tenderwell.public.record.models import Release
from tenderwell.public.record.projection import rebuild
from tenderwell.public.record.reading import record_of
from tests.stories.doors import Api, Pages
from tests.stories.life import Life, told


@pytest.mark.parametrize("door", [Api, Pages])
def test_a_procurement_lives_from_need_to_final_account(life: Life, door: type[Api] | type[Pages]) -> None:
    driver = door(life)
    for act in life.acts():
        driver.do(act)
    assert life.process.state == "complete"
    record = record_of(life.process.ocid)
    assert record
    assert told(record.compiled) == ("complete", "terminated", 1)
    assert_everything_agrees(life)


def assert_everything_agrees(life: Life) -> None:
    """Each release stands in the ledger with its hash; the record can be made again from the releases."""
    leaves = dict(Entry.objects.filter(kind="ocds.release/v1").values_list("ref", "body"))
    releases = dict(Release.objects.values_list("pk", "sha256"))
    assert leaves.keys() == releases.keys()
    assert all(digest in bytes(leaves[key]).decode() for key, digest in releases.items())
    assert rebuild() == []
    assert store.publish(now=life.now).size == Entry.objects.count()
