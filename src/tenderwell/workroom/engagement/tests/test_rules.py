"""When a notice takes comments and can be closed: cases without a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.errors import Reason
from tenderwell.core.periods import Calendar, Period
from tenderwell.core.procedure import Facts
from tenderwell.workroom.engagement import rules

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
END = NOW + timedelta(days=14)


def facts(*, now: datetime = NOW, roles: Any = (), values: Any = None, is_noticed: bool = True) -> Facts:
    periods = {rules.PERIOD: Period(NOW, END)} if is_noticed else {}
    return Facts.of(now=now, roles=roles, periods=periods, values=values or {})


def code(reason: Reason | None) -> str:
    return reason.code if reason else ""


@given(st.timedeltas(timedelta(days=-30), timedelta(days=30)))
def test_a_notice_is_either_open_or_over_or_not_begun(shift: timedelta) -> None:
    now = END + shift
    is_open = rules.notice_open(facts(now=now)) is None
    assert is_open == (NOW <= now < END)
    assert not (is_open and rules.period_over(facts(now=now)) is None)


def test_a_closed_notice_takes_no_comment_though_its_period_runs() -> None:
    assert code(rules.notice_open(facts(values={rules.IS_CLOSED: True}))) == "not_open"
    assert code(rules.notice_open(facts(is_noticed=False))) == "not_open"


@pytest.mark.parametrize(
    ("roles", "values", "expected"),
    [
        ((), {rules.COMMENTS_TODAY: 199}, ""),
        ((), {rules.COMMENTS_TODAY: 200}, "too_many"),
        (("person",), {rules.COMMENTS_TODAY: 200}, ""),
        (("person",), {rules.OWN_TODAY: 19}, ""),
        (("person",), {rules.OWN_TODAY: 20}, "too_many_own"),
    ],
)
def test_a_flood_stops_only_those_who_make_it(roles: Any, values: Any, expected: str) -> None:
    assert code(rules.not_flooded(facts(roles=roles, values=values))) == expected


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [("Two\nlines\tand a tab", True), ("مرحبا", True), ("a\x00b", False), ("fdp\u202eexe", False), ("\x1b[2J", False)],
)
def test_hidden_signs_are_refused(text: str, is_plain: Any) -> None:
    assert (rules.plain_text(text, field="text") is None) is is_plain


@pytest.mark.parametrize(("days", "expected"), [(6, "too_short"), (7, ""), (30, "")])
def test_people_have_a_week_at_least(days: int, expected: str) -> None:
    assert code(rules.long_enough(NOW, NOW + timedelta(days=days), Calendar("UTC"))) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(209, "too_short"), (210, "")])
def test_in_practice_they_have_minutes(seconds: int, expected: str) -> None:
    practice = Calendar("UTC", day=timedelta(seconds=30))
    assert code(rules.long_enough(NOW, NOW + timedelta(seconds=seconds), practice)) == expected


def test_there_is_one_notice_and_the_reason_says_where_it_stands() -> None:
    assert rules.not_yet(facts()) is None
    assert code(rules.not_yet(facts(values={rules.HAS_NOTICE: True}))) == "notice_exists"
    closed = {rules.HAS_NOTICE: True, rules.IS_CLOSED: True}
    assert code(rules.not_yet(facts(values=closed))) == "notice_closed"


def test_every_comment_is_answered_first() -> None:
    reason = rules.all_answered(facts(values={rules.UNANSWERED: 3}))
    assert reason
    assert reason.message.startswith("Comments without an answer: 3.")
