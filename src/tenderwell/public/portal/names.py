"""States, roles, periods and stages in words, for whoever reads the rules or works by them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tenderwell.core.words import ROLES, STATES
from tenderwell.ui import formats


def state_name(state: str) -> str:
    """The state of a process as people call it; an unknown one as it is."""
    return _(STATES.get(state, state))


def role_name(role: str) -> str:
    """A role as people call it; an unknown one as it is."""
    return _(ROLES.get(role, role))


def role_names(roles: Iterable[str]) -> str:
    return _(", ").join(map(role_name, roles))


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


def stages() -> dict[str, str]:
    """Every stage in the order in which a process passes them, by its short name."""
    return {
        "process": _("Team and documents"),
        "planning": _("Planning"),
        "engagement": _("Early notice"),
        "tendering": _("Tender"),
        "bidding": pgettext("stage", "Bids"),
        "evaluation": _("Evaluation"),
        "awarding": _("Award"),
        "remedies": _("Complaints"),
        "delivery": _("Contract and delivery"),
    }


def method_name(method: str) -> str:
    """The OCDS procurementMethod in plain words; an unknown one as it is."""
    texts = {
        "open": _("Open to every firm"),
        "selective": _("Invited firms"),
        "limited": _("A few firms asked"),
        "direct": _("One firm asked"),
    }
    return texts.get(method, method)


def number_of_days(days: int) -> str:
    """A length of time: "1 day", "30 days"."""
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": formats.number(days)}
