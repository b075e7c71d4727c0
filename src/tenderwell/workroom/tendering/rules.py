"""What a tender must say, how long it must be open, and what late changes bring. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from tenderwell.core.errors import Reason
from tenderwell.core.jurisdiction import Jurisdiction
from tenderwell.core.periods import Period, end_of_days
from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.planning.rules import LEFT_OUT, brand_named
from tenderwell.workroom.process.rules import ESTIMATE, TWO_PEOPLE_ABOVE

MISSING_FIELDS = Fact[tuple[str, ...]]("tendering.missing_fields", ("requirements",))
HAS_WHAT = Fact[bool]("tendering.has_what", False)  # items or lots
HAS_CRITERIA = Fact[bool]("tendering.has_criteria", False)
DATE_FLAW = Fact[Reason | None]("tendering.date_flaw", Reason("no_dates", "Set the dates.", field="closes_at"))
COMMITTEE_READY = Fact[bool]("tendering.committee_ready", False)  # answered by bidding
ENGAGED = Fact[bool]("tendering.engaged", False)
UNANSWERED = Fact[int]("tendering.unanswered", 0)  # questions that wait for an answer; for stages after the closing
ENGAGEMENT_ABOVE = Fact[tuple[Decimal, str] | None]("tendering.engagement_above", None)

JARGON = re.compile(
    r"\b(leverage|holistic|paradigm|best[- ]of[- ]breed|turnkey|synerg\w+|utili[sz]e|aforementioned)\b", re.I
)
GENDERED = re.compile(r"\b(he|him|his|she|her|hers|chairman|foreman|manpower|workmen|businessman)\b", re.IGNORECASE)
TURNOVER = re.compile(r"turnover[^.]{0,60}?([0-9][0-9 ,.]*)\s*(thousand|million|billion)?", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
THOUSANDS = {"thousand": 1, "million": 2, "billion": 3}
YEARS = re.compile(r"\b(\d{1,2})\s+years[^.]{0,40}(experience|in business)", re.IGNORECASE)
MOST_YEARS = 5
# First two digits that the classifications know. Sources: Regulation (EC) 213/2008; the UNSPSC's segments.
CPV = (
    "03 09 14 15 16 18 19 22 24 30 31 32 33 34 35 37 38 39 41 42 43 44 45 48 50 51 55 60 63 64 65 66 70 71 72 73 75 76"
    " 77 79 80 85 90 92 98"
)
UNSPSC = (
    "10 11 12 13 14 15 20 21 22 23 24 25 26 27 30 31 32 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 60 64"
    " 70 71 72 73 76 77 78 80 81 82 83 84 85 86 90 91 92 93 94 95"
)
DIVISIONS = {"CPV": frozenset(CPV.split()), "UNSPSC": frozenset(UNSPSC.split())}
CODES = {"CPV": re.compile(r"[0-9]{8}(-[0-9])?"), "UNSPSC": re.compile(r"[0-9]{8}([0-9]{2})?")}
EXAMPLES = {"CPV": "45261210 or 45261210-9", "UNSPSC": "72152601"}
SHORT_QUESTIONS = timedelta(days=5)


def brief_complete(facts: Facts) -> Reason | None:
    missing: tuple[str, ...] = facts[MISSING_FIELDS]
    if not missing:
        return None
    text = "The requirements do not say: {fields}."
    values = {"fields": missing}
    return Reason("brief_incomplete", text, "U4SSC 4.2.1", values=values)


def says_what(facts: Facts) -> Reason | None:
    if facts[HAS_WHAT]:
        return None
    return Reason("nothing_to_buy", "Add at least one item or lot.", "2014/24/EU Art. 46; U4SSC 4.2.1")


def has_criteria(facts: Facts) -> Reason | None:
    if facts[HAS_CRITERIA]:
        return None
    return Reason("no_criteria", "Set the criteria by which bids are compared.", "2014/24/EU Art. 67; U4SSC 4.2.2")


def dates_fit(facts: Facts) -> Reason | None:
    """Dates are judged again at the moment of publication."""
    return facts[DATE_FLAW]


def committee_ready(facts: Facts) -> Reason | None:
    if facts[COMMITTEE_READY]:
        return None
    text = "Name the opening committee first: bidders encrypt their bids to it."
    return Reason("no_committee", text, "2014/24/EU Annex IV; U4SSC 4.3.2")


def engaged_when_large(facts: Facts) -> Reason | None:
    limit = facts[ENGAGEMENT_ABOVE]
    if limit is None or facts[ESTIMATE] <= limit[0] or facts[ENGAGED] or "4.1.3" in facts[LEFT_OUT]:
        return None
    text = (
        "Above {limit} the market is asked early: publish an early notice and close it, or say why it does not apply."
    )
    return Reason("not_engaged", text, limit[1], values={"limit": limit[0]})


def published_by_second(facts: Facts) -> Reason | None:
    """Above the limit whoever wrote the tender does not also release it."""
    limit, source = facts[TWO_PEOPLE_ABOVE]
    if facts[ESTIMATE] <= limit or (facts.roles & {"approver", "budget_holder"} and "lead" not in facts.roles):
        return None
    text = "Above {limit} an approver or the budget holder publishes, not the lead."
    return Reason("needs_approver", text, source, values={"limit": limit})


def shown_time(moment: datetime, law: Jurisdiction) -> str:
    """The instant as clocks of the place show it, with its zone: "2026-04-01 10:00 UTC+03:00"."""
    local = moment.astimezone(ZoneInfo(law.calendar.zone))
    offset = f"{local:%z}"
    return f"{local:%Y-%m-%d %H:%M} UTC{offset[:3]}:{offset[3:5]}"


def earliest_close(now: datetime, law: Jurisdiction, *, procedure: str, method: str) -> tuple[datetime, str]:
    """The first instant at which bids may close, and the article that says so; `now` where the law sets no time."""
    shortest = law.minimum_days.get(procedure) or law.minimum_period(method)
    if shortest is None:
        return now, ""
    return end_of_days(now, shortest.days, law.calendar), shortest.source


def date_flaw(
    now: datetime, closes: datetime, questions: datetime, law: Jurisdiction, *, procedure: str, method: str
) -> Reason | None:
    """Why these dates are too short for a tender published `now`; times aware UTC."""
    earliest, source = earliest_close(now, law, procedure=procedure, method=method)
    if closes <= now or closes < earliest:
        text = "Bids cannot close before {earliest}. Choose a later time."
        values = {"earliest": earliest.astimezone(ZoneInfo(law.calendar.zone))}
        return Reason("too_short", text, source, "closes_at", values)
    if not now <= questions <= closes:
        return Reason("questions_off", "Questions must end before bids close.", field="questions_until")
    return None


def questions_end(closes: datetime, law: Jurisdiction) -> datetime:
    """The usual end of questions: as many days before the closing as the law wants for answers."""
    return closes - law.calendar.length(law.question_days.days if law.question_days else 0)


def end_after_late_change(now: datetime, period: Period, law: Jurisdiction) -> datetime:
    """When bids close after an answer or change at `now`: late ones give bidders the days of the law again.

    A period that is over stays over. Source: 2014/24/EU Art. 47(3); UNCITRAL Model Law 2011 Art. 15(3).
    """
    if law.late_answer_days is None or period.is_over(now):
        return period.end
    return max(period.end, end_of_days(now, law.late_answer_days.days, law.calendar))


def questions_open(facts: Facts) -> Reason | None:
    period = facts.periods.get("enquiryPeriod")
    if period and period.is_open(facts.now):
        return None
    return Reason("questions_over", "The time for questions is over.", "U4SSC 4.2.4")


def all_answered(facts: Facts) -> Reason | None:
    """For what happens after the closing: no question is left in a drawer."""
    if not facts[UNANSWERED]:
        return None
    text = "Questions of bidders without an answer: {count}. Answer them first; the answers are published."
    return Reason("questions_unanswered", text, "U4SSC 4.2.4", values={"count": str(facts[UNANSWERED])})


def asker_unnamed(text: str, *, names: Collection[str]) -> Reason | None:
    """A question is published word for word, so it must not give its asker away."""
    given = [name for name in names if len(name) > 2 and name.casefold() in text.casefold()] + ADDRESS.findall(text)
    if not given:
        return None
    words = "“{words}” shows who asks. Leave it out: the question is published word for word."
    return Reason("asker_named", words, "U4SSC 4.2.4", "text", {"words": given[0]})


def later_than(now_end: datetime, new_end: datetime) -> Reason | None:
    """A period is only ever made longer."""
    if new_end > now_end:
        return None
    text = "The new end must be after the present one."
    return Reason("not_longer", text, "UNCITRAL Model Law 2011 Art. 14(4)", "closes_at")


def lots_known(lot: str, lots: Collection[str], *, field: str = "lot") -> Reason | None:
    if not lot or lot in lots:
        return None
    return Reason("no_such_lot", "There is no lot “{lot}”.", field=field, values={"lot": lot})


def code_fits(scheme: str, code: str) -> Reason | None:
    """A code of the form and the division that its classification knows; none is needed, nor one of these schemes."""
    if not code or not scheme:
        return None
    if CODES[scheme].fullmatch(code) and code[:2] in DIVISIONS[scheme]:
        return None
    text = "“{code}” is no code of {scheme}. Write one like {example}, or leave it empty."
    values = {"code": code, "scheme": scheme, "example": EXAMPLES[scheme]}
    return Reason("no_such_code", text, "2014/24/EU Art. 23", "classification", values)


def text_flaw(text: str, *, field: str) -> Reason | None:
    """What shuts suppliers out for no reason: a brand, or a word for one gender."""
    found = GENDERED.search(text)
    if found:
        words = "“{word}” names one gender. Use “they” or the role."
        return Reason("gendered", words, "U4SSC 4.2.1", field, {"word": found[0]})
    return brand_named(text, field=field)


def warnings(texts: Mapping[str, str], *, estimate: Decimal) -> list[Reason]:
    """What to look at again before publishing; none of it stops anybody."""
    found = []
    for name, text in texts.items():
        if word := JARGON.search(text):
            found.append(Reason("jargon", "“{word}” is hard to understand.", "U4SSC 4.2.1", name, {"word": word[0]}))
        if years := YEARS.search(text):
            found += too_many_years(int(years[1]), name)
        if turnover := TURNOVER.search(text):
            found += high_turnover(turnover[1], turnover[2] or "", estimate, name)
    return found


def too_many_years(years: int, name: str) -> list[Reason]:
    if years <= MOST_YEARS:
        return []
    text = "So much experience shuts young firms out. Years asked for: {years}. Is it needed?"
    return [Reason("many_years", text, "U4SSC 4.2.1", name, {"years": str(years)})]


def high_turnover(written: str, unit: str, estimate: Decimal, name: str) -> list[Reason]:
    """Turnover asked for should not be above twice the value. Source: 2014/24/EU Art. 58(3)."""
    digits = re.sub(r"[ ,]", "", written).rstrip(".")
    if not digits.replace(".", "", 1).isdigit():
        return []
    if Decimal(digits) * 1000 ** THOUSANDS.get(unit.lower(), 0) <= 2 * estimate:
        return []
    text = "The turnover asked for is more than twice the estimated value. Small firms are shut out."
    return [Reason("high_turnover", text, "2014/24/EU Art. 58(3)", name)]


def proportion_warnings(
    *, estimate: Decimal, lots: Collection[Decimal], questions: timedelta | None, linked: int, requirements: int
) -> list[Reason]:
    """What numbers give away before publishing. questions: time to ask; linked: requirements that name an outcome."""
    found = []
    if lots and sum(lots) > estimate:
        text = "The lots are worth {lots} together, more than the estimate of {estimate}. Correct one of them."
        values = {"lots": str(sum(lots)), "estimate": str(estimate)}
        found.append(Reason("lots_above_estimate", text, "2014/24/EU Art. 5(8)", values=values))
    if questions is not None and questions < SHORT_QUESTIONS:
        text = "Bidders have less than five days to ask questions. Let questions end later."
        found.append(Reason("short_questions", text, "U4SSC 4.2.3", "questions_until"))
    if linked < requirements:
        text = "Requirements that serve no outcome of the plan: {count}. Are they needed?"
        found.append(Reason("no_outcome", text, "U4SSC 4.2.1", values={"count": str(requirements - linked)}))
    return found
