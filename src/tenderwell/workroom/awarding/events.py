"""What is published of a decision: the awards and the time to challenge them, or that there is none."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import PublicEvent

# What both decisions say and publish


def the_winners(event: Any) -> dict[str, str]:
    return {"suppliers": event.suppliers, "until": event.until}


def the_awards(event: Any) -> dict[str, Any]:
    return {"awards": list(event.awards), "parties": list(event.parties), "tender": event.tender}


@dataclass(frozen=True, kw_only=True)
class AwardDecided(PublicEvent):
    name = "award.decided"
    says = _("It was decided to award to {suppliers}. The decision can be challenged until {until}.")
    privacy = "Names organisations that won, no persons."
    tag = ("award",)
    awards: tuple[dict[str, Any], ...]
    parties: tuple[dict[str, Any], ...]
    tender: dict[str, Any]
    suppliers: str
    until: str

    words, fragment = the_winners, the_awards


@dataclass(frozen=True, kw_only=True)
class AwardedDirectly(PublicEvent):
    name = "award.direct"
    says = _("It was decided to award to {suppliers} without competition.")
    privacy = "Names organisations that won, no persons."
    tag = ("award",)
    awards: tuple[dict[str, Any], ...]
    parties: tuple[dict[str, Any], ...]
    tender: dict[str, Any]
    suppliers: str
    until: str

    words, fragment = the_winners, the_awards


@dataclass(frozen=True, kw_only=True)
class EndedWithoutAward(PublicEvent):
    name = "award.none"
    says = _("The process ended without an award: {reason}")
    privacy = "No personal data."
    tag = ("tenderUpdate",)
    tender: dict[str, Any]
    reason: str

    def words(self) -> dict[str, str]:
        return {"reason": self.reason}

    def fragment(self) -> dict[str, Any]:
        return {"tender": self.tender}


@dataclass(frozen=True, kw_only=True)
class ProcessCancelled(PublicEvent):
    name = "process.cancelled"
    says = _("The process was cancelled: {reason}")
    privacy = "No personal data."
    tag = ("tenderCancellation",)
    tender: dict[str, Any]
    taken_back: dict[str, Any]  # awards and contracts that fall with it
    reason: str

    def words(self) -> dict[str, str]:
        return {"reason": self.reason}

    def fragment(self) -> dict[str, Any]:
        return {"tender": self.tender, **self.taken_back}
