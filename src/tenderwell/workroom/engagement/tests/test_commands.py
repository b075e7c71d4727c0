"""An early notice: anybody comments, every comment is answered, what changed is published."""

from datetime import timedelta
from typing import Any

import pytest

from tenderwell.core.command import commands, perform, refusals
from tenderwell.core.errors import Refused
from tenderwell.public.record.models import Record
from tenderwell.workroom.engagement import commands as c
from tenderwell.workroom.engagement.tests.journey import noticed as noticed_at
from tenderwell.workroom.planning.tests.journey import planned, staffed
from tenderwell.workroom.process.tests.personas import NOW, personas

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def published(process: Any) -> Record:
    return Record.objects.get(ocid=process.ocid)


def noticed() -> Any:
    process = planned()
    data = c.PublishEarlyNotice(
        title="Roofs of schools", text="Which roofs last longest in our climate?", ends_at=NOW + 14 * DAY
    )
    perform(c.publish_early_notice, personas().ada, process.ocid, data, now=NOW)
    return process


def comment(process: Any, *, now: Any = NOW + DAY, **given: Any) -> Any:
    data = c.MakeComment(**{"text": "Ask for tiles.", **given})
    return perform(c.comment, personas().finn, process.ocid, data, now=now)


def close(process: Any, now: Any = NOW + 15 * DAY) -> Any:
    data = c.CloseEngagement(changes="Tiles are now allowed as well.")
    return perform(c.close_engagement, personas().ada, process.ocid, data, now=now)


def test_a_citizen_without_an_account_comments_and_gets_an_answer() -> None:
    process = noticed()
    comment(process, author="Finn")
    answer = c.AnswerComment(comment="comment-1", answer="We will.", effect="Tiles allowed")
    perform(c.answer_comment, personas().ada, process.ocid, answer, now=NOW + 2 * DAY)
    close(process)
    engagement = published(process).compiled["planning"]["engagement"]
    assert engagement["comments"][0]["answer"] == "We will."
    assert engagement["changes"].startswith("Tiles")


def test_the_early_notice_says_by_which_rules() -> None:
    process = staffed(jurisdiction="practice_1")
    noticed_at(process)
    assert published(process).compiled["rules"]["daySeconds"] == 30


def test_the_notice_is_not_closed_over_an_unanswered_comment() -> None:
    process = noticed()
    comment(process)
    with pytest.raises(Refused, match="still_open; unanswered"):
        close(process, now=NOW + DAY)


def test_a_comment_at_the_end_instant_comes_too_late() -> None:
    process = noticed()
    comment(process, now=NOW + 14 * DAY - timedelta(seconds=1))
    with pytest.raises(Refused, match="not_open"):
        comment(process, now=NOW + 14 * DAY)


def test_a_flood_of_comments_is_bounded() -> None:
    process = noticed()
    for number in range(200):
        comment(process, text=f"Comment number {number}.")
    with pytest.raises(Refused, match="too_many"):
        comment(process)
    comment(process, now=NOW + 3 * DAY)


def test_people_get_a_week_at_least() -> None:
    process = planned()
    data = c.PublishEarlyNotice(title="Roofs", text="Which roofs last longest?", ends_at=NOW + 6 * DAY)
    with pytest.raises(Refused, match="too_short"):
        perform(c.publish_early_notice, personas().ada, process.ocid, data, now=NOW)


def test_a_bidder_cannot_publish_a_notice() -> None:
    process = planned()
    data = c.PublishEarlyNotice(title="Roofs", text="Which roofs last longest?", ends_at=NOW + 9 * DAY)
    with pytest.raises(Refused, match="wrong_role"):
        perform(c.publish_early_notice, personas().bob, process.ocid, data, now=NOW)


def test_no_tender_is_published_while_the_early_notice_is_open() -> None:
    process, publish = noticed(), commands["tendering.publish_tender"]
    codes = [reason.code for reason in refusals(publish, personas().ada, process, now=NOW + 15 * DAY)]
    assert "notice_not_closed" in codes
    close(process)
    codes = [reason.code for reason in refusals(publish, personas().ada, process, now=NOW + 15 * DAY)]
    assert "no_criteria" in codes and "notice_not_closed" not in codes
