"""How far each example procurement has come; days count from today, so that what is open is open when one looks."""

from collections.abc import Callable

from tenderwell.core.command import NOBODY, perform
from tenderwell.demo import calling, delivering, envelopes, judging, scenes
from tenderwell.demo.play import Play
from tenderwell.demo.scene import Dates, Scene
from tenderwell.workroom.awarding.commands import AwardDirectly, award_directly
from tenderwell.workroom.engagement import commands as early
from tenderwell.workroom.planning import commands as plan


def called_and_judged(play: Play, dates: Dates) -> None:
    """The whole way from the first need to the award."""
    play.planned(dates.begun)
    calling.called(play, dates)
    calling.bids(play, dates.closes - 2)
    calling.opened(play, dates)
    judging.evaluated(play, dates)
    judging.decided(play, dates)


def complete(play: Play) -> None:
    dates = Dates(begun=-470, published=-440, closes=-412, judged=-400, decided=-395, signed=-378)
    called_and_judged(play, dates)
    delivering.signed(play, dates)
    first = delivering.milestone(play, "Six crossings are built", day=-370, due=-300)
    second = delivering.milestone(play, "Eleven crossings are built", day=-370, due=-200)
    delivering.met(play, first, day=-296)
    settle(play, delivering.invoice(play, "2025-118", "0.55", day=-290), checked=-285, paid=-268)
    delivering.met(play, second, day=-160)
    settle(play, delivering.invoice(play, "2025-197", "0.45", day=-155), checked=-150, paid=-131)
    delivering.measure(play, "0", day=-60)
    delivering.review(play, "gus", 4, "Clean sites and honest reports; two crossings came late.", day=-58)
    words = "Plans were complete and invoices paid in time; decisions took long in summer."
    delivering.review(play, delivering.supplier_of(play), 4, words, day=-57)
    delivering.close(play, day=-50)


def settle(play: Play, code: str, *, checked: int, paid: int) -> None:
    delivering.accept(play, code, day=checked)
    delivering.pay(play, code, day=paid)


def in_delivery(play: Play) -> None:
    """With an early notice, an amendment, milestones, payments and two changes, one of them waiting."""
    dates = Dates(begun=-310, published=-262, closes=-232, judged=-215, decided=-210, signed=-190)
    play.begin(dates.begun)
    play.write_plan(dates.begun + 2)
    early_notice(play, days=(-300, -284))
    comment(play, "Please think of swifts: they nest below these roofs.", author="Bird friends", day=-297)
    answer(play, 1, "Nesting boxes will be part of the specification.", "Nesting boxes added", day=-292)
    changes = early.CloseEngagement(changes="Green roofs are allowed, and nesting boxes were added.")
    play.do("ada", early.close_engagement, changes, day=-282)
    play.settle(-280)
    play.publish_plan(-276)
    calling.called(play, dates)
    calling.ask(play, "bob", "May green roofs be offered for all twelve schools?", day=-255)
    calling.answer(play, "enquiry-1", "For three schools only; the others cannot carry the weight.", day=-253)
    calling.bids(play, dates.closes - 2)
    calling.opened(play, dates)
    judging.evaluated(play, dates)
    judging.decided(play, dates)
    delivering.signed(play, dates)
    roofs_on_site(play)


def roofs_on_site(play: Play) -> None:
    first = delivering.milestone(play, "Four roofs are covered", day=-185, due=-120)
    delivering.milestone(play, "Eight roofs are covered", day=-185, due=12)
    delivering.milestone(play, "Twelve roofs are covered", day=-185, due=90)
    delivering.met(play, first, day=-118)
    settle(play, delivering.invoice(play, "R-031", "0.30", day=-115), checked=-110, paid=-90)
    words = ("The annexe of the school in Elm Road gets a new roof too.", "Its beams are rotten; seen when work began.")
    approved = delivering.change(play, *words, "Two more classrooms stay dry.", "0.06", day=-100)
    delivering.approve(play, approved, day=-95)
    delivering.accept(play, delivering.invoice(play, "R-044", "0.25", day=-20), day=-12)
    delivering.invoice(play, "R-047", "0.05", day=-2)
    delivering.measure(play, "17", day=-30)
    more = plan.ConfirmFunds(budget_line="B-480", amount=520_000, source="City budget and the reserve for buildings")
    play.do("ben", plan.confirm_funds, more, day=-4)
    words = ("Skylights in two school halls.", "The fire brigade asks for a second way for smoke to leave.")
    delivering.change(play, *words, "More daylight in two halls.", "0.04", day=-3)


def direct(play: Play) -> None:
    """Without competition: reasons, a second person's approval, and a contract in delivery."""
    play.begin(-40)
    play.write_plan(-39)
    play.settle(-39)
    route = plan.DecideRoute(
        make="The city's own crew has no machine for pipes of this size.",
        reuse="The old pipe is broken over 40 metres.",
        join="Nobody else is concerned.",
        procedure="direct_1",
        reason="Homes are without water; a call for bids would take weeks. One firm can begin tonight.",
        legal_ground="2014/24/EU Art. 32(2)(c): extreme urgency that nobody could foresee",
    )
    play.do("ada", plan.decide_route, route, day=-39)
    play.do("abe", plan.approve_route, plan.ApproveRoute(agreed=True), day=-39)
    play.publish_plan(-38)
    firm = play.cast.organisation("kim").identifier
    data = AwardDirectly(supplier=firm, value=36_400, reason=route.reason)
    play.do("abe", award_directly, data, day=-38)
    delivering.signed(play, Dates(begun=-40, signed=-35))
    delivering.met(play, delivering.milestone(play, "Water runs again", day=-34, due=-30), day=-31)
    settle(play, delivering.invoice(play, "NE-5521", "1", day=-28), checked=-26, paid=-8)


def unsuccessful(play: Play) -> None:
    dates = Dates(begun=-150, published=-130, closes=-100)
    play.planned(dates.begun)
    calling.called(play, dates)
    calling.bids(play, dates.closes - 2)
    calling.opened(play, dates)
    judging.end_without_award(play, day=-92)


def challenged(play: Play) -> None:
    dates = Dates(begun=-80, published=-58, closes=-30, judged=-12, decided=-7)
    called_and_judged(play, dates)
    judging.complain(play, "cleo", day=-3)


def in_standstill(play: Play) -> None:
    called_and_judged(play, Dates(begun=-70, published=-50, closes=-22, judged=-9, decided=-4))


def in_evaluation(play: Play) -> None:
    """Dora's scores are committed, Dan's are awaited."""
    dates = Dates(begun=-60, published=-38, closes=-9)
    play.planned(dates.begun)
    calling.called(play, dates)
    calling.bids(play, dates.closes - 1)
    calling.opened(play, dates)
    judging.shortlist(play, -6)
    judging.score(play, "dora", -3)


def waiting_for_opening(play: Play) -> None:
    dates = Dates(begun=-50, published=-28, closes=-1)
    play.planned(dates.begun)
    calling.called(play, dates)
    calling.bids(play, dates.closes - 2)


def cancelled(play: Play) -> None:
    dates = Dates(begun=-45, published=-25, closes=5)
    play.planned(dates.begun)
    calling.called(play, dates)
    judging.cancel(play, day=-14)


def tender_open(play: Play) -> None:
    """With lots, an answered and an open question, an amendment and a first sealed bid."""
    dates = Dates(begun=-35, published=-9, closes=15)
    play.planned(dates.begun)
    calling.called(play, dates)
    calling.ask(play, "sam", "Can one kitchen serve both lots?", day=-7)
    calling.answer(play, "enquiry-1", "Yes, if it can cook 2,600 meals by noon.", day=-6)
    text = "Rules for food in schools, or equivalent ones; a list of allergens with every meal."
    reason = "The list of allergens was missing."
    calling.amend(play, part="standards", text=text, reason=reason, day=-5)
    calling.ask(play, "cleo", "Are the kitchens of the schools to be rented?", day=-1)
    calling.bids(play, -2)


def early_notice_open(play: Play) -> None:
    play.begin(-20)
    play.write_plan(-18)
    early_notice(play, days=(-8, 13))
    comment(play, "The way behind the station needs light most of all.", author="", day=-7)
    answer(play, 1, "It becomes the first part of the work.", "Order of the work changed", day=-6)
    words = "Small firms can deliver 100 lamps a month, not 300. Please divide the order into lots."
    comment(play, words, author="Chamber of Trades", day=-3)
    comment(play, "Warm light, please: cold light harms moths and sleep.", author="Open Port Aurora", day=-1)


def early_notice(play: Play, *, days: tuple[int, int]) -> None:
    start, end = days
    notice = early.PublishEarlyNotice(
        title=f"Early notice: {play.scene.title}",
        text=f"{play.scene.text} {play.scene.need} Tell us what we should know before we write the tender.",
        ends_at=play.morning(end),
    )
    play.do("ada", early.publish_early_notice, notice, day=start)


def comment(play: Play, text: str, *, author: str, day: int) -> None:
    data = early.MakeComment(text=text, author=author)
    perform(early.comment, NOBODY, play.ocid, data, now=play.hour(day))


def answer(play: Play, number: int, text: str, effect: str, *, day: int) -> None:
    data = early.AnswerComment(comment=f"comment-{number}", answer=text, effect=effect)
    play.do("ada", early.answer_comment, data, day=day)


def plan_published(play: Play) -> None:
    play.planned(-16)


def draft(play: Play) -> None:
    play.begin(-6)
    play.write_plan(-3)


STORIES: tuple[tuple[Scene, Callable[[Play], None]], ...] = (
    (scenes.CROSSINGS, complete),
    (scenes.ROOFS, in_delivery),
    (scenes.PARKING, unsuccessful),
    (scenes.WASTE, challenged),
    (scenes.SOLAR, in_standstill),
    (scenes.LIBRARY, in_evaluation),
    (envelopes.INSPECTION, envelopes.prices_awaited),
    (scenes.BRIDGES, waiting_for_opening),
    (scenes.FURNITURE, cancelled),
    (scenes.WATER_MAIN, direct),
    (scenes.MEALS, tender_open),
    (scenes.LAMPS, early_notice_open),
    (scenes.BUSES, plan_published),
    (scenes.PLAYGROUND, draft),
)
