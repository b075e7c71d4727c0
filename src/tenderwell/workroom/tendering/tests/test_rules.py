"""What a tender must say and how long it must be open: cases without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.core.periods import Period
from tenderwell.core.procedure import Facts
from tenderwell.public.ocds import frozen
from tenderwell.workroom.procedures.jurisdictions.demo_1 import DEMO
from tenderwell.workroom.tendering import criteria, rules
from tenderwell.workroom.tendering.criteria import Row

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = timedelta(days=1)
NUMBERS = count(1)
EARLIEST, LATEST = datetime(2021, 1, 1), datetime(2034, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))


def row(kind="quality", weight="50", **given):
    return Row(**{"title": f"Criterion {next(NUMBERS)}", "kind": kind, "weight": Decimal(weight), "floor": None, "formula": "linear", **given})


def codes(rows, price_reason=""):
    return [reason.code for reason in criteria.flaws(rows, price_reason=price_reason) if reason]


@given(MOMENTS)
def test_no_tender_closes_before_the_law_allows(now):
    earliest, source = rules.earliest_close(now, DEMO, procedure="open", method="open")
    assert earliest - now >= 14 * DAY
    assert source
    flaw = rules.date_flaw(now, earliest - timedelta(seconds=1), now, DEMO, procedure="open", method="open")
    assert flaw.code == "too_short"
    assert rules.date_flaw(now, earliest, now, DEMO, procedure="open", method="open") is None


def test_a_procedure_may_have_a_time_of_its_own():
    own = DEMO.minimum_days | {"short": DEMO.standstill_days}
    law = type(DEMO)(**{**DEMO.__dict__, "minimum_days": own})
    short, _ = rules.earliest_close(NOW, law, procedure="short", method="open")
    usual, _ = rules.earliest_close(NOW, law, procedure="open", method="open")
    assert short < usual


@given(MOMENTS, st.integers(1, 30))
def test_a_late_change_gives_the_days_of_the_law_again_and_never_less_time(now, left):
    period = Period(now - DAY, now + timedelta(days=left))
    end = rules.end_after_late_change(now, period, DEMO)
    assert end >= period.end
    assert end - now >= 3 * DAY - timedelta(hours=1)


def test_weights_make_100():
    assert codes([row(weight="60"), row("price", "40")]) == []
    assert codes([row(weight="55"), row("price", "40")]) == ["weights"]


def test_price_above_quality_needs_a_reason():
    rows = [row(weight="40"), row("price", "60")]
    assert codes(rows) == ["price_above_quality"]
    assert codes(rows, price_reason="The product is a standard one.") == []


def test_every_flaw_of_the_criteria_is_told():
    rows = [row(weight="10", floor=Decimal(9)), row("pass_fail", "5"), row("price", "10"), row("price", "10")]
    assert codes(rows) == ["weights", "price_above_quality", "floor_off_scale", "weight_of_gate", "two_prices"]


@pytest.mark.parametrize(
    "text", ["2: b\n1: a", "1: a", "x: a\n2: b", "1 a\n2 b", "1: \n2: b", "1: a\n1: b", "١: a\n2: b"]
)
def test_a_scale_that_can_be_misread_is_refused(text):
    with pytest.raises(criteria.NoScale):
        criteria.read_scale(text)


@given(st.permutations(["lot", "places", "tieBreak", "criteria"]))
def test_the_hash_of_the_criteria_does_not_depend_on_the_order_of_keys(order):
    tree = criteria.tree([row(weight="100")], lot="", places=2, tie_break=["lowest_price"], low_share=None)
    assert frozen([{key: tree[key] for key in order}])[1] == frozen([tree])[1]


@pytest.mark.parametrize(
    ("text", "code"),
    [("The foreman decides", "gendered"), ("A Bosch drill", "brand_named"), ("A drill, Bosch or equivalent", None)],
)
def test_words_that_shut_suppliers_out_are_refused(text, code):
    found = rules.text_flaw(text, field="text")
    assert (found.code if found else None) == code


def test_what_is_only_doubtful_is_a_warning():
    texts = {"skills": "10 years of experience and a turnover of at least 900,000", "problem": "A holistic view"}
    found = [reason.code for reason in rules.warnings(texts, estimate=Decimal(200000))]
    assert found == ["many_years", "high_turnover", "jargon"]


@pytest.mark.parametrize(
    ("estimate", "engaged", "refused"), [(250000, False, False), (250001, False, True), (9**9, True, False)]
)
def test_a_large_tender_needs_an_early_notice(estimate, engaged, refused):
    values = {
        rules.ESTIMATE: Decimal(estimate),
        rules.ENGAGED: engaged,
        rules.ENGAGEMENT_ABOVE: (Decimal(250000), "law"),
    }
    assert bool(rules.engaged_when_large(Facts.of(now=NOW, values=values))) is refused
