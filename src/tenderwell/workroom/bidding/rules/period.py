"""When bids may come, when their end may be announced, and what the service's own failure changes. Pure."""

from datetime import timedelta

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Facts
from tenderwell.workroom.bidding.rules.facts import AWAITED, CLOSING, GRACE, LATER_END, OUTAGE, SECRECY

DRAIN = timedelta(seconds=30)  # what arrived in time may still be waiting for the lock
LATE = "period_over"  # the code of the reason against a bid that came too late
GRACE_OVER = "grace_over"  # and against the rest of a bid that was announced in time


def before_deadline(facts: Facts) -> Reason | None:
    """The instant that counts is when the header had arrived in full; at the end instant the period is over."""
    period = facts.periods.get("tenderPeriod")
    if period and period.is_open(facts.now) and facts[CLOSING] is None:
        return None
    text = "The tender period is over: bids stand as they are. For a bid that comes now you get a signed refusal."
    return Reason(LATE, text, f"{SECRECY}; Annex IV (b)")


def after_deadline(facts: Facts) -> Reason | None:
    """Over by the clock, or announced as over while this process's clock is slow."""
    period = facts.periods.get("tenderPeriod")
    if facts[CLOSING] or (period and period.is_over(facts.now)):
        return None
    return Reason("period_open", "The tender period is still open: submit the bid instead.", SECRECY)


def drained(facts: Facts) -> Reason | None:
    """Bids stamped in time may wait for the process a moment longer than the period lasts."""
    period = facts.periods.get("tenderPeriod")
    if period and facts.now >= period.end + DRAIN:
        return None
    text = "Wait {seconds} seconds after the end of the period: what arrived in time is still being written down."
    return Reason("still_arriving", text, SECRECY, values={"seconds": str(int(DRAIN.total_seconds()))})


def not_announced(facts: Facts) -> Reason | None:
    if facts[CLOSING] is None:
        return None
    return Reason("announced_already", "The end of the period has been announced already. Nothing more is needed.")


def no_outage_unsettled(facts: Facts) -> Reason | None:
    """Nobody can announce an end that the service's own failure has moved."""
    if facts[LATER_END] is None:
        return None
    text = "The service failed before the end, so bids close later. Extend the period for the outage first."
    return Reason("outage_unsettled", text, OUTAGE)


def outage_counts(facts: Facts) -> Reason | None:
    if facts[LATER_END]:
        return None
    text = "The service did not fail for as long, or as near to the end, as the rules ask for. Bids close as published."
    return Reason("no_outage", text, OUTAGE)


def end_not_announced(facts: Facts) -> Reason | None:
    """Shares may have been released: a bid taken now could know what others offered."""
    if facts[CLOSING] is None:
        return None
    text = (
        "The end has been announced, so its entry in the ledger fixes which bids count. An outage found now extends "
        "nothing; whoever could not bid because of it can complain."
    )
    return Reason("announced_already", text, SECRECY)


def announced(facts: Facts) -> Reason | None:
    if facts[CLOSING]:
        return None
    text = "Announce the end of the period first; members check its entry in the ledger before they release shares."
    return Reason("not_announced", text, SECRECY)


def is_secret(facts: Facts) -> bool:
    """Before the end is announced no answer of ours may tell whether there are bids."""
    return facts[CLOSING] is None


def within_grace(facts: Facts) -> Reason | None:
    """The payload of a bid announced in time may follow for as long as the jurisdiction grants."""
    seconds, source = facts[GRACE]
    period = facts.periods.get("tenderPeriod")
    if period and facts.now < period.end + timedelta(seconds=seconds):
        return None
    text = "The time for sending what was announced in time is over. It lasts this many minutes: {minutes}."
    return Reason(GRACE_OVER, text, source, values={"minutes": str(seconds // 60)})


def nothing_awaited(facts: Facts) -> Reason | None:
    """Opening waits for announced payloads, but no longer than the grace lasts."""
    if is_secret(facts) or not facts[AWAITED] or within_grace(facts):
        return None
    text = "Bids announced in time that are still being sent: {count}. Wait until they are here or their time is over."
    return Reason("payload_awaited", text, facts[GRACE][1], values={"count": str(facts[AWAITED])})
