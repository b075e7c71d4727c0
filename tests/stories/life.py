"""One procurement from need to final account as a list of acts; whoever drives it decides by which door they go in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from tenderwell.core.command import Actor
from tenderwell.ledger.sealing.shares import Share, encode_shares
from tenderwell.workroom.awarding import commands as awarding
from tenderwell.workroom.bidding import inputs as bidding
from tenderwell.workroom.bidding import possession, queries, sealer
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.delivery.commands import changing, closing, contracting, paying, progress
from tenderwell.workroom.engagement import commands as early
from tenderwell.workroom.evaluation.commands import AgreedRow, AgreeScores, PublishEvaluation, SubmitScores
from tenderwell.workroom.evaluation.tests import journey as judging
from tenderwell.workroom.parties.models import Organisation
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.process import commands as base
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import CITY, NOW, email, personas
from tenderwell.workroom.remedies import commands as remedies
from tenderwell.workroom.tendering.commands import drafting, questions
from tenderwell.workroom.tendering.commands.publishing import PublishTender
from tenderwell.workroom.tendering.tests import journey as tendering

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TEAM = (
    ("abe", "approver"),
    ("ben", "budget_holder"),
    ("dora", "evaluator"),
    ("dan", "evaluator"),
    ("gus", "contract_manager"),
    ("gus", "committee"),
    ("elif_", "committee"),
    ("nora", "committee"),
)
C = "contract-1"
WHY = "Many local firms can do it, so everybody is invited."


@dataclass(frozen=True)
class Act:
    """One act. wrong: who tries it first and is refused. uploads: files by field; shares: a member's file, on pages."""

    who: str
    command: str
    data: BaseModel | None = None
    wrong: str = ""
    uploads: Mapping[str, bytes] = field(default_factory=dict)
    shares: bytes = b""

    @property
    def stage(self) -> str:
        return self.command.partition(".")[0]

    @property
    def verb(self) -> str:
        return self.command.partition(".")[2]


def who(name: str) -> Actor:
    found: Actor = getattr(personas(), name)
    return found


@dataclass
class Life:
    """The procurement and its clock: what pages and API take for now is the last of `clock`."""

    clock: list[datetime]
    rings: list[KeyRing] = field(default_factory=list)

    @property
    def process(self) -> Process:
        return Process.objects.select_related("buyer").get()

    @property
    def now(self) -> datetime:
        return self.clock[-1]

    def wait(self, moment: datetime) -> None:
        self.clock.append(moment)

    def acts(self) -> Iterator[Act]:
        self.wait(NOW)
        yield from begun()
        yield from planned(self)
        yield from asked_early(self)
        yield from called(self)
        yield from sealed(self)
        yield from opened(self)
        yield from judged(self)
        yield from awarded(self)
        yield from contracted(self)
        yield from delivered(self)


def begun() -> Iterator[Act]:
    data = base.BeginProcess(title="Roofs of twelve schools", category="works", estimate="200000")
    yield Act("ada", "process.begin_process", data, wrong="bob")
    for name, role in TEAM:
        yield Act("ada", "process.assign_role", base.AssignRole(email=email(name.rstrip("_")), role=role), wrong="cleo")
    for name in ("ada", *dict.fromkeys(name for name, _ in TEAM)):
        yield Act(name, "process.declare_interest", base.DeclareInterest(has_interest=False))


def planned(life: Life) -> Iterator[Act]:
    need = plan.AddUserNeed(
        who="Pupils and teachers", need="Dry classrooms in winter", source="Survey of 2025", method="survey",
        participants=412, consent=True,
    )  # fmt: skip
    yield Act("ada", "planning.add_user_need", need, wrong="bob")
    outcome = plan.AddOutcome(
        title="No lessons lost to leaking roofs", measure="Lessons cancelled a year", baseline="61", target="0",
        source="School register", owner="contract_manager", needs=["need-1"], sdgs=["4.a"],
    )  # fmt: skip
    yield Act("ada", "planning.add_outcome", outcome)
    day = (life.now - 20 * DAY).date()
    line = plan.AddCostLine(
        description="Works", phase="acquisition", amount="480000", source="Own price book", estimated_on=day
    )
    yield Act("ada", "planning.add_cost_line", line)
    paid = plan.AddComparable(line="cost-1", description="Roofs of a school", amount="39000", source="Award of 2024")
    yield Act("ada", "planning.add_comparable", paid)
    funds = plan.ConfirmFunds(budget_line="B-17", amount="200000", source="City budget 2026")
    yield Act("ben", "planning.confirm_funds", funds, wrong="ada")
    route = plan.DecideRoute(
        make="The city has no roofers.", reuse="Nothing.", join="Nobody else needs it.", reason=WHY
    )
    yield Act("ada", "planning.decide_route", route)
    yield Act("ada", "planning.publish_plan", plan.PublishPlan(), wrong="dora")


def asked_early(life: Life) -> Iterator[Act]:
    notice = early.PublishEarlyNotice(
        title="Which roofs last?", text="Which roofs last longest in our climate?", ends_at=life.now + 8 * DAY
    )
    yield Act("ada", "engagement.publish_early_notice", notice, wrong="bob")
    yield Act("finn", "engagement.comment", early.MakeComment(text="Please ask for tiles.", author="Finn"))
    answer = early.AnswerComment(comment="comment-1", answer="We will.", effect="Tiles allowed")
    yield Act("ada", "engagement.answer_comment", answer, wrong="finn")
    life.wait(NOW + 9 * DAY)
    yield Act("ada", "engagement.close_engagement", early.CloseEngagement(changes="Tiles are allowed as well."))


def called(life: Life) -> Iterator[Act]:
    yield Act("ada", "tendering.set_requirements", tendering.requirements(), wrong="bob")
    item = drafting.AddItem(
        description="Roof of a school", classification="45261210", classification_text="Roof-covering work",
        quantity="12", unit="roof",
    )  # fmt: skip
    yield Act("ada", "tendering.add_item", item)
    yield Act("ada", "tendering.set_criteria", tendering.quality_and_price(), wrong="dora")
    yield Act("ada", "tendering.set_dates", drafting.SetDates(closes_at=NOW + 40 * DAY))
    for name in ("gus", "elif_", "nora"):
        ring = KeyRing.new(who(name))
        life.rings.append(ring)
        yield Act(name, "bidding.register_member_key", proof_of(ring, life), wrong="bob")
    held = [str(key.pk) for key in queries.current_keys(life.process)]
    yield Act("ada", "bidding.name_committee", bidding.NameCommittee(k=2, members=held), wrong="gus")
    yield Act("abe", "tendering.publish_tender", PublishTender(), wrong="ada")
    yield Act("bob", "tendering.ask_question", questions.AskQuestion(text="May tiles be used?"), wrong="gus")
    answer = questions.AnswerQuestion(question="enquiry-1", answer="Yes, they may.")
    yield Act("ada", "tendering.answer_question", answer, wrong="cleo")


def proof_of(ring: KeyRing, life: Life) -> bidding.RegisterMemberKey:
    """What the member's own program does: decrypt the challenge."""
    ocid, person = life.process.ocid, ring.actor.id
    raw = possession.challenge(ocid=ocid, person=person, recipient=ring.recipient, now=life.now)
    return bidding.RegisterMemberKey(recipient=ring.recipient, proof=possession.answer(raw, identity=ring.identity))


def sealed(life: Life) -> Iterator[Act]:
    life.wait(NOW + 38 * DAY)
    for name, amount in (("bob", "900.00"), ("cleo", "1000.00")):
        bidder = Organisation.objects.get(identifier=who(name).organisation)
        response = sealer.offer(bidder, currency="USD", amounts={"": Decimal(amount)})
        package = sealer.seal_for(life.process, response)
        uploads = {"header": package.header.raw, "payload": package.payload}
        yield Act(name, "bidding.submit_bid", uploads=uploads, wrong="ada")


def opened(life: Life) -> Iterator[Act]:
    life.wait(life.process.periods_held()["tenderPeriod"].end + MINUTE)
    yield Act("ada", "bidding.announce_closing", bidding.AnnounceClosing(), wrong="bob")
    for ring, name in zip(life.rings[:2], ("gus", "elif_"), strict=True):
        data = sealer.shares_of(ring, life.process)
        yield Act(name, "bidding.release_shares", data, wrong="dora", shares=share_file(data, ring, life.process))


def share_file(data: bidding.ReleaseShares, ring: KeyRing, process: Process) -> bytes:
    """The file that the member's own program writes."""
    member = queries.member_of(process, ring.actor.id)
    assert member
    return encode_shares(
        [Share(member=member.code, commitment=each.commitment, share=each.share) for each in data.shares]
    )


def judged(life: Life) -> Iterator[Act]:
    life.wait(life.now + DAY)
    process = life.process
    yield Act("ada", "evaluation.shortlist_bids", judging.shortlist_input(process), wrong="bob")
    rows = judging.rows_for(process, "", {("bid-1", judging.METHOD): "4"})
    for name in ("dora", "dan"):
        yield Act(name, "evaluation.submit_scores", SubmitScores(scores=rows), wrong="cleo")
    agreed = AgreeScores(scores=[AgreedRow(**row.model_dump()) for row in rows])
    yield Act("ada", "evaluation.agree_scores", agreed, wrong="gus")
    yield Act("ada", "evaluation.publish_evaluation", PublishEvaluation(report="Judged on one day."), wrong="dora")


def awarded(life: Life) -> Iterator[Act]:
    life.wait(life.now + DAY)
    words = "It ranks first, at the lowest price."
    decision = awarding.DecideAward(awards=[awarding.AwardRow(bid="bid-1")], reason=words)
    yield Act("abe", "awarding.decide_award", decision, wrong="ada")
    complaint = remedies.Complain(
        grounds="The points for jobs have no reason",
        text="The report does not say why our plan for jobs was given three points only.",
        remedy_asked="Give the reason.",
    )
    yield Act("cleo", "remedies.complain", complaint, wrong="nora")
    ruling = remedies.DecideComplaint(
        complaint="complaint-1", outcome="dismissed", remedy="none",
        decision="The reason stands on page two of the report; the points are within the scale.",
    )  # fmt: skip
    yield Act("rita", "remedies.decide_complaint", ruling, wrong="abe")


def contracted(life: Life) -> Iterator[Act]:
    early_bird = contracting.DraftContract(award="award-1")
    yield Act("gus", "delivery.draft_contract", early_bird, wrong="bob")
    life.wait(life.process.periods_held()["standstillPeriod"].end)
    agreed = contracting.SignContract(contract=C, agreed=True)
    yield Act("abe", "delivery.sign_for_buyer", agreed, wrong="gus")
    yield Act("bob", "delivery.sign_for_supplier", agreed, wrong="cleo")


def delivered(life: Life) -> Iterator[Act]:
    stone = progress.AddMilestone(contract=C, title="First school covered", due_at=life.now + 30 * DAY)
    yield Act("gus", "delivery.add_milestone", stone, wrong="bob")
    yield Act(
        "bob", "delivery.submit_invoice", paying.SubmitInvoice(contract=C, number="R-1", amount="300.00"), wrong="cleo"
    )
    life.wait(life.now + 9 * DAY)
    yield Act("gus", "delivery.accept_invoice", paying.AcceptInvoice(contract=C, invoice="invoice-1"), wrong="bob")
    yield Act("ben", "delivery.pay_invoice", paying.PayInvoice(contract=C, invoice="invoice-1"), wrong="gus")
    yield Act("gus", "delivery.propose_change", change(), wrong="cleo")
    yield Act("abe", "delivery.approve_change", changing.ApproveChange(contract=C, change="change-1"), wrong="bob")
    met = progress.MeetMilestone(contract=C, milestone="milestone-1", evidence="Report of the site visit")
    yield Act("gus", "delivery.meet_milestone", met, wrong="bob")
    result = progress.ReportResult(contract=C, outcome="outcome-1", measured="4", measured_at=life.now - DAY)
    yield Act("gus", "delivery.report_result", result, wrong="cleo")
    for name in ("gus", "bob"):
        words = progress.ReviewPartner(contract=C, rating=4, text="Clear words and quick answers.")
        yield Act(name, "delivery.review_partner", words, wrong="cleo")
    yield Act("gus", "delivery.close_contract", close(), wrong="bob")


def change() -> changing.ProposeChange:
    return changing.ProposeChange(
        contract=C,
        description="The annexe gets a new roof as well.",
        reason="Its beams are rotten; nobody knew before the work began.",
        user_impact="Two more classrooms stay dry.",
        amount_change="50.00",
    )


def close() -> closing.CloseContract:
    return closing.CloseContract(
        contract=C,
        accepted=True,
        final_amount="300.00",
        as_asked="Yes, all roofs are tight.",
        as_needed="Yes; no lesson was lost.",
        difference="One school needed a second visit.",
        lessons=["Survey the annexes as well."],
    )


def city_or_process(act: Act, life: Life) -> tuple[str, str]:
    """Where an act is performed: ("organisations", the city) to begin, else ("processes", the ocid)."""
    if act.command == "process.begin_process":
        return "organisations", CITY
    return "processes", life.process.ocid


def told(record: Mapping[str, Any]) -> tuple[str, str, int]:
    """What the public reads at the end: status of tender and contract, number of lessons."""
    return record["tender"]["status"], record["contracts"][0]["status"], len(record["lessons"])
