"""When an early notice may be published, commented on and closed. Pure."""

import re
from datetime import datetime, timedelta

from tenderwell.core.errors import Reason
from tenderwell.core.periods import Calendar
from tenderwell.core.procedure import Fact, Facts

HAS_NOTICE = Fact[bool]("engagement.has_notice", False)
IS_CLOSED = Fact[bool]("engagement.is_closed", False)
UNANSWERED = Fact[int]("engagement.unanswered", 0)
COMMENTS_TODAY = Fact[int]("engagement.comments_today", 0)  # by people who did not sign in
OWN_TODAY = Fact[int]("engagement.own_today", 0)  # by the acting person, when signed in

PERIOD = "engagementPeriod"
SHORTEST = 7  # days
MOST_A_DAY = 200  # comments on one notice within 24 hours; more than people write, less than a program can
MOST_OF_ONE = 20  # of one signed-in person within 24 hours
AGAIN = timedelta(hours=1)
HIDDEN_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def not_yet(facts: Facts) -> Reason | None:
    if not facts[HAS_NOTICE]:
        return None
    if facts[IS_CLOSED]:
        return Reason("notice_closed", "The early notice of this process is closed. It has only one.", "U4SSC 4.1.3")
    return Reason("notice_exists", "There is an early notice already. Answer its comments or close it.", "U4SSC 4.1.3")


def notice_open(facts: Facts) -> Reason | None:
    """Comments come while the notice is open, by the clock."""
    period = facts.periods.get(PERIOD)
    if period and period.is_open(facts.now) and not facts[IS_CLOSED]:
        return None
    return Reason("not_open", "The early notice is not open for comments now.", "U4SSC 4.1.3")


def not_flooded(facts: Facts) -> Reason | None:
    """Nobody can drown a notice: without an account all share one bound, with an account each has an own one."""
    if "person" in facts.roles:
        text = "You have commented very often today. Please come back tomorrow."
        return Reason("too_many_own", text) if facts[OWN_TODAY] >= MOST_OF_ONE else None
    if facts[COMMENTS_TODAY] < MOST_A_DAY:
        return None
    return Reason("too_many", "Very many comments came today. Sign in to comment now, or come back tomorrow.")


def plain_text(text: str, *, field: str) -> Reason | None:
    """No invisible sign that hides, turns or breaks what others read."""
    if not HIDDEN_SIGNS.search(text):
        return None
    return Reason("hidden_signs", "The text holds invisible signs. Write it again without them.", field=field)


def not_said(*, said_before: int) -> Reason | None:
    if not said_before:
        return None
    return Reason("said_already", "This very comment has just been published. It need not be sent again.", field="text")


def has_open_notice(facts: Facts) -> Reason | None:
    if facts[HAS_NOTICE] and not facts[IS_CLOSED]:
        return None
    return Reason("no_notice", "There is no early notice to work on.", "U4SSC 4.1.3")


def all_answered(facts: Facts) -> Reason | None:
    if not facts[UNANSWERED]:
        return None
    text = "Comments without an answer: {count}. Answer each of them first."
    return Reason("unanswered", text, "U4SSC 4.1.3", values={"count": str(facts[UNANSWERED])})


def period_over(facts: Facts) -> Reason | None:
    period = facts.periods.get(PERIOD)
    if period is None or period.is_over(facts.now):
        return None
    text = "The notice is open for comments until {until}."
    return Reason("still_open", text, "U4SSC 4.1.3", values={"until": period.end})


def long_enough(now: datetime, ends_at: datetime, calendar: Calendar) -> Reason | None:
    if ends_at - now >= calendar.length(SHORTEST):
        return None
    text = "Give people at least seven days to comment."
    if calendar.is_shortened:
        text = "Give people at least four minutes to comment: in practice a day lasts half a minute."
    return Reason("too_short", text, "U4SSC 4.1.3", "ends_at")


def market_answered(facts: Facts) -> Reason | None:
    """The tender waits for the end of its early notice: what people were asked may still change it."""
    if not facts[HAS_NOTICE] or facts[IS_CLOSED]:
        return None
    text = "The early notice is not closed: wait for its end, answer every comment, and close it."
    return Reason("notice_not_closed", text, "U4SSC 4.1.3")
