"""States, roles and periods in words, for the people who work here."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tenderwell.ui import parts

COLOURS = {
    "tendering": "green",
    "closed": "yellow",
    "technical": "yellow",
    "prices": "yellow",
    "evaluation": "yellow",
    "evaluated": "yellow",
    "standstill": "yellow",
    "awarded": "blue",
    "delivery": "blue",
    "complete": "turquoise",
    "unsuccessful": "orange",
    "cancelled": "red",
}


def state_tag(state: str) -> parts.Tag:
    """The state of a process as a coloured word; an unknown one as it is."""
    texts = {
        "planning": _("Planning"),
        "planned": _("Plan published"),
        "tendering": _("Open for bids"),
        "closed": _("Bids closed"),
        "technical": _("Quality in evaluation"),
        "prices": _("Prices to be opened"),
        "evaluation": _("In evaluation"),
        "evaluated": _("Evaluated"),
        "standstill": _("Standstill"),
        "awarded": _("Awarded"),
        "delivery": _("In delivery"),
        "complete": _("Complete"),
        "unsuccessful": _("No award"),
        "cancelled": _("Cancelled"),
    }
    return parts.Tag(texts.get(state, state), COLOURS.get(state, "grey"))


def role_name(role: str) -> str:
    """A role as people call it; an unknown one as it is."""
    texts = {
        "lead": pgettext("role", "Lead"),
        "approver": _("Approver"),
        "budget_holder": _("Budget holder"),
        "evaluator": _("Evaluator"),
        "contract_manager": _("Contract manager"),
        "committee": _("Opening committee member"),
        "specialist": _("Specialist"),
        "user_representative": _("Speaks for the people who will use it"),
        "observer": _("Observer"),
        "procurer": _("Procurer"),
        "tenderer": _("Tenderer"),
        "supplier": _("Supplier"),
        "reviewer": _("Reviewer"),
        "auditor": _("Auditor"),
    }
    return texts.get(role, role)


def role_names(roles: "tuple[str, ...] | list[str]") -> str:
    return ", ".join(role_name(role) for role in roles)


def period_name(name: str) -> str:
    """What ends when the period of this name ends."""
    texts = {
        "engagementPeriod": _("Comments end"),
        "enquiryPeriod": _("Questions end"),
        "tenderPeriod": _("Bids close"),
        "standstillPeriod": _("Standstill ends"),
        "complaintPeriod": _("Complaints end"),
    }
    return _("Payment is due") if name.startswith("payment:") else texts.get(name, name)
