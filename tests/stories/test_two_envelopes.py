"""Two envelopes from the plan to the award, by API and by page, with wrong people trying; then outsiders check it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from tenderwell.public.record.reading import record_of
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.bidding import sealer
from tenderwell.workroom.evaluation.commands import (
    AgreedRow,
    AgreeScores,
    PublishEvaluation,
    PublishTechnical,
    SubmitScores,
)
from tenderwell.workroom.evaluation.tests import journey as judging
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.process.tests.personas import NOW
from tests.stories.doors import Api, Pages
from tests.stories.life import DAY, Act, Life, begun, called, opened, planned, share_file, who

TWO = "two_envelope_1"
FAILS = {("bid-2", judging.METHOD): "0"}


def acts(life: Life) -> Iterator[Act]:
    life.wait(NOW)
    yield from begun()
    for act in planned(life):
        data = act.data.model_copy(update={"procedure": TWO}) if act.data else None
        yield replace(act, data=data) if act.command == "planning.decide_route" else act
    yield from called(life)
    yield from sealed(life)
    yield from opened(life)
    yield from judged(life)
    yield from prices_opened(life)
    yield from awarded(life)


def sealed(life: Life) -> Iterator[Act]:
    """Bob and Cleo hand in both envelopes; Cleo's price is the lower one, and nobody will ever see it."""
    life.wait(NOW + 38 * DAY)
    for name, amount in (("bob", "900.00"), ("cleo", "400.00")):
        bidder = Organisation.objects.get(identifier=who(name).organisation)
        response = sealer.offer(bidder, currency="USD", amounts={"": Decimal(amount)})
        for stage in ("technical", "price"):
            package = sealer.seal_for(life.process, response, stage=stage)
            uploads = {"header": package.header.raw, "payload": package.payload}
            yield Act(name, "bidding.submit_bid", uploads=uploads, wrong="ada")


def judged(life: Life) -> Iterator[Act]:
    life.wait(life.now + DAY)
    process = life.process
    yield Act("ada", "evaluation.shortlist_bids", judging.shortlist_input(process), wrong="bob")
    rows = judging.rows_for(process, "", FAILS)
    for name in ("dora", "dan"):
        yield Act(name, "evaluation.submit_scores", SubmitScores(scores=rows), wrong="cleo")
    agreed = AgreeScores(scores=[AgreedRow(**row.model_dump()) for row in rows])
    yield Act("ada", "evaluation.agree_scores", agreed, wrong="gus")
    yield Act("ada", "evaluation.publish_technical", PublishTechnical(agreed=True), wrong="dora")


def prices_opened(life: Life) -> Iterator[Act]:
    """Elif and Nora; Gus released his shares of the technical envelopes, and that was no consent to this."""
    for ring, name in zip(life.rings[1:], ("elif_", "nora"), strict=True):
        data = sealer.shares_of(ring, life.process)
        shares = share_file(data, ring, life.process)
        yield Act(name, "bidding.release_price_shares", data, wrong="dora", shares=shares)


def awarded(life: Life) -> Iterator[Act]:
    life.wait(life.now + DAY)
    yield Act("ada", "evaluation.publish_evaluation", PublishEvaluation(report="One bid passed."), wrong="dora")
    decision = awarding.DecideAward(awards=[awarding.AwardRow(bid="bid-1")], reason="The only bid that passed.")
    yield Act("abe", "awarding.decide_award", decision, wrong="ada")


@pytest.mark.parametrize("door", [Api, Pages])
def test_quality_first_then_the_prices_of_those_who_passed(life: Life, door: type[Api] | type[Pages]) -> None:
    driver = door(life)
    for act in acts(life):
        driver.do(act)
    assert life.process.state == "standstill"
    record = record_of(life.process.ocid)
    assert record
    values = {bid["id"]: bid.get("value", {}).get("amount") for bid in record.compiled["bids"]["details"]}
    assert values == {"bid-1": 900, "bid-2": None}
    assert "400" not in str(record.compiled["bids"])
    page = Client().get(f"/en/processes/{life.process.ocid}/opening/").content.decode()
    assert "did not pass the technical judgement" in page
    assert "Shares of price envelopes: 1" in page
