"""What happens to organisations; all of it is blind, for it concerns no contracting process yet."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import BlindEvent

# What both events of a token say and hide


def the_organisation(event: Any) -> dict[str, str]:
    return {"organisation": event.organisation}


def the_token(event: Any) -> dict[str, Any]:
    return {"organisation": event.organisation, "token": event.token}


@dataclass(frozen=True, kw_only=True)
class OrganisationRegistered(BlindEvent):
    name = "organisation.registered"
    says = _("{organisation} was registered.")
    privacy = "The identifier of a legal body, no person; deleting the journal row shreds it."
    identifier: str
    legal_kind: str

    def words(self) -> dict[str, str]:
        return {"organisation": self.identifier}

    def preimage(self) -> dict[str, Any]:
        return {"identifier": self.identifier, "kind": self.legal_kind}


@dataclass(frozen=True, kw_only=True)
class MemberAdded(BlindEvent):
    name = "member.added"
    says = _("A person was given roles in {organisation}: {roles}.")
    privacy = "The person's random id, no name; deleting the journal row shreds it."
    organisation: str
    person: str
    roles: tuple[str, ...]

    def words(self) -> dict[str, str]:
        return {"organisation": self.organisation, "roles": ", ".join(self.roles)}

    def preimage(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "person": self.person, "roles": list(self.roles)}


@dataclass(frozen=True, kw_only=True)
class MemberLeft(BlindEvent):
    name = "member.left"
    says = _("A person's roles in {organisation} ended.")
    privacy = "The person's random id, no name; deleting the journal row shreds it."
    organisation: str
    person: str

    def words(self) -> dict[str, str]:
        return {"organisation": self.organisation}

    def preimage(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "person": self.person}


@dataclass(frozen=True, kw_only=True)
class TokenIssued(BlindEvent):
    name = "token.issued"
    says = _("A program was given access to act for {organisation}.")
    privacy = "The token's random id, never its secret; deleting the journal row shreds it."
    organisation: str
    token: str

    words, preimage = the_organisation, the_token


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(BlindEvent):
    name = "token.revoked"
    says = _("A program's access to act for {organisation} was ended.")
    privacy = "The token's random id, never its secret; deleting the journal row shreds it."
    organisation: str
    token: str

    words, preimage = the_organisation, the_token
