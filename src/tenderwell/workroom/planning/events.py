"""What happens to a plan: drafts are blind, the plan itself is public."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent, PublicEvent


@dataclass(frozen=True, kw_only=True)
class PlanChanged(BlindEvent):
    """part: need, outcome, cost, funds, route and so on; what: its content, or what was removed."""

    name = "plan.changed"
    says = _("The plan was changed: {part}.")
    privacy = "Drafts of the buyer without personal data; deleting the journal row shreds them."
    part: str
    what: dict[str, Any]

    def words(self) -> dict[str, str]:
        return {"part": self.part}

    def preimage(self) -> dict[str, Any]:
        return {"part": self.part, "what": self.what}


@dataclass(frozen=True, kw_only=True)
class PlanPublished(PublicEvent):
    name = "plan.published"
    says = _("The plan for “{title}” was published.")
    privacy = "Roles and numbers, no names of persons."
    tag = ("planning",)
    title: str
    parts: dict[str, Any]

    def words(self) -> dict[str, str]:
        return {"title": self.title}

    def fragment(self) -> dict[str, Any]:
        return self.parts


@dataclass(frozen=True, kw_only=True)
class NothingBought(PublicEvent):
    """The need is met without a purchase; parts: the plan as far as it came, with its route."""

    name = "nothing.bought"
    says = _("Nothing will be bought: {reason}")
    privacy = "Roles and numbers, no names of persons."
    tag = ("planning", "tenderCancellation")
    reason: str
    parts: dict[str, Any]

    def words(self) -> dict[str, str]:
        return {"reason": self.reason}

    def fragment(self) -> dict[str, Any]:
        return self.parts


@dataclass(frozen=True, kw_only=True)
class FundsConfirmed(PublicEvent):
    """Money confirmed after the plan was published. amount: as people read it, "600000.00 USD"."""

    name = "funds.confirmed"
    says = _("The budget holder confirmed funds of {amount}.")
    privacy = "A role and a number, no names of persons."
    tag = ("planningUpdate",)
    amount: str
    parts: dict[str, Any]

    def words(self) -> dict[str, str]:
        return {"amount": self.amount}

    def fragment(self) -> dict[str, Any]:
        return self.parts
