"""What happens to a process as a whole: begun, team changed, interests declared, documents added. All blind."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent

# What both events of a role say and hide


def the_role(event: Any) -> dict[str, str]:
    return {"role": event.role}


def the_person(event: Any) -> dict[str, Any]:
    return {"role": event.role, "person": event.person}


@dataclass(frozen=True, kw_only=True)
class ProcessBegun(BlindEvent):
    name = "process.begun"
    says = _("Work on “{title}” began.")
    privacy = "No personal data."
    title: str

    def words(self) -> dict[str, str]:
        return {"title": self.title}

    def preimage(self) -> dict[str, Any]:
        return {"title": self.title}


@dataclass(frozen=True, kw_only=True)
class RoleAssigned(BlindEvent):
    name = "role.assigned"
    says = _("Somebody was given the role {role}.")
    privacy = "The person's random id, no name; deleting the journal row shreds it."
    role: str
    person: str

    words, preimage = the_role, the_person


@dataclass(frozen=True, kw_only=True)
class RoleEnded(BlindEvent):
    name = "role.ended"
    says = _("Somebody's role {role} ended.")
    privacy = "The person's random id, no name; deleting the journal row shreds it."
    role: str
    person: str

    words, preimage = the_role, the_person


@dataclass(frozen=True, kw_only=True)
class InterestDeclared(BlindEvent):
    name = "interest.declared"
    says = _("A member of the team declared interests.")
    privacy = "The person's random id and the hash of what was declared; deleting the journal row shreds it."
    person: str
    has_interest: bool
    text_sha256: str

    def preimage(self) -> dict[str, Any]:
        return {"person": self.person, "has_interest": self.has_interest, "text_sha256": self.text_sha256}


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(BlindEvent):
    name = "document.added"
    says = _("The document “{title}” was added, version {version}.")
    privacy = "Title and hash of a document of the buyer; no personal data."
    title: str
    version: int
    sha256: str

    def words(self) -> dict[str, str]:
        return {"title": self.title, "version": str(self.version)}

    def preimage(self) -> dict[str, Any]:
        return {"title": self.title, "version": self.version, "sha256": self.sha256}


@dataclass(frozen=True, kw_only=True)
class DocumentWithheld(BlindEvent):
    name = "document.withheld"
    says = _("The document “{title}” is to be withheld until {until}.")
    privacy = "No personal data."
    title: str
    until: str
    reason: str

    def words(self) -> dict[str, str]:
        return {"title": self.title, "until": self.until}

    def preimage(self) -> dict[str, Any]:
        return {"title": self.title, "until": self.until, "reason": self.reason}
