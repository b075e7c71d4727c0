"""A member hands shares over to a deputy with the programs and the pages of both."""

import json
from pathlib import Path

import pytest

from tenderwell.cli import main
from tenderwell.public.portal import bundle
from tenderwell.workroom.bidding.tender_file import tender_file
from tenderwell.workroom.bidding.tests.journey import MINUTE
from tenderwell.workroom.bidding.tests.test_deputies import with_deputy
from tenderwell.workroom.bidding.tests.test_pages import address, signed_in
from tenderwell.workroom.bidding.to_open import bids_file

pytestmark = pytest.mark.django_db


def test_a_member_hands_over_and_the_deputy_releases_by_program_and_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tender, ben = with_deputy()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tender.end + MINUTE)
    Path("tender.json").write_bytes(tender_file(tender.process))
    Path("bids.json").write_bytes(bids_file(tender.process))
    Path("words").write_text("none\n")
    for name, ring in (("my.key", tender.rings[0]), ("deputy.key", ben)):
        Path(name).write_text(ring.identity + "\n")
    member, deputy = signed_in(tender.rings[0].actor), signed_in(ben.actor)
    page = member.get(address("hand-over", tender)).content.decode()
    assert ben.recipient in page
    common = "bids.json --tender tender.json --yes --passphrase-file words"
    assert main(f"hand-over {common} --identity my.key --to {ben.recipient} --out handover.json".split()) == 0
    with Path("handover.json").open("rb") as file:
        assert member.post(address("hand-over", tender), {"handover": file}).status_code == 302
    Path("got.json").write_bytes(deputy.get(address("handover", tender)).content)
    assert member.get(address("handover", tender)).status_code == 404
    line = f"open-share {common} --identity deputy.key --handover got.json --out shares.json"
    assert main(line.split()) == 0
    with Path("shares.json").open("rb") as file:
        assert deputy.post(address("release", tender), {"shares": file}).status_code == 302
    assert tender.process.sealed_bids.first().released_shares.count() == 1  # type: ignore[union-attr]
    kinds = [json.loads(raw)["type"] for raw in bundle.entries_about(bundle.evidence_of(tender.process.ocid)).values()]
    assert kinds.count("share.handover/v1") == 1  # who opened stands in what people take home
    assert "You are the deputy of member-" in deputy.get(address("committee", tender)).content.decode()
