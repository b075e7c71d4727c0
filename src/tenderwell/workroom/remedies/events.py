"""What is published of complaints: that there is one, and how it was decided."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import PublicEvent

UNNAMED = "The complainant is not named; the words are the organisation's own and are shown to it as public."


def the_grounds(event: Any) -> dict[str, str]:
    return {"grounds": event.grounds}


def the_complaint(event: Any) -> dict[str, Any]:
    return {"complaints": [event.complaint]}


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(PublicEvent):
    """The complainant stays unnamed until the decision, so that no bidder is known before it must be."""

    name = "complaint.made"
    says = _("A complaint was made: {grounds}")
    privacy = UNNAMED
    tag = ("tenderUpdate",)
    complaint: dict[str, Any]
    grounds: str

    words, fragment = the_grounds, the_complaint


@dataclass(frozen=True, kw_only=True)
class ComplaintDecided(PublicEvent):
    name = "complaint.decided"
    says = _("A complaint was decided: {outcome}")
    privacy = UNNAMED
    tag = ("tenderUpdate",)
    complaint: dict[str, Any]
    outcome: str
    taken_back: dict[str, Any]  # awards and contracts that fall with it

    def words(self) -> dict[str, str]:
        return {"outcome": self.outcome}

    def fragment(self) -> dict[str, Any]:
        return {"complaints": [self.complaint], **self.taken_back}


@dataclass(frozen=True, kw_only=True)
class ComplaintWithdrawn(PublicEvent):
    name = "complaint.withdrawn"
    says = _("A complaint was withdrawn.")
    privacy = UNNAMED
    tag = ("tenderUpdate",)
    complaint: dict[str, Any]
    grounds: str

    words, fragment = the_grounds, the_complaint
