"""What is published of the early notice: the notice, each comment, each answer, what changed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import PublicEvent


def the_comment(event: Any) -> dict[str, Any]:
    return {"planning": {"engagement": {"comments": [event.comment]}}}


@dataclass(frozen=True, kw_only=True)
class EarlyNoticePublished(PublicEvent):
    """parts: what the release says besides the engagement (the first release names the buyer)."""

    name = "early_notice.published"
    says = _("An early notice was published, open to comments until {until}.")
    privacy = "No personal data."
    tag = ("planning",)
    parts: dict[str, Any]
    until: str

    def words(self) -> dict[str, str]:
        return {"until": self.until}

    def fragment(self) -> dict[str, Any]:
        return self.parts


@dataclass(frozen=True, kw_only=True)
class CommentMade(PublicEvent):
    name = "comment.made"
    says = _("Somebody commented on the early notice.")
    privacy = "The text and a name that its author chose to publish, or none; the form says so."
    tag = ("planningUpdate",)
    comment: dict[str, Any]

    fragment = the_comment


@dataclass(frozen=True, kw_only=True)
class CommentAnswered(PublicEvent):
    name = "comment.answered"
    says = _("A comment on the early notice was answered.")
    privacy = "The text and a name that its author chose to publish, or none; the form says so."
    tag = ("planningUpdate",)
    comment: dict[str, Any]

    fragment = the_comment


@dataclass(frozen=True, kw_only=True)
class EngagementClosed(PublicEvent):
    name = "engagement.closed"
    says = _("The early notice was closed: {changes}")
    privacy = "No personal data."
    tag = ("planningUpdate",)
    changes: str
    closed_at: str

    def words(self) -> dict[str, str]:
        return {"changes": self.changes}

    def fragment(self) -> dict[str, Any]:
        return {"planning": {"engagement": {"changes": self.changes, "dateClosed": self.closed_at}}}
