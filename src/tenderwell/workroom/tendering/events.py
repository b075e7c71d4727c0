"""What happens to a tender: drafts and questions are blind, the rest is public."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent, PublicEvent

# What several of them say and publish


def the_reason(event: Any) -> dict[str, str]:
    return {"reason": event.reason}


def the_parts(event: Any) -> dict[str, Any]:
    return dict(event.parts)


@dataclass(frozen=True, kw_only=True)
class TenderDrafted(BlindEvent):
    """part: requirements, lot, item, criteria, dates; what: its content, or what was removed."""

    name = "tender.drafted"
    says = _("The draft of the tender was changed: {part}.")
    privacy = "Drafts of the buyer without personal data; deleting the journal row shreds them."
    part: str
    what: dict[str, str]

    def words(self) -> dict[str, str]:
        return {"part": self.part}

    def preimage(self) -> dict[str, Any]:
        return {"part": self.part, "what": self.what}


@dataclass(frozen=True, kw_only=True)
class TenderPublished(PublicEvent):
    name = "tender.published"
    says = _("The tender was published. Bids close at {closes}.")
    privacy = "No personal data."
    tag = ("tender",)
    parts: dict[str, Any]
    closes: str

    def words(self) -> dict[str, str]:
        return {"closes": self.closes}

    fragment = the_parts


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(BlindEvent):
    name = "enquiry.asked"
    says = _("A question was asked.")
    privacy = "The organisation that asked; salted, opened to nobody; deleting the journal row shreds it."
    code: str
    asker: str
    text: str

    def preimage(self) -> dict[str, Any]:
        return {"code": self.code, "asker": self.asker, "text": self.text}


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(PublicEvent):
    name = "enquiry.answered"
    says = _("A question was answered: {question}")
    privacy = "Question and answer without the asker; the form asks to leave names out."
    tag = ("tenderUpdate",)
    parts: dict[str, Any]
    question: str

    def words(self) -> dict[str, str]:
        return {"question": self.question}

    fragment = the_parts


@dataclass(frozen=True, kw_only=True)
class TenderAmended(PublicEvent):
    name = "tender.amended"
    says = _("The tender was changed: {reason}")
    privacy = "No personal data."
    tag = ("tenderAmendment",)
    parts: dict[str, Any]
    reason: str

    words, fragment = the_reason, the_parts


@dataclass(frozen=True, kw_only=True)
class PeriodExtended(PublicEvent):
    name = "period.extended"
    says = _("Bids close later: {reason}")
    privacy = "No personal data."
    tag = ("tenderAmendment",)
    parts: dict[str, Any]
    reason: str

    words, fragment = the_reason, the_parts
