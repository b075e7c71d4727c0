"""The rules on their own: deadlines to the second, committees, turns, what a header must say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.periods import Period
from tenderwell.core.procedure import Fact, Facts, Guard
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.workroom.bidding import rules

END = datetime(2026, 4, 1, 12, tzinfo=UTC)
OPEN = Period(END - timedelta(days=30), END)
SECOND = timedelta(seconds=1)
KEYS = [recipient_of(new_identity(Suite.X25519)) for _ in range(5)]


def facts(now: datetime, **values: object) -> Facts:
    given = {fact: values[name] for name, fact in vars(rules).items() if isinstance(fact, Fact) and name in values}
    return Facts.of(now=now, state="tendering", periods={"tenderPeriod": OPEN}, values=given)


def codes(*guards: Guard, now: datetime = END, **values: object) -> list[str]:
    return [reason.code for guard in guards if (reason := guard(facts(now, **values)))]


@pytest.mark.parametrize(("offset", "found"), [(-1, []), (0, ["period_over"]), (1, ["period_over"])])
def test_at_the_end_instant_the_period_is_over(offset: int, found: list[str]) -> None:
    assert codes(rules.before_deadline, now=END + offset * SECOND) == found


@given(st.integers(min_value=-10_000_000, max_value=10_000_000))
def test_a_bid_is_either_in_time_or_late(microseconds: int) -> None:
    now = END + timedelta(microseconds=microseconds)
    assert len(codes(rules.before_deadline, rules.after_deadline, now=now)) == 1


def test_after_the_announcement_no_stamp_is_early_enough() -> None:
    assert codes(rules.before_deadline, now=END - SECOND, CLOSING=END) == ["period_over"]


def test_the_end_is_announced_only_after_what_was_stamped_in_time_is_written() -> None:
    assert codes(rules.drained, now=END + rules.DRAIN - SECOND) == ["still_arriving"]
    assert codes(rules.drained, now=END + rules.DRAIN) == []


def test_before_the_announcement_no_answer_tells_whether_there_are_bids() -> None:
    guards = (rules.has_bids, rules.has_no_bids, rules.nothing_awaited, rules.not_released)
    for count in (0, 7):
        assert codes(*guards, CURRENT_BIDS=count, AWAITED=count, HAS_RELEASED=bool(count)) == []


def test_opening_waits_for_announced_payloads_but_not_longer_than_the_grace() -> None:
    waiting = {"CLOSING": END, "AWAITED": 1, "GRACE": (900, "Art. 1")}
    assert codes(rules.nothing_awaited, now=END + timedelta(seconds=899), **waiting) == ["payload_awaited"]
    assert codes(rules.nothing_awaited, now=END + timedelta(seconds=900), **waiting) == []


@pytest.mark.parametrize(
    ("k", "organisations", "found"),
    [
        (2, "BBA", []),
        (3, "BBA", ["committee_rules"]),
        (1, "BBA", ["committee_rules", "committee_too_small"]),
        (2, "BBB", ["no_outside_member"]),
        (2, "BA", ["committee_rules", "committee_rules", "committee_too_small"]),
        (3, "BBBAA", []),
    ],
)
def test_a_committee_has_an_outside_member_and_can_spare_one(k: int, organisations: str, found: list[str]) -> None:
    holders = [rules.KeyHolder(key, name) for key, name in zip(KEYS, organisations, strict=False)]
    reasons = rules.committee_reasons(holders, k=k, buyer="B", minimum=(2, 3))
    assert [reason.code for reason in reasons if reason] == found


def test_one_key_is_no_two_members() -> None:
    holders = [rules.KeyHolder(KEYS[0], "B"), rules.KeyHolder(KEYS[0], "A"), rules.KeyHolder(KEYS[1], "A")]
    (reason,) = filter(None, rules.committee_reasons(holders, k=2, buyer="B", minimum=(2, 3)))
    assert "two members have one key" in reason.message


@pytest.mark.parametrize("key", ["", "A" * 43 + "="])
def test_a_signing_key_is_none_or_32_bytes(key: str) -> None:
    assert rules.signing_key_flaw(key) is None


@pytest.mark.parametrize("key", ["AAAA", "no base64", "Ä" * 44])
def test_anything_else_is_no_signing_key(key: str) -> None:
    assert getattr(rules.signing_key_flaw(key), "code", "") == "signing_key"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading_of_a_header(raw: bytes) -> None:
    assert getattr(rules.read_header(raw), "code", "") == "header_malformed"
