"""When an early notice may be published, commented on and closed. Pure."""

from datetime import datetime, timedelta

from tenderwell.core.errors import Reason
from tenderwell.core.procedure import Fact, Facts

HAS_NOTICE = Fact[bool]("engagement.has_notice", False)
IS_CLOSED = Fact[bool]("engagement.is_closed", False)
UNANSWERED = Fact[int]("engagement.unanswered", 0)
COMMENTS_TODAY = Fact[int]("engagement.comments_today", 0)

PERIOD = "engagementPeriod"
SHORTEST = timedelta(days=7)
MOST_A_DAY = 200  # comments on one notice within 24 hours; more than people write, less than a program can


def not_yet(facts: Facts) -> Reason | None:
    if not facts[HAS_NOTICE]:
        return None
    return Reason("notice_exists", "There is an early notice already. Answer its comments or close it.", "U4SSC 4.1.3")


def notice_open(facts: Facts) -> Reason | None:
    """Comments come while the notice is open, by the clock."""
    period = facts.periods.get(PERIOD)
    if period and period.is_open(facts.now) and not facts[IS_CLOSED]:
        return None
    return Reason("not_open", "The early notice is not open for comments now.", "U4SSC 4.1.3")


def not_flooded(facts: Facts) -> Reason | None:
    if facts[COMMENTS_TODAY] < MOST_A_DAY:
        return None
    return Reason("too_many", "Very many comments came today. Please come back tomorrow; nothing you wrote is lost.")


def has_open_notice(facts: Facts) -> Reason | None:
    if facts[HAS_NOTICE] and not facts[IS_CLOSED]:
        return None
    return Reason("no_notice", "There is no early notice to work on.", "U4SSC 4.1.3")


def all_answered(facts: Facts) -> Reason | None:
    if not facts[UNANSWERED]:
        return None
    text = "{count} comments have no answer yet. Answer each of them first."
    return Reason("unanswered", text, "U4SSC 4.1.3", values={"count": str(facts[UNANSWERED])})


def period_over(facts: Facts) -> Reason | None:
    period = facts.periods.get(PERIOD)
    if period is None or period.is_over(facts.now):
        return None
    text = "The notice is open for comments until {until}."
    return Reason("still_open", text, "U4SSC 4.1.3", values={"until": f"{period.end:%Y-%m-%d %H:%M %Z}"})


def long_enough(now: datetime, ends_at: datetime) -> Reason | None:
    if ends_at - now >= SHORTEST:
        return None
    text = "Give people at least seven days to comment."
    return Reason("too_short", text, "U4SSC 4.1.3", "ends_at")
