"""The call for bids: draft, committee, publication, questions, sealed bids, opening."""

from datetime import timedelta
from decimal import Decimal

from tenderwell.core.command import perform
from tenderwell.demo import keys, papers, witnesses
from tenderwell.demo.play import Play
from tenderwell.demo.scene import Dates, Offer
from tenderwell.ledger.sealing.package import File
from tenderwell.ledger.sealing.response import BidResponse, ItemPrice
from tenderwell.workroom.bidding import commands as bidding
from tenderwell.workroom.bidding import queries, sealer
from tenderwell.workroom.bidding.inputs import AnnounceClosing, NameCommittee
from tenderwell.workroom.tendering.commands import changing, drafting, questions
from tenderwell.workroom.tendering.commands.publishing import PublishTender, publish_tender

AFTERNOON = timedelta(hours=4)  # bids close at 14:00 in Port Aurora
MINUTE = timedelta(minutes=1)


def draft(play: Play, dates: Dates) -> None:
    """Ada writes the tender."""
    scene, day = play.scene, dates.published - 4
    start = play.morning(dates.closes) + timedelta(days=60)
    play.do("ada", drafting.set_requirements, scene.requirements(start.date()), day=day)
    for lot in scene.lots:
        play.do("ada", drafting.add_lot, lot, day=day)
    for item in scene.items():
        play.do("ada", drafting.add_item, item, day=day)
    play.do("ada", drafting.set_criteria, scene.criteria(), day=day)
    when = drafting.SetDates(closes_at=play.morning(dates.closes) + AFTERNOON)
    play.do("ada", drafting.set_dates, when, day=day)
    documents(play, day)


def documents(play: Play, day: int) -> None:
    scene = play.scene
    texts = (("What is needed", scene.need), ("Standards", scene.standards), ("Skills", scene.skills))
    play.paper("specification.pdf", "Specification", texts, part="tender", kind="technicalSpecifications", day=day)
    rows = [
        (f"item-{place}", each.description, str(each.quantity), each.unit, "")
        for place, each in enumerate(scene.things, 1)
    ]
    body = papers.price_list(rows)
    play.add(body, name="prices.csv", title="Price list", part="tender", kind="biddingDocuments", day=day)


def name_committee(play: Play, day: int) -> None:
    """Any two of three open the bids: the city, the audit office, a civil society group."""
    for ring, name in zip(play.rings(), keys.MEMBERS, strict=True):
        play.join(name, "committee", day=day)
        sealer.register(ring, play.process, now=play.hour(day))
    held = [str(key.pk) for key in queries.current_keys(play.process)]
    play.do("ada", bidding.name_committee, NameCommittee(k=2, members=held), day=day)


def called(play: Play, dates: Dates) -> None:
    """From a published plan to a tender open for bids."""
    draft(play, dates)
    name_committee(play, dates.published - 2)
    play.do("abe", publish_tender, PublishTender(), day=dates.published)


def ask(play: Play, who: str, question: str, *, day: int) -> None:
    play.do(who, questions.ask_question, questions.AskQuestion(text=question), day=day)


def answer(play: Play, code: str, text: str, *, day: int) -> None:
    play.do("ada", questions.answer_question, questions.AnswerQuestion(question=code, answer=text), day=day)


def amend(play: Play, *, part: str, text: str, reason: str, day: int) -> None:
    data = changing.AmendTender(reason=reason, changes=[changing.Change(part=part, text=text)])
    play.do("ada", changing.amend_tender, data, day=day)


def bids(play: Play, day: int) -> None:
    """Each firm seals its bid and hands it in."""
    for offer in play.scene.offers:
        seal(play, offer, day=day)


def seal(play: Play, offer: Offer, *, day: int) -> None:
    moment = play.hour(day)
    text = (("How we will do it", f"{play.scene.title}: the team, the steps and the checks after each part."),)
    plan = papers.pdf("Method of work", text, when=moment, reference=play.ocid)
    package = sealer.seal_for(play.process, response(play, offer), attachments=(File.of("method.pdf", plan),))
    perform(bidding.submit_bid, play.cast[offer.by], play.ocid, sealer.uploaded(package), now=moment)
    witnesses.seen(moment)


def response(play: Play, offer: Offer) -> BidResponse:
    """Unit prices by lot, and their sums."""
    amounts: dict[str, Decimal] = {}
    items: dict[str, list[ItemPrice]] = {}
    for place, (thing, price) in enumerate(zip(play.scene.things, offer.prices, strict=True), 1):
        line = ItemPrice(item_id=f"item-{place}", unit_amount=price, quantity=str(thing.quantity))
        items.setdefault(thing.lot, []).append(line)
        amounts[thing.lot] = amounts.get(thing.lot, Decimal(0)) + line.amount
    firm = play.cast.organisation(offer.by)
    return sealer.offer(firm, currency=play.process.value_currency, amounts=amounts, items=items)


def opened(play: Play, dates: Dates) -> None:
    """After the end two members release their shares, and the bids open."""
    end = play.process.periods_held()["tenderPeriod"].end
    perform(bidding.announce_closing, play.cast["ada"], play.ocid, AnnounceClosing(), now=end + MINUTE)
    for place, ring in enumerate(play.rings()[:2], 2):
        sealer.release_all(ring, play.process, now=end + place * 10 * MINUTE)
