"""One procurement lived through by its people: every act is an ordinary command at its own hour."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from pydantic import BaseModel

from tenderwell.core.command import NOBODY, Command, perform
from tenderwell.demo import keys, papers
from tenderwell.demo.people import CITY, Cast, email
from tenderwell.demo.scene import Scene
from tenderwell.workroom.bidding.sealer import KeyRing
from tenderwell.workroom.planning import commands as plan
from tenderwell.workroom.process import commands as base
from tenderwell.workroom.process.models import Process

MORNING = time(7, tzinfo=UTC)  # 10:00 in Port Aurora
BETWEEN = timedelta(minutes=4)
TEAM = (
    ("abe", "approver"),
    ("ben", "budget_holder"),
    ("dora", "evaluator"),
    ("dan", "evaluator"),
    ("gus", "contract_manager"),
    ("uma", "user_representative"),
)
OPEN_REASON = "Many firms of the region can do it, so everybody is invited."


@dataclass
class Play:
    """A procurement on its way. now: today; day numbers count from it, negative ones are past."""

    cast: Cast
    scene: Scene
    now: datetime
    ocid: str = ""
    last: dict[int, datetime] = field(default_factory=dict)

    @property
    def process(self) -> Process:
        return Process.objects.select_related("buyer").get(ocid=self.ocid)

    def morning(self, day: int) -> datetime:
        return datetime.combine(self.now.date() + timedelta(days=day), MORNING)

    def hour(self, day: int) -> datetime:
        """A few minutes after the act before on that day; never in the future."""
        self.last[day] = self.last.get(day, self.morning(day) - BETWEEN) + BETWEEN
        return min(self.last[day], self.now)

    def do(self, who: str, command: Command, data: BaseModel, *, day: int) -> Any:
        actor = self.cast[who] if who else NOBODY
        return perform(command, actor, self.ocid, data, now=self.hour(day))

    def begin(self, day: int) -> None:
        """Ada begins, names the team; everybody declares that there is no interest."""
        scene = self.scene
        data = base.BeginProcess(
            title=scene.title, description=scene.text, category=scene.category, estimate=scene.estimate
        )
        process: Process = perform(base.begin_process, self.cast["ada"], CITY.identifier, data, now=self.hour(day))
        self.ocid = process.ocid
        self.join("ada", "", day=day)
        for name, role in TEAM:
            self.join(name, role, day=day)

    def join(self, name: str, role: Any, *, day: int) -> None:
        if role:
            self.do("ada", base.assign_role, base.AssignRole(email=email(name), role=role), day=day)
        self.do(name, base.declare_interest, base.DeclareInterest(has_interest=False), day=day)

    def write_plan(self, day: int) -> None:
        """Needs, outcomes, costs over the whole life, what others paid."""
        scene = self.scene
        self.do("uma", plan.add_user_need, scene.user_need(), day=day)
        guess = plan.AddAssumption(
            description="Small firms of the region will bid.", test="Early talks with the chamber"
        )
        self.do("ada", plan.add_assumption, guess, day=day)
        self.do("ada", plan.add_outcome, scene.first_outcome(), day=day)
        for line in scene.costs((self.morning(day) - timedelta(days=14)).date()):
            self.do("ada", plan.add_cost_line, line, day=day)
        self.do("ada", plan.add_comparable, scene.price_paid(), day=day)
        self.paper("needs.pdf", "Report on the needs", scene.report(), part="planning", kind="needsAssessment", day=day)

    def settle(self, day: int) -> None:
        """Funds are confirmed and the open route is decided."""
        scene = self.scene
        funds = plan.ConfirmFunds(
            budget_line=f"B-{scene.estimate // 1000}", amount=scene.estimate, source="City budget"
        )
        self.do("ben", plan.confirm_funds, funds, day=day)
        route = plan.DecideRoute(
            make="The city has nobody who can do this.",
            reuse="What there is cannot be repaired any more.",
            join="The neighbouring towns were asked; none needs it now.",
            reason=OPEN_REASON,
        )
        self.do("ada", plan.decide_route, route, day=day)

    def publish_plan(self, day: int) -> None:
        if self.scene.estimate <= 250_000:
            text = "The market is small and well known; questions can be asked during the tender."
            self.do("ada", plan.mark_not_applicable, plan.MarkNotApplicable(step="4.1.3", reason=text), day=day)
        self.do("ada", plan.publish_plan, plan.PublishPlan(), day=day)

    def planned(self, begun: int) -> None:
        """From the beginning to the published plan in eight days."""
        self.begin(begun)
        self.write_plan(begun + 2)
        self.settle(begun + 5)
        self.publish_plan(begun + 8)

    def paper(self, name: str, title: str, texts: Sequence[tuple[str, str]], *, part: str, kind: str, day: int) -> None:
        """Write a document and add it."""
        body = papers.pdf(f"{title}: {self.scene.title}", texts, when=self.morning(day), reference=self.ocid)
        self.add(body, name=name, title=title, part=part, kind=kind, day=day)

    def add(self, body: bytes, *, name: str, title: str, part: str, kind: str, day: int) -> None:
        data = papers.attached(body, name=name, title=title, part=part, kind=kind)
        self.do("ada", base.add_document, data, day=day)

    def rings(self) -> list[KeyRing]:
        return [keys.ring_of(name, self.cast[name]) for name in keys.MEMBERS]
