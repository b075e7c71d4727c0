"""When a complaint may be made, what it holds up, and what can follow from it. Pure."""

from collections.abc import Collection

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts

OPEN_COMPLAINTS = Fact[int]("remedies.open_complaints", 0)
MAY_COMPLAIN = Fact[bool]("remedies.may_complain", False)  # the acting organisation bid, or could still bid
SOURCE = "89/665/EEC Art. 2c; UNCITRAL Model Law 2011 Art. 66(2)"


def within_window(facts: Facts) -> Reason | None:
    """While bids are invited until the period ends; after a decision until the complaint period ends."""
    name = "tenderPeriod" if facts.state == "tendering" else "complaintPeriod"
    period = facts.periods.get(name)
    if period and period.is_open(facts.now):
        return None
    return Reason(
        "complaint_too_late", "The time to complain is over. Ask the review body what else you can do.", SOURCE
    )


def has_standing(facts: Facts) -> Reason | None:
    """After the bids were opened only those who bid can complain."""
    if facts.state == "tendering" or facts[MAY_COMPLAIN]:
        return None
    text = "Only a tenderer of this process can complain about its decision."
    return Reason("no_standing", text, "89/665/EEC Art. 1(3)")


def no_open_complaint(facts: Facts) -> Reason | None:
    """Nothing is signed or closed while a complaint waits for its decision."""
    if not facts[OPEN_COMPLAINTS]:
        return None
    text = "Complaints that wait for the review body: {count}. The contract can go on when all are decided."
    values = {"count": str(facts[OPEN_COMPLAINTS])}
    return Reason("open_complaint", text, "89/665/EEC Art. 2(3)", values=values)


def not_own_complaint(*, is_own: bool) -> Reason | None:
    """Nobody judges the own firm's case."""
    if not is_own:
        return None
    text = "You belong to the firm that complains, so somebody else must decide."
    return Reason("own_complaint", text, field="complaint")


def remedy_fits(remedy: str, *, is_upheld: bool, is_about_award: bool) -> Reason | None:
    if remedy == "none" or (is_upheld and is_about_award):
        return None
    text = "Only an upheld complaint about the award can take it back."
    return Reason("remedy_unfit", text, "89/665/EEC Art. 2(1)", "remedy")


def can_be_judged_again(remedy: str, states: Collection[str]) -> Reason | None:
    """states: those that the decision can lead to; a direct award had no evaluation."""
    if remedy != "evaluate_again" or "evaluation" in states:
        return None
    text = "Nothing was evaluated here. Take the award back, or leave it."
    return Reason("nothing_to_judge", text, field="remedy")


def still_to_take_back(remedy: str, *, state: str) -> Reason | None:
    """Once a contract is in force, what becomes of it is for the law of the land and its courts.

    The decision itself is published all the same.
    """
    if remedy == "none":
        return None
    if state == "delivery":
        text = "The contract is signed, so the award cannot be taken back. Choose “Nothing has to be done” and say why."
        return Reason("contract_in_force", text, "89/665/EEC Art. 2d", "remedy")
    if state in ("cancelled", "unsuccessful"):
        text = "The process has ended, so there is no award to take back. Choose “Nothing has to be done” and say why."
        return Reason("process_ended", text, field="remedy")
    return None


def state_after(remedy: str, states: Collection[str]) -> str:
    """Where the process stands when the awards are taken back: before the decision that fell, or the evaluation."""
    if remedy == "evaluate_again":
        return "evaluation"
    return "evaluated" if "evaluated" in states else "planned"
