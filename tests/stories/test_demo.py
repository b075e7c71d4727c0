"""The demo city: made once, in every stage, with real data beside it; what is open is open today."""

from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from tenderwell import demo
from tenderwell.demo import city, people, witnesses
from tenderwell.ledger import identity
from tenderwell.ledger.models import Entry
from tenderwell.ledger.verifying import command
from tenderwell.public.ocds.tests import test_standard as standard
from tenderwell.public.portal import bundle
from tenderwell.public.record.models import Record, Release
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.queries import state_at

pytestmark = pytest.mark.django_db(transaction=True)
STATES = {
    "planning", "planned", "tendering", "closed", "prices", "evaluation", "standstill", "delivery", "complete",
    "unsuccessful", "cancelled",
}  # fmt: skip


@pytest.mark.timeout(600)
def test_the_city_has_a_procurement_in_every_stage_and_is_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.TENDERWELL_DATA = tmp_path
    now = timezone.now()
    with witnesses.running(tmp_path):
        demo.seed(now)
        assert unproved(tmp_path) == {}
    assert {state_at(each, now) for each in Process.objects.all()} == STATES
    assert Record.objects.exclude(source="").count() == 60
    assert Process.objects.get(title="School meals with food of the season").enquiries.count() == 2
    assert len(list((tmp_path / "demo-keys").glob("*.key"))) == 4
    assert wrong_ocds() == {}
    before = Entry.objects.count()
    demo.seed(now + timedelta(days=1))
    assert (Entry.objects.count(), Process.objects.count()) == (before, len(city.STORIES))


def unproved(folder: Path) -> dict[str, str]:
    """What an outsider's verifier finds wrong with the bundles of those whose bids were opened."""
    policy = folder / "policy"
    policy.write_text(str(identity.policy()))
    assert policy.read_text().count("\nwitness ") == 2 * len(witnesses.NAMES)
    found: dict[str, str] = {}
    for record in Record.objects.filter(source=""):
        path = folder / "one.zip"
        path.write_bytes(b"".join(bundle.zipped(bundle.parts(bundle.evidence_of(record.ocid)))))
        with redirect_stdout(StringIO()) as said:
            status = command.main(["record", str(path), "--policy", str(policy)])
        found |= {record.title: said.getvalue()} if status else {}
    return found


def wrong_ocds() -> dict[str, list[str]]:
    """Releases and records of ours that are not the OCDS we declare; asked where the standard's files are at hand."""
    if standard.STANDARD is None:
        return {}
    whole = standard.whole_schema()
    shown = {each.id: each.content for each in Release.objects.filter(source="")}
    shown |= {each.ocid: each.compiled for each in Record.objects.filter(source="")}
    return {key: found for key, content in shown.items() if (found := standard.flaws(content, whole))}


def test_each_sign_in_is_told() -> None:
    told = "\n".join(demo.sign_ins())
    assert people.PASSWORD in told
    assert all(people.email(name) in told for body in people.BODIES for name in body.people)
