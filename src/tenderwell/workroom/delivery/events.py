"""What is published of delivery; every event publishes the contract's part that changed."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from tenderwell.core.events import PublicEvent


@dataclass(frozen=True, kw_only=True)
class ContractDrafted(PublicEvent):
    """contract: the OCDS contract, or the part of it that changed, with its id and award."""

    name = "contract.drafted"
    says = _("A contract was drawn up: {contract_title}.")
    privacy = "Organisations only; whoever signs is not named."
    tag = ("contract",)
    contract: dict[str, Any]
    contract_title: str

    def words(self) -> dict[str, str]:
        return {"contract_title": self.contract_title}

    def fragment(self) -> dict[str, Any]:
        return {"contracts": [self.contract]}


@dataclass(frozen=True, kw_only=True)
class ContractWithdrawn(ContractDrafted):
    name = "contract.withdrawn"
    says = _("The draft of the contract “{contract_title}” was withdrawn: {reason}")
    tag = ("contractUpdate",)
    reason: str

    def words(self) -> dict[str, str]:
        return {"contract_title": self.contract_title, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class SignatureRecorded(ContractDrafted):
    name = "contract.signature"
    says = _("{side} signed the contract “{contract_title}”.")
    tag = ("contractUpdate",)
    side: str

    def words(self) -> dict[str, str]:
        return {"side": self.side, "contract_title": self.contract_title}


@dataclass(frozen=True, kw_only=True)
class ContractSigned(ContractDrafted):
    name = "contract.signed"
    says = _("The contract “{contract_title}” is signed by both sides.")
    tag = ("contractUpdate",)


@dataclass(frozen=True, kw_only=True)
class MilestoneSet(ContractDrafted):
    name = "milestone.set"
    says = _("A milestone was set: {what}.")
    tag = ("contractUpdate",)
    what: str

    def words(self) -> dict[str, str]:
        return {"what": self.what}


@dataclass(frozen=True, kw_only=True)
class MilestoneMet(MilestoneSet):
    name = "milestone.met"
    says = _("A milestone was met: {what}.")
    tag = ("implementationUpdate",)


@dataclass(frozen=True, kw_only=True)
class ResultReported(MilestoneSet):
    name = "result.reported"
    says = _("A result was measured: {what}.")
    tag = ("implementationUpdate",)


@dataclass(frozen=True, kw_only=True)
class InvoiceReceived(MilestoneSet):
    name = "invoice.received"
    says = _("An invoice was received: {what}.")
    tag = ("implementation",)


@dataclass(frozen=True, kw_only=True)
class InvoiceAnswered(MilestoneSet):
    name = "invoice.answered"
    says = _("An invoice was checked: {what}.")
    tag = ("implementationUpdate",)


@dataclass(frozen=True, kw_only=True)
class InvoicePaid(MilestoneSet):
    name = "invoice.paid"
    says = _("An invoice was paid: {what}.")
    tag = ("implementationUpdate",)


@dataclass(frozen=True, kw_only=True)
class ChangeProposed(MilestoneSet):
    name = "change.proposed"
    says = _("A change of the contract was proposed: {what}")
    tag = ("contractUpdate",)


@dataclass(frozen=True, kw_only=True)
class ChangeApproved(MilestoneSet):
    name = "change.approved"
    says = _("The contract was changed: {what}")
    tag = ("contractAmendment",)


@dataclass(frozen=True, kw_only=True)
class ChangeRejected(MilestoneSet):
    name = "change.rejected"
    says = _("A proposed change of the contract was rejected: {what}")
    tag = ("contractUpdate",)


@dataclass(frozen=True, kw_only=True)
class PartnerReviewed(MilestoneSet):
    name = "partner.reviewed"
    says = _("One side reviewed the other: {what}.")
    privacy = "Speaks of organisations; the form says that it is published."
    tag = ("implementationUpdate",)


@dataclass(frozen=True, kw_only=True)
class ContractClosed(ContractDrafted):
    name = "contract.closed"
    says = _("The contract “{contract_title}” was closed, with its final account and lessons.")
    tag = ("contractTermination",)
    lessons: tuple[dict[str, Any], ...]

    def fragment(self) -> dict[str, Any]:
        return {"contracts": [self.contract], **({"lessons": list(self.lessons)} if self.lessons else {})}
