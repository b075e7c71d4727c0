"""How long a tender is open, what late changes bring, and which words shut firms out: without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core import jurisdiction
from tenderwell.core.jurisdiction import Jurisdiction, limit
from tenderwell.core.periods import Calendar, Period
from tenderwell.core.procedure import Fact, Facts
from tenderwell.workroom.process.rules import ESTIMATE, TWO_PEOPLE_ABOVE
from tenderwell.workroom.tendering import rules

DEMO = jurisdiction.get("demo_1")
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2034, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(["Africa/Nairobi", "Europe/Bucharest", "America/Santo_Domingo", "Pacific/Auckland"])
DAYS = st.dates(date(2021, 1, 1), date(2035, 1, 1))


def in_zone(zone: str, holidays: frozenset[date] = frozenset()) -> Jurisdiction:
    return replace(DEMO, calendar=Calendar(zone, holidays=holidays))


def earliest(now: datetime, law: Jurisdiction) -> datetime:
    return rules.earliest_close(now, law, procedure="open", method="open")[0]


def flaw(now: datetime, closes: datetime, law: Jurisdiction) -> str | None:
    found = rules.date_flaw(now, closes, now, law, procedure="open", method="open")
    return found.code if found else None


@given(MOMENTS, ZONES)
def test_no_tender_closes_before_the_law_allows(now: datetime, zone: str) -> None:
    law = in_zone(zone)
    end = earliest(now, law)
    local_days = end.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()
    assert local_days > timedelta(days=law.minimum_days["open"].days)
    assert flaw(now, end - SECOND, law) == "too_short"
    assert flaw(now, end, law) is None


@given(MOMENTS, ZONES, st.frozensets(DAYS, max_size=40))
def test_a_period_never_ends_with_a_day_off_and_holidays_never_shorten_it(
    now: datetime, zone: str, holidays: frozenset[date]
) -> None:
    law = in_zone(zone, holidays)
    last_day = (earliest(now, law).astimezone(ZoneInfo(zone)) - SECOND).date()
    assert law.calendar.is_working_day(last_day)
    assert earliest(now, law) >= earliest(now, in_zone(zone))


def test_a_day_counts_by_the_clocks_of_the_place_also_when_they_are_changed() -> None:
    law = in_zone("Europe/Bucharest")
    published = datetime(2026, 3, 20, 22, 30, tzinfo=UTC)  # the 21st there; clocks change on the 29th
    assert earliest(published, law) == datetime.combine(date(2026, 4, 7), time.min, ZoneInfo("Europe/Bucharest"))
    assert rules.shown_time(earliest(published, law), law) == "2026-04-07 00:00 UTC+03:00"
    assert rules.shown_time(published, law) == "2026-03-21 00:30 UTC+02:00"


def test_a_procedure_may_have_a_time_of_its_own() -> None:
    law = replace(DEMO, minimum_days={**DEMO.minimum_days, "short": limit(3, "test")})
    short, source = rules.earliest_close(NOW, law, procedure="short", method="open")
    assert short < earliest(NOW, law)
    assert source == "test"


def test_where_the_law_sets_no_time_the_period_must_still_lie_ahead() -> None:
    law = replace(DEMO, minimum_days={})
    assert flaw(NOW, NOW, law) == "too_short"
    assert flaw(NOW, NOW + SECOND, law) is None


def test_questions_end_before_bids_close() -> None:
    closes = earliest(NOW, DEMO)
    found = rules.date_flaw(NOW, closes, closes + SECOND, DEMO, procedure="open", method="open")
    assert found
    assert found.code == "questions_off"


@given(MOMENTS, ZONES, st.integers(1, 30))
def test_a_late_change_gives_the_days_of_the_law_again_and_never_less(now: datetime, zone: str, left: int) -> None:
    law, period = in_zone(zone), Period(now - DAY, now + timedelta(days=left))
    end = rules.end_after_late_change(now, period, law)
    assert end >= period.end
    assert end - now >= 3 * DAY - timedelta(hours=1)  # an hour less in the night when clocks go forward


@given(MOMENTS, st.integers(0, 30))
def test_what_is_over_stays_over(now: datetime, since: int) -> None:
    period = Period(now - timedelta(days=60), now - timedelta(days=since))
    assert rules.end_after_late_change(now, period, DEMO) == period.end


@pytest.mark.parametrize(
    ("text", "code"),
    [("The foreman decides", "gendered"), ("A Bosch drill", "brand_named"), ("A drill, Bosch or equivalent", None)],
)
def test_words_that_shut_suppliers_out_are_refused(text: str, code: str | None) -> None:
    found = rules.text_flaw(text, field="text")
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("10 years of experience", ["many_years"]),
        ("5 years of experience", []),
        ("A yearly turnover of at least 400,000", []),
        ("A yearly turnover of at least 400,001", ["high_turnover"]),
        ("A turnover above 1.5 million", ["high_turnover"]),
        ("A holistic view", ["jargon"]),
    ],
)
def test_what_is_only_doubtful_is_a_warning(text: str, codes: list[str]) -> None:
    assert [each.code for each in rules.warnings({"skills": text}, estimate=Decimal(200000))] == codes


def test_numbers_that_do_not_fit_are_a_warning() -> None:
    found = rules.proportion_warnings(
        estimate=Decimal(100), lots=[Decimal(60), Decimal(41)], questions=4 * DAY, linked=1, requirements=3
    )
    assert [each.code for each in found] == ["lots_above_estimate", "short_questions", "no_outcome"]


@pytest.mark.parametrize(
    ("estimate", "engagement", "codes"),
    [(250000, "none", []), (250001, "none", ["not_engaged"]), (9**9, "closed", [])],
)
def test_a_large_tender_needs_an_early_notice(estimate: int, engagement: str, codes: list[str]) -> None:
    values: dict[Fact[Any], Any] = {
        ESTIMATE: Decimal(estimate),
        rules.ENGAGED: engagement == "closed",
        rules.ENGAGEMENT_ABOVE: (Decimal(250000), "law"),
    }
    found = rules.engaged_when_large(Facts.of(now=NOW, values=values))
    assert [each.code for each in (found,) if each] == codes


@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        (["approver"], []),
        (["budget_holder"], []),
        (["lead"], ["needs_approver"]),
        (["lead", "approver"], ["needs_approver"]),
    ],
)
def test_above_the_limit_another_than_the_lead_publishes(roles: list[str], codes: list[str]) -> None:
    values: dict[Fact[Any], Any] = {ESTIMATE: Decimal(10001), TWO_PEOPLE_ABOVE: (Decimal(10000), "law")}
    found = rules.published_by_second(Facts.of(now=NOW, roles=roles, values=values))
    assert [each.code for each in (found,) if each] == codes


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("CPV", "45261210"),
        ("CPV", "45261210-9"),
        ("UNSPSC", "72152601"),
        ("UNSPSC", "7215260100"),
        ("CPV", ""),
        ("", "national-17"),
    ],
)
def test_a_code_of_its_classification_fits(scheme: str, code: str) -> None:
    assert rules.code_fits(scheme, code) is None


@pytest.mark.parametrize(
    ("scheme", "code"),
    [("CPV", "4526121"), ("CPV", "01000000"), ("CPV", "45261210-99"), ("CPV", "roofs"), ("UNSPSC", "99000000"),
     ("UNSPSC", "72152601-1"), ("CPV", "٤٥٢٦١٢١٠")],
)  # fmt: skip
def test_a_code_that_its_classification_does_not_know_is_told(scheme: str, code: str) -> None:
    reason = rules.code_fits(scheme, code)
    assert reason
    assert reason.message
