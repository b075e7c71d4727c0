"""What one example procurement says, and how it becomes the inputs of commands."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.tendering.commands import drafting as draft

GATE = "Entered in the register of trades"


@dataclass(frozen=True)
class Thing:
    """An item of the tender. code: CPV."""

    description: str
    code: str
    meaning: str
    quantity: int
    unit: str
    lot: str = ""


@dataclass(frozen=True)
class Offer:
    """A bid. by: first name of whoever acts for the firm; prices: one a thing; points: one a quality criterion."""

    by: str
    prices: tuple[str, ...]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class Scene:
    """One procurement of the demo. quality: (criterion, weight in %); the price weighs the rest."""

    title: str
    text: str
    category: str
    estimate: int
    who: str
    need: str
    asked: int
    outcome: tuple[str, str, str, str]  # what shall be better, measure, today, target
    sdgs: tuple[str, ...]
    running: tuple[str, int, int]  # a cost of its later life: what, a year, years
    comparable: tuple[str, int, str]
    things: tuple[Thing, ...] = ()
    quality: tuple[tuple[str, int], ...] = (("Method of work", 35), ("Local jobs and training", 15))
    offers: tuple[Offer, ...] = ()
    lots: tuple[draft.AddLot, ...] = ()
    skills: str = "People who have done work of this kind; young firms can show it by their staff."
    standards: str = "The national code in force, or an equivalent one."
    length: str = "Six months."
    lessons: tuple[str, ...] = field(default=())

    def user_need(self) -> plan.AddUserNeed:
        return plan.AddUserNeed(
            who=self.who,
            need=self.need,
            source="Interviews and a survey by the city, report attached",
            method="survey",
            participants=self.asked,
            consent=True,
        )

    def report(self) -> tuple[tuple[str, str], ...]:
        """What the report on the needs says: headings with their texts."""
        return ("Who was asked", f"{self.who}. People asked: {self.asked}."), ("What they said", self.need)

    def first_outcome(self) -> plan.AddOutcome:
        title, measure, baseline, target = self.outcome
        return plan.AddOutcome(
            title=title,
            measure=measure,
            baseline=baseline,
            target=target,
            source="Yearly count by the department",
            owner="contract_manager",
            needs=["need-1"],
            sdgs=list(self.sdgs),
            social_values=["local jobs"],
        )

    def costs(self, day: date) -> tuple[plan.AddCostLine, plan.AddCostLine]:
        text, amount, years = self.running
        source = "The department's own price book"
        first = plan.AddCostLine(
            description="Purchase", phase="acquisition", amount=self.estimate, source=source, estimated_on=day
        )
        later = plan.AddCostLine(
            description=text, phase="operation", amount=amount, years=years, source=source, estimated_on=day
        )
        return first, later

    def price_paid(self) -> plan.AddComparable:
        text, amount, source = self.comparable
        return plan.AddComparable(line="cost-1", description=text, amount=amount, source=source)

    def requirements(self, latest_start: date) -> draft.SetRequirements:
        return draft.SetRequirements(
            problem=self.need,
            users=f"{self.who}. {self.asked} of them took part in the survey.",
            skills=self.skills,
            standards=self.standards,
            work_stage="Surveyed; nothing is begun.",
            latest_start=latest_start,
            budget=self.estimate,
            payment_approach="Fixed prices, paid after each part that is accepted.",
            incentives="None.",
            expected_length=self.length,
            questions="On this site; answers come within three working days and go to everybody.",
            invoicing="On this site; paid within 30 days of receipt.",
        )

    def items(self) -> list[draft.AddItem]:
        return [
            draft.AddItem(
                description=each.description,
                classification=each.code,
                classification_text=each.meaning,
                quantity=each.quantity,
                unit=each.unit,
                lot=each.lot,
            )
            for each in self.things
        ]

    def criteria(self) -> draft.SetCriteria:
        rows = [draft.CriterionRow(title=title, kind="quality", weight=weight) for title, weight in self.quality]
        price = 100 - sum(weight for _, weight in self.quality)
        rows += [
            draft.CriterionRow(title="Price", kind="price", weight=price),
            draft.CriterionRow(title=GATE, kind="pass_fail"),
        ]
        return draft.SetCriteria(criteria=rows, low_share=Decimal("0.7"))

    def total(self, offer: Offer) -> Decimal:
        pairs = zip(self.things, offer.prices, strict=True)
        return sum((Decimal(price) * each.quantity for each, price in pairs), Decimal(0))


@dataclass(frozen=True)
class Dates:
    """Days before (negative) or after today. decided: the day of the award."""

    begun: int
    published: int = 0
    closes: int = 0
    judged: int = 0
    decided: int = 0
    signed: int = 0
