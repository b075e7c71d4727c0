"""A procurement in two envelopes with two committees: quality is judged, the prices of those who passed are next."""

from tenderwell.demo import calling, judging, keys, witnesses
from tenderwell.demo.play import Play
from tenderwell.demo.scene import Dates, Offer, Scene, Thing
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import queries, sealer
from tenderwell.workroom.bidding.inputs import NameCommittee
from tenderwell.workroom.evaluation import commands as judge
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender

FOR_PRICES = ("uma", "elif", "nora")  # Uma speaks for users; Gus, who opens the rest, does not open the prices
INSPECTION = Scene(
    title="Inspection of school buildings for three years",
    text="Engineers look at beams, wiring and fire doors of 24 schools every year and say what has to be done first.",
    category="services",
    estimate=140_000,
    who="Pupils, teachers and caretakers of 24 schools",
    need="Two ceilings came down last winter; nobody had looked at the beams for nine years.",
    asked=86,
    outcome=("Faults are found before they hurt anybody", "Accidents by faults of buildings a year", "3", "0"),
    sdgs=("4.a", "11.1"),
    running=("Repairs found by the inspections", 30_000, 3),
    comparable=("Yearly inspection of a school in the county", 1_800, "Award of 2024, reference PA-2024-0040"),
    things=(Thing("Inspection of a school, with a report", "71315400", "Building-inspection services", 72, "report"),),
    quality=(("Method of inspection", 40), ("Experience of the engineers", 20)),
    offers=(Offer("kim", ("1650",), (4, 4)), Offer("cleo", ("1480",), (3, 4))),
)


def prices_awaited(play: Play) -> None:
    """One of two members that it takes has released the shares of the prices."""
    dates = Dates(begun=-64, published=-42, closes=-13, judged=-3)
    planned(play, dates.begun)
    calling.draft(play, dates)
    calling.name_committee(play, dates.published - 2)
    name_price_committee(play, dates.published - 2)
    play.do("abe", publish_tender, PublishTender(), day=dates.published)
    for offer in play.scene.offers:
        moment = play.hour(dates.closes - 2)
        sealer.submit(play.cast[offer.by], play.process, calling.response(play, offer), now=moment)
        witnesses.seen(moment)
    calling.opened(play, dates)
    passing_published(play, dates.judged)
    sealer.release_prices(keys.ring_of("elif", play.cast["elif"]), play.process, now=play.hour(-1))


def planned(play: Play, begun: int) -> None:
    play.begin(begun)
    play.write_plan(begun + 2)
    play.settle(begun + 5)
    route = plan.DecideRoute(
        make="The city has no engineers who may sign for beams.",
        reuse="There is no contract to use.",
        join="The county inspects its own schools.",
        procedure="two_envelope_1",
        reason="Lives depend on how well it is done, and no price may colour how that is judged.",
    )
    play.do("ada", plan.decide_route, route, day=begun + 6)
    play.publish_plan(begun + 8)


def name_price_committee(play: Play, day: int) -> None:
    play.join("uma", "committee", day=day)
    sealer.register(keys.ring_of("uma", play.cast["uma"]), play.process, now=play.hour(day))
    held = {key.person_id: str(key.pk) for key in queries.current_keys(play.process)}
    chosen = [key for person, key in held.items() if str(person) in {play.cast[name].id for name in FOR_PRICES}]
    play.do("ada", bidding.name_price_committee, NameCommittee(k=2, members=chosen), day=day)


def passing_published(play: Play, day: int) -> None:
    """Checked, scored alone by two, agreed; then the ledger says whose price may be opened."""
    judging.shortlist(play, day - 3)
    for name in ("dora", "dan"):
        judging.score(play, name, day - 2)
    together = [judge.AgreedRow(**row.model_dump()) for row in judging.rows(play)]
    play.do("ada", judge.agree_scores, judge.AgreeScores(scores=together), day=day)
    play.do("ada", judge.publish_technical, judge.PublishTechnical(agreed=True), day=day)
