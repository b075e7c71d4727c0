"""When a complaint may be made, and what it holds up. Pure."""

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
    """Nothing is signed while a complaint waits for its decision."""
    if not facts[OPEN_COMPLAINTS]:
        return None
    text = "{count} complaints wait for the review body. The contract can be signed when they are decided."
    values = {"count": str(facts[OPEN_COMPLAINTS])}
    return Reason("open_complaint", text, "89/665/EEC Art. 2(3)", values=values)
