"""What is published of delivery; every event publishes the contract's part that changed.

contract: the OCDS contract, or the part of it that changed, with its id and award. what: a short public text for the
sentence of the timeline.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import PublicEvent

ORGANISATIONS_ONLY = "Organisations only; whoever signs is not named."


# What most of them publish and say


def the_contract(event: Any) -> dict[str, Any]:
    return {"contracts": [event.contract]}


def the_title(event: Any) -> dict[str, str]:
    return {"contract_title": event.contract_title}


def the_matter(event: Any) -> dict[str, str]:
    return {"what": event.what}


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(PublicEvent):
    name = "contract.drafted"
    says = _("A contract was drawn up: {contract_title}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("contract",)
    contract: dict[str, Any]
    contract_title: str

    words, fragment = the_title, the_contract


@dataclass(frozen=True, kw_only=True)
class ContractWithdrawn(PublicEvent):
    name = "contract.withdrawn"
    says = _("The draft of the contract “{contract_title}” was withdrawn: {reason}")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    contract_title: str
    reason: str

    def words(self) -> dict[str, str]:
        return {"contract_title": self.contract_title, "reason": self.reason}

    fragment = the_contract


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded(PublicEvent):
    name = "contract.signature"
    says = _("{side} signed the contract “{contract_title}”.")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    contract_title: str
    side: str

    def words(self) -> dict[str, str]:
        return {"contract_title": self.contract_title, "side": self.side}

    fragment = the_contract


@dataclass(frozen=True, kw_only=True)
class ContractSigned(PublicEvent):
    name = "contract.signed"
    says = _("The contract “{contract_title}” is signed by both sides.")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    contract_title: str

    words, fragment = the_title, the_contract


@dataclass(frozen=True, kw_only=True)
class MilestoneSet(PublicEvent):
    name = "milestone.set"
    says = _("A milestone was set: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class MilestoneMet(PublicEvent):
    name = "milestone.met"
    says = _("A milestone was met: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("implementationUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class ResultReported(PublicEvent):
    name = "result.reported"
    says = _("A result was measured: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("implementationUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class InvoiceReceived(PublicEvent):
    name = "invoice.received"
    says = _("An invoice was received: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("implementation",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class InvoiceAnswered(PublicEvent):
    name = "invoice.answered"
    says = _("An invoice was checked: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("implementationUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class InvoicePaid(PublicEvent):
    name = "invoice.paid"
    says = _("An invoice was paid: {what}.")
    privacy = ORGANISATIONS_ONLY
    tag = ("implementationUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(PublicEvent):
    name = "change.proposed"
    says = _("A change of the contract was proposed: {what}")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class ChangeApproved(PublicEvent):
    name = "change.approved"
    says = _("The contract was changed: {what}")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractAmendment",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class ChangeRejected(PublicEvent):
    name = "change.rejected"
    says = _("A proposed change of the contract was rejected: {what}")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class PartnerReviewed(PublicEvent):
    name = "partner.reviewed"
    says = _("One side reviewed the other: {what}.")
    privacy = "Speaks of organisations; the form says that it is published."
    tag = ("implementationUpdate",)
    contract: dict[str, Any]
    what: str

    words, fragment = the_matter, the_contract


@dataclass(frozen=True, kw_only=True)
class ContractClosed(PublicEvent):
    name = "contract.closed"
    says = _("The contract “{contract_title}” was closed, with its final account and lessons.")
    privacy = ORGANISATIONS_ONLY
    tag = ("contractTermination",)
    contract: dict[str, Any]
    contract_title: str
    lessons: tuple[dict[str, Any], ...]

    words = the_title

    def fragment(self) -> dict[str, Any]:
        return {"contracts": [self.contract], **({"lessons": list(self.lessons)} if self.lessons else {})}
