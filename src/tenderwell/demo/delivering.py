"""From contract to final account."""

from datetime import timedelta
from decimal import Decimal

from tenderwell.demo import papers
from tenderwell.demo.play import Play
from tenderwell.demo.scene import Dates
from tenderwell.workroom.delivery.commands import changing, closing, contracting, paying, progress
from tenderwell.workroom.delivery.models import Contract
from tenderwell.workroom.delivery.queries import paid_for
from tenderwell.workroom.process import commands as base

CODE = "contract-1"


def contract_of(play: Play) -> Contract:
    found: Contract = play.process.contracts.get(code=CODE)
    return found


def supplier_of(play: Play) -> str:
    """First name of whoever acts for the winner."""
    winner = play.process.awards.filter(status="active")[0].suppliers.all()[0].identifier
    return next(name for name, actor in play.cast.actors.items() if actor.organisation == winner)


def signed(play: Play, dates: Dates) -> None:
    """Gus draws the contract up, both sides sign."""
    day = dates.signed
    starts = play.morning(day) + timedelta(days=10)
    data = contracting.DraftContract(award="award-1", starts_at=starts, ends_at=starts + timedelta(days=300))
    play.do("gus", contracting.draft_contract, data, day=day - 2)
    rows = [(each.description, str(each.quantity), each.unit) for each in play.scene.things]
    title = f"Contract: {play.scene.title}"
    body = papers.table_pdf(title, ("What", "Quantity", "Unit"), rows, when=play.morning(day), reference=play.ocid)
    paper = papers.attached(body, name="contract.pdf", title="Contract", part="contract", kind="contractSigned")
    play.do("gus", base.add_document, paper, day=day - 1)
    agreed = contracting.SignContract(contract=CODE, agreed=True)
    play.do("abe", contracting.sign_for_buyer, agreed, day=day)
    play.do(supplier_of(play), contracting.sign_for_supplier, agreed, day=day)


def milestone(play: Play, title: str, *, day: int, due: int) -> str:
    data = progress.AddMilestone(contract=CODE, title=title, due_at=play.morning(due))
    code: str = play.do("gus", progress.add_milestone, data, day=day).code
    return code


def met(play: Play, code: str, *, day: int) -> None:
    data = progress.MeetMilestone(
        contract=CODE, milestone=code, evidence="Seen on site; report no. 4 of the building department."
    )
    play.do("gus", progress.meet_milestone, data, day=day)


def invoice(play: Play, number: str, share: str, *, day: int) -> str:
    """The supplier sends an invoice over a share of the contract."""
    amount = (contract_of(play).amount * Decimal(share)).quantize(Decimal("0.01"))
    data = paying.SubmitInvoice(contract=CODE, number=number, amount=amount)
    code: str = play.do(supplier_of(play), paying.submit_invoice, data, day=day).code
    return code


def accept(play: Play, code: str, *, day: int) -> None:
    play.do("gus", paying.accept_invoice, paying.AcceptInvoice(contract=CODE, invoice=code), day=day)


def pay(play: Play, code: str, *, day: int) -> None:
    play.do("ben", paying.pay_invoice, paying.PayInvoice(contract=CODE, invoice=code), day=day)


def change(play: Play, description: str, reason: str, impact: str, share: str, *, day: int) -> str:
    amount = (contract_of(play).amount * Decimal(share)).quantize(Decimal("0.01"))
    data = changing.ProposeChange(
        contract=CODE, description=description, reason=reason, user_impact=impact, amount_change=amount
    )
    code: str = play.do("gus", changing.propose_change, data, day=day).code
    return code


def approve(play: Play, code: str, *, day: int) -> None:
    play.do("abe", changing.approve_change, changing.ApproveChange(contract=CODE, change=code), day=day)


def measure(play: Play, value: str, *, day: int) -> None:
    data = progress.ReportResult(
        contract=CODE, outcome="outcome-1", measured=value, measured_at=play.morning(day) - timedelta(days=1)
    )
    play.do("gus", progress.report_result, data, day=day)


def review(play: Play, who: str, rating: int, text: str, *, day: int) -> None:
    play.do(who, progress.review_partner, progress.ReviewPartner(contract=CODE, rating=rating, text=text), day=day)


def close(play: Play, *, day: int) -> None:
    data = closing.CloseContract(
        contract=CODE,
        accepted=True,
        final_amount=paid_for(contract_of(play)),
        as_asked="Yes. Everything in the specification was built and accepted.",
        as_needed="Yes. The people who use it say so in the second survey.",
        difference="Two parts came six weeks late; the reasons are in the report.",
        lessons=list(play.scene.lessons),
    )
    play.do("gus", closing.close_contract, data, day=day)
