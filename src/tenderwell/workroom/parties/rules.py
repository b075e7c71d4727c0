"""Who may hold which role in an organisation. Pure."""

from collections.abc import Collection

from tenderwell.core.errors import Reason
from tenderwell.core.words import ROLES, in_words

# A role outside its kind would let a bidder's own administrator make an auditor, who reads every bid.
ROLES_BY_KIND = {
    "buyer": frozenset({"admin", "procurer", "member"}),
    "supplier": frozenset({"admin", "bidder", "member"}),
    "review": frozenset({"admin", "reviewer", "member"}),
    "audit": frozenset({"admin", "auditor", "member"}),
    "civil_society": frozenset({"admin", "member"}),
}


def roles_fit(kind: str, roles: Collection[str]) -> Reason | None:
    """Only what this kind of organisation does: a review body reviews, an audit office audits, a supplier bids."""
    foreign = sorted(set(roles) - ROLES_BY_KIND[kind])
    if not foreign:
        return None
    text = "Nobody can be “{role}” in an organisation of this kind. Choose among: {allowed}."
    values = {"role": in_words(foreign[:1], ROLES), "allowed": in_words(sorted(ROLES_BY_KIND[kind]), ROLES)}
    return Reason("role_of_another_kind", text, "2014/24/EU Art. 24", "roles", values)


def keeps_an_admin(*, others: int) -> Reason | None:
    """others: administrators that stay."""
    if others:
        return None
    text = "This is the only administrator. Make somebody else one first."
    return Reason("last_admin", text, field="email")
