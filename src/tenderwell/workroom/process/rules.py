"""What must hold of a team and its documents. Pure."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Literal, get_args

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts

TeamRole = Literal[
    "lead",
    "approver",
    "budget_holder",
    "evaluator",
    "contract_manager",
    "committee",
    "specialist",
    "user_representative",
    "observer",
]
TEAM_ROLES: tuple[TeamRole, ...] = get_args(TeamRole)
BIDDING = frozenset({"tenderer", "supplier"})
SECRET = ("tendering", "closed")  # states in which nobody may learn who has bid
EARLY = ("planning", "planned", *SECRET)
RESPONSIBLE = frozenset({"lead", "approver", "budget_holder"})
TEAM = Fact[tuple[tuple[str, str], ...]]("process.team", ())  # (person id, role) of everybody on the team now
UNDECLARED = Fact[int]("process.undeclared", 0)  # members who have not declared their interests
HAS_DECLARED = Fact[bool]("process.has_declared", False)  # the acting person declared that there is no interest
HAS_CONFLICT = Fact[bool]("process.has_conflict", False)  # the acting person's latest declaration names an interest
TOOK_PART = Fact[bool]("process.took_part", False)  # the acting person once declared that there is no interest
FOR_A_BIDDER = Fact[bool]("process.for_a_bidder", False)  # belongs to a firm known to have bid, or acted for it
ESTIMATE = Fact[Decimal]("process.estimate", Decimal(0))
TWO_PEOPLE_ABOVE = Fact[tuple[Decimal, str]]("process.two_people_above", (Decimal(0), ""))

PROGRAM_FORMATS = re.compile(r"\.(exe|bat|cmd|com|scr|js|vbs|ps1|sh|jar|msi|dll|html?|svg)$", re.IGNORECASE)


def has_lead(facts: Facts) -> Reason | None:
    if any(role == "lead" for _, role in facts[TEAM]):
        return None
    return Reason("no_lead", "The team has no lead. Give somebody the role “Team lead”.", "U4SSC 4.1.1")


def enough_responsible(facts: Facts) -> Reason | None:
    """Above the limit no purchase rests on one person alone."""
    limit, source = facts[TWO_PEOPLE_ABOVE]
    responsible = {person for person, role in facts[TEAM] if role in RESPONSIBLE}
    if facts[ESTIMATE] <= limit or len(responsible) >= 2:
        return None
    text = "Above {limit} two people must be responsible. Give a second person the role approver or budget holder."
    return Reason("one_responsible", text, source, values={"limit": limit})


def all_declared(facts: Facts) -> Reason | None:
    if not facts[UNDECLARED]:
        return None
    text = "People on the team who have not declared their interests: {count}. Ask them to, or end their roles."
    return Reason("undeclared", text, "2014/24/EU Art. 24; U4SSC 4.1.1", values={"count": str(facts[UNDECLARED])})


def declared_first(facts: Facts) -> Reason | None:
    if facts[HAS_DECLARED] or facts[HAS_CONFLICT]:
        return None
    text = "Declare your interests in this process first."
    return Reason("declare_first", text, "2014/24/EU Art. 24; U4SSC 4.3.2")


def without_conflict(facts: Facts) -> Reason | None:
    """Neither with a declared interest nor from a bidder's side; who has bid is asked only when it is public."""
    source = "2014/24/EU Art. 24; U4SSC 4.3.2"
    if facts[HAS_CONFLICT]:
        text = "You have declared an interest, so you may not take part in this. The lead can name somebody else."
        return Reason("conflict_of_interest", text, source)
    if facts.state not in EARLY and facts[FOR_A_BIDDER]:
        text = "You belong to a bidder of this process, or acted for one, so you may not take part in this."
        return Reason("bidders_person", text, source)
    return None


def on_one_side(facts: Facts) -> Reason | None:
    """Whoever is or was on the buyer's side of a process does not act for a bidder in it."""
    if not facts.roles & BIDDING:
        return None
    is_insider = bool(facts.roles & set(TEAM_ROLES)) or facts[TOOK_PART]
    if not is_insider:
        return None
    text = "You are or were on the buyer's team of this process, so you cannot act for a firm in it. Ask a colleague."
    return Reason("both_sides", text, "2014/24/EU Art. 24 and 41")


def may_join(state: str, *, can_bid: bool, for_a_bidder: bool) -> Reason | None:
    """Whom the lead can name. can_bid: may act for some firm, whether it has bid or not.

    While bids are secret the answer must not depend on who has bid, so nobody who can bid at all is named then.
    """
    if state in SECRET and can_bid:
        text = "This person can bid for a firm, and nobody may know yet who does. Name somebody who cannot."
        return Reason("can_bid", text, "2014/24/EU Art. 24", "email")
    if state not in EARLY and for_a_bidder:
        text = "This person belongs to a bidder of this process, or acted for one. Name somebody else."
        return Reason("bidders_person", text, "2014/24/EU Art. 24", "email")
    return None


def safe_file_name(name: str) -> Reason | None:
    """A name without path, control or direction characters, and no program."""
    hidden = any(ord(sign) < 32 or sign in "/\\\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for sign in name)
    if not name.strip(". ") or hidden or len(name) > 200:
        text = "Give the file a plain name of at most 200 signs, without slashes."
        return Reason("file_name", text, field="file_name")
    if PROGRAM_FORMATS.search(name):
        text = "Programs and web pages cannot be attached. Send a document, a table or a picture."
        return Reason("file_type", text, field="file_name")
    return None


def offered(key: str, keys: Collection[str], *, field: str) -> Reason | None:
    """Only what is there for people to choose."""
    if key in keys:
        return None
    return Reason("not_offered", "This is not offered here. Choose one of those in the list.", field=field)
