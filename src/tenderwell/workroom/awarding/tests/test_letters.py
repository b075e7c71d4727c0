"""What each bidder reads about the decision, and that nobody else reads it."""

from typing import Any

import pytest
from django.test import Client

from tenderwell.core.command import perform
from tenderwell.workroom.awarding import commands as c
from tenderwell.workroom.awarding.queries import letter_of
from tenderwell.workroom.awarding.tests import journey as j
from tenderwell.workroom.evaluation.tests.journey import agreed, evaluated, published, scored, shortlisted, with_bids
from tenderwell.workroom.evaluation.tests.lots import with_bids_on_lots
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, actor, personas

pytestmark = pytest.mark.django_db


def got(name: str, process: Process, page: str = "") -> Any:
    client = Client()
    client.force_login(Person.objects.get(pk=actor(name).id), "allauth.account.auth_backends.AuthenticationBackend")
    return client.get(f"/en/desk/{process.ocid}/awarding/letters/{page}")


def test_a_loser_reads_both_results_the_reasons_and_the_dates() -> None:
    process = j.decided()
    shown = got("cleo", process, "bid-2/").content.decode()
    assert "has not been chosen" in shown and "Bob Roofs" in shown and j.WHY in shown
    assert "Method of work" in shown and "Chosen bid" in shown and "method statement" in shown
    assert "No contract is signed before" in shown and "You can complain" in shown and "UTC" in shown


def test_the_winner_is_told_so_and_reads_nothing_of_the_losers() -> None:
    process = j.decided()
    shown = got("bob", process, "bid-1/").content.decode()
    assert "has been chosen" in shown
    assert "Cleo" not in shown and "bid-2" not in shown


def test_a_bidder_left_out_reads_what_was_not_met() -> None:
    process = with_bids()
    shortlisted(process, failed=["bid-2"])
    for name in ("dora", "dan"):
        scored(process, actor(name))
    agreed(process)
    published(process)
    shown = got("cleo", j.decided(j.again(process)), "bid-2/").content.decode()
    assert "What your bid did not meet" in shown


@pytest.mark.parametrize("name", ["ada", "abe", "elif", "rita", "cleo"])
def test_who_answers_for_a_letter_reads_it(name: str) -> None:
    assert got(name, j.decided(), "bid-2/").status_code == 200


@pytest.mark.parametrize("name", ["dora", "dan", "gus"])
def test_nobody_else_reads_it(name: str) -> None:
    process = j.decided()
    assert got(name, process, "bid-2/").status_code == 404
    assert got(name, process, "bid-2/letter.pdf").status_code == 404
    assert got(name, process).status_code == 404


def test_there_is_no_letter_before_the_decision() -> None:
    process = evaluated()
    assert got("cleo", process, "bid-2/").status_code == 404
    assert got("ada", process).status_code == 404


def test_the_pdf_holds_the_published_award() -> None:
    process = j.decided()
    answer = got("cleo", process, "bid-2/letter.pdf")
    assert answer.content.startswith(b"%PDF")
    assert f"{j.last_release(process).pk}.json".encode() in answer.content
    assert "no-store" in answer["Cache-Control"]


def test_a_bidder_finds_its_own_letter_only() -> None:
    process = j.decided()
    assert got("bob", process, "bid-2/").status_code == 404
    assert got("bob", process, "bid-2/letter.pdf").status_code == 404
    shown = got("bob", process).content.decode()
    assert "awarding/letters/bid-1/" in shown and "bid-2" not in shown
    assert "awarding/letters/bid-2/" in got("ada", process).content.decode()


def test_every_winner_of_a_shared_award_is_told_so() -> None:
    process = j.decided(more_bids=["bid-2"])
    assert "has been chosen" in got("cleo", process, "bid-2/").content.decode()
    assert "has been chosen" in got("bob", process, "bid-1/").content.decode()


def test_a_letter_stays_readable_when_the_award_is_taken_back() -> None:
    process = j.decided()
    why = "The council has closed the schools concerned."
    data = c.CancelProcess(reason=why)
    perform(c.cancel_process, personas().ada, process.ocid, data, now=j.decision_day(process) + j.DAY)
    shown = got("cleo", process, "bid-2/").content.decode()
    assert "This decision was cancelled" in shown and why in shown
    assert "No contract is signed before" not in shown
    assert got("cleo", process, "bid-2/letter.pdf").content.startswith(b"%PDF")
    assert "awarding/letters/bid-2/" in got("cleo", process).content.decode()


def test_a_bidder_reads_only_of_lots_it_bid_for() -> None:
    process = with_bids_on_lots()
    bob, cleo = process.bids.get(code="bid-1"), process.bids.get(code="bid-2")
    cleo.lots.filter(lot="lot-1").delete()
    for number, lot in enumerate(("lot-1", "lot-2"), start=1):
        award = process.awards.create(code=f"award-{number}", lot=lot, bid=bob, rationale=lot, decided_at=NOW)
        award.suppliers.set([bob.bidder])
    letter = letter_of(process, cleo.bidder.identifier)
    assert letter
    assert [award.lot for award in letter.awards] == ["lot-2"]


def test_every_bidder_is_told_that_nobody_gets_the_contract() -> None:
    process = with_bids()
    reason = "Both prices are above the funds that were confirmed."
    data = c.EndWithoutAward(reason=reason)
    perform(c.end_without_award, personas().ada, process.ocid, data, now=j.decision_day(process))
    shown = got("cleo", process, "bid-2/").content.decode()
    assert "Nobody gets this contract" in shown and reason in shown
    assert got("cleo", process, "bid-2/letter.pdf").content.startswith(b"%PDF")
    assert "awarding/letters/bid-1/" in got("ada", process).content.decode()
    assert got("bob", process, "bid-2/").status_code == 404
