"""A member rehearses the opening as people do it: the program for the secret, the page for the share."""

from pathlib import Path

import pytest

from tenderwell.cli import main
from tenderwell.workroom.bidding import queries
from tenderwell.workroom.bidding.tests.journey import open_for_bids
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.process.tests.personas import NOW

pytestmark = pytest.mark.django_db


def test_a_member_rehearses_with_the_program_and_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    tender = open_for_bids()
    ring = tender.rings[1]
    client = signed_in(ring.actor)
    test = tmp_path / "rehearsal.json"
    test.write_bytes(client.get(address("rehearsal", tender)).content)
    (tmp_path / "my.key").write_text(ring.identity + "\n")
    assert main(["rehearse", str(test), "--identity", str(tmp_path / "my.key")]) == 0
    told = capsys.readouterr().out
    named = queries.current_committee(tender.process)
    assert named and " ".join(named.committee.words) in told
    answer = client.post(address("rehearse", tender), {"share": told.splitlines()[-1]})
    assert answer.status_code == 302
    assert queries.has_rehearsed(tender.process, ring.actor.id)
