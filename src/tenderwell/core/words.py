"""States, roles and choices in words: what a person reads where the program has an identifier. Pure.

The words are English here; whoever shows them asks for the translation.
"""

from collections.abc import Iterable, Mapping


def marked(text: str) -> str:
    """Marks a text for the catalogues, as `_` there; Django's own mark is not for pure modules."""
    return text


_ = marked


STATES = {
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
    "active": _("Active"),
}

ROLES = {
    "lead": _("Team lead"),
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
    "reviewer": _("Reviewer of complaints"),
    "auditor": _("Auditor"),
    "admin": _("Administrator"),
    "bidder": _("Bidder"),
    "member": _("Member"),
    "operator": _("Operator of this website"),
    "person": _("Anybody who has signed in"),
    "public": _("Anybody"),
    "server": _("The program by itself"),
}

CHOICES = {
    **ROLES,
    "goods": _("Goods"),
    "works": _("Works"),
    "services": _("Services"),
    "interviews": _("Interviews"),
    "survey": _("Survey"),
    "observation": _("Observation"),
    "workshop": _("Workshop"),
    "data": _("Data"),
    "statutory_duty": _("Statutory duty"),
    "acquisition": _("Buying"),
    "operation": _("Running"),
    "switching": _("Switching"),
    "end_of_life": _("End of life"),
    "buy": _("Buy"),
    "make": _("Make it ourselves"),
    "reuse": _("Reuse what there is"),
    "join": _("Buy together with others"),
    "upheld": _("The complaint is right"),
    "dismissed": _("The complaint is dismissed"),
    "none": _("Nothing has to be done"),
    "annul_award": _("The award is annulled"),
    "evaluate_again": _("The bids are evaluated again"),
    "micro": _("Micro: fewer than 10 people"),
    "sme": _("Small or medium-sized"),
    "large": _("Large"),
    "selfEmployed": _("Self-employed"),
    "buyer": _("Buyer"),
    "review": _("Review body"),
    "audit": _("Audit office"),
    "civil_society": _("Civil society"),
    "planning": _("The plan"),
    "tender": _("The tender"),
    "award": _("The award"),
    "contract": _("The contract"),
    "essential": _("Essential"),
    "desirable": _("Desirable"),
    "womenOwned": _("Firms owned by women"),
    "socialEnterprise": _("Social enterprises"),
    "shelteredWorkshop": _("Sheltered workshops"),
    "UNSPSC": "UNSPSC",
    "CPV": "CPV",
    "": _("None"),
    "quality": _("Quality"),
    "price": _("Price"),
    "pass_fail": _("Passed or not"),
    "price_relative": _("The lowest price divided by the price"),
    "linear": _("All for the lowest price, nothing for twice as much, a straight line between"),
    "lowest_price": _("The lowest price"),
    "highest_quality": _("The highest quality"),
}


def in_words(identifiers: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """The words of each; an identifier that has none as it is."""
    return tuple(words.get(each, each) for each in identifiers)
