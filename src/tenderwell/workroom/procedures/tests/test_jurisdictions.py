"""What jurisdictions state: each number with its source, and the Union's minimum as the directives have it."""

import re
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tenderwell.core import jurisdiction
from tenderwell.core.jurisdiction import Jurisdiction, Limit
from tenderwell.core.periods import end_of_days
from tenderwell.workroom import procedures

procedures.load()
ALL = jurisdiction.all_jurisdictions()
UNION = jurisdiction.get("eu_1")


def limits(law: Jurisdiction) -> list[Limit]:
    held = [getattr(law, field.name) for field in fields(law)]
    return [each for each in (*held, *law.minimum_days.values()) if isinstance(each, Limit)]


@pytest.mark.parametrize("law", ALL, ids=lambda law: law.key)
def test_every_number_names_its_source(law: Jurisdiction) -> None:
    assert all(each.source and each.value >= 0 for each in limits(law))
    k, n = law.minimum_committee
    assert 1 < k <= n


@pytest.mark.parametrize(
    ("found", "value", "source"),
    [
        (UNION.minimum_days["open"], "30", "2014/24/EU Art. 27(1) and 27(4)"),
        (UNION.minimum_days["selective"], "25", "2014/24/EU Art. 28(2) and 28(5)"),
        (UNION.late_answer_days, "6", "2014/24/EU Art. 47(3)"),
        (UNION.standstill_days, "10", "89/665/EEC Art. 2a(2)"),
        (UNION.complaint_days, "10", "89/665/EEC Art. 2c"),
        (UNION.payment_days, "30", "2011/7/EU Art. 4(3)"),
        (UNION.change_limit("services"), "0.10", "2014/24/EU Art. 72(2)"),
        (UNION.change_limit("goods"), "0.10", "2014/24/EU Art. 72(2)"),
        (UNION.change_limit("works"), "0.15", "2014/24/EU Art. 72(2)"),
    ],
)
def test_the_union_s_minimum_is_what_its_directives_say(found: Limit, value: str, source: str) -> None:
    assert found.value == Decimal(value)
    assert found.source.startswith(source)


def test_the_union_has_no_holidays_of_its_own_and_no_value_below_which_anything_goes() -> None:
    assert UNION.calendar.is_working_day(date(2026, 12, 25))  # a Friday; member states say which days are holidays
    assert not UNION.calendar.is_working_day(date(2026, 12, 26))
    assert UNION.direct_below is None
    assert UNION.two_people_above.value == 0


def test_in_practice_only_the_days_are_other_than_in_the_demo() -> None:
    demo, practice = jurisdiction.get("demo_1"), jurisdiction.get("practice_1")
    assert practice.is_practice
    assert not any(law.is_practice for law in ALL if law is not practice)
    assert practice.describe()["calendar"]["day_seconds"] == 30
    assert limits(practice) == limits(demo)


@pytest.mark.parametrize(
    ("sent", "days", "end"),
    [
        (datetime(2026, 3, 2, 10, tzinfo=UTC), 10, datetime(2026, 3, 12, 23, tzinfo=UTC)),  # Thursday, whole
        (datetime(2026, 3, 4, 10, tzinfo=UTC), 10, datetime(2026, 3, 16, 23, tzinfo=UTC)),  # Saturday to Monday
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), 10, datetime(2026, 3, 13, 23, tzinfo=UTC)),  # Tuesday in Brussels
    ],
)
def test_days_are_counted_as_regulation_1182_71_does(sent: datetime, days: int, end: datetime) -> None:
    """The day of the event is not counted; a last day on a weekend moves to the next working day."""
    assert end_of_days(sent, days, UNION.calendar) == end


# Where each article of Directive 89/665/EEC that is cited was read; what nobody could read is not cited.
READ = {
    "1": "CJEU C-54/18, on Articles 1 and 2c",
    "1(3)": "CJEU C-230/02",
    "2": "CJEU C-303/22",
    "2(1)": "CJEU C-230/02 on 2(1)(b), C-547/22 on 2(1)(c)",
    "2(3)": "CJEU C-303/22",
    "2a": "CJEU C-303/22, on 2a(2)",
    "2a(2)": "CJEU C-303/22",
    "2b(a)": "the consolidated text, Article 2b",
    "2c": "CJEU C-54/18",
    "2d": "the consolidated text, Article 2d",
    "2d(1)(a)": "the consolidated text, Article 2d",
    "2f(1)": "the consolidated text, Article 2f",
}


def test_every_article_on_complaints_that_is_cited_was_read() -> None:
    cited: set[str] = set()
    for path in Path(procedures.__file__).parents[2].rglob("*.py"):
        for articles in re.findall(r"89/665/EEC Art\. ([0-9a-z()]+(?: and [0-9a-z()]+)*)", path.read_text("utf-8")):
            cited.update(articles.split(" and "))
    assert cited == READ.keys()
