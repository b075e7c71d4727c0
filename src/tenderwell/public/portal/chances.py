"""What a firm can still do about a process, as the record's own periods say."""

from datetime import datetime

from tenderwell.public.portal.reading import Node, instant, nodes, words


def may_ask(compiled: Node, now: datetime) -> bool:
    """While the tender is open and questions are taken; at the end instant it is over."""
    return is_open(compiled) and lies_ahead(instant(compiled, "tender", "enquiryPeriod", "endDate"), now)


def may_complain(compiled: Node, now: datetime) -> bool:
    """While bids are invited, and while an award that stands may be challenged."""
    ends = [complaints_end(each) for each in nodes(compiled, "awards") if is_standing(each)]
    if is_open(compiled):
        ends.append(instant(compiled, "tender", "tenderPeriod", "endDate"))
    return any(lies_ahead(end, now) for end in ends)


def complaints_end(award: Node) -> datetime | None:
    """Until when a decision may be challenged; who publishes no such time is taken to mean the standstill."""
    return instant(award, "complaintPeriod", "endDate") or instant(award, "standstillPeriod", "endDate")


def is_open(compiled: Node) -> bool:
    return words(compiled, "tender", "status") == "active"


def is_standing(award: Node) -> bool:
    return words(award, "status") == "active"


def lies_ahead(end: datetime | None, now: datetime) -> bool:
    return end is not None and now < end
