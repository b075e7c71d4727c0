"""A citizen reads, comments and comes back to the public page; a draft shows nothing; the team answers."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tenderwell.public.record.reading import record_of
from tenderwell.workroom.engagement.models import Comment
from tenderwell.workroom.engagement.tests.journey import engaged, noticed
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.planning.tests.journey import planned, staffed
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import NOW, begun, personas

pytestmark = pytest.mark.django_db
NEXT_DAY = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    moments = [NEXT_DAY]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def address(process: Process, verb: str = "comment") -> str:
    return reverse("desk:command", args=(process.ocid, "engagement", verb))


def signed_in(name: str) -> Client:
    client = Client()
    person = Person.objects.get(pk=getattr(personas(), name).id)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_citizen_comments_without_an_account_and_comes_back_to_the_public_page() -> None:
    process = noticed(planned())
    citizen = Client()
    assert "Which roofs last longest" in citizen.get(address(process)).content.decode()
    answer = citizen.post(address(process), {"text": "Tiles, please."})
    assert answer.url == reverse("portal:process", args=(process.ocid,))  # type: ignore[attr-defined]
    assert "Tiles, please." in citizen.get(answer.url).content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["finn", "bob"])
def test_a_draft_shows_nothing_not_even_its_title(who: str) -> None:
    process = begun()
    client = Client() if who == "finn" else signed_in(who)
    assert client.get(address(process)).status_code == 404
    assert client.post(address(process), {"text": "Hello there."}).status_code == 404


def test_a_notice_before_the_plan_is_public_and_open() -> None:
    process = noticed(staffed())
    assert Client().post(address(process), {"text": "Ask the pupils too."}).status_code == 302
    compiled = record_of(process.ocid).compiled  # type: ignore[union-attr]
    assert compiled["tender"]["status"] == "planning"
    assert compiled["planning"]["engagement"]["comments"][0]["description"] == "Ask the pupils too."


def test_a_notice_after_the_plan_does_not_take_the_plan_back() -> None:
    assert record_of(noticed(planned()).ocid).compiled["tender"]["status"] == "planned"  # type: ignore[union-attr]


def test_the_same_comment_is_not_published_twice() -> None:
    process = noticed(planned())
    data: Any = {"text": "Tiles, please."}
    assert Client().post(address(process), data).status_code == 302
    again = Client().post(address(process), data)
    assert (again.status_code, Comment.objects.count()) == (422, 1)
    assert "has just been published" in again.content.decode()


def test_who_comes_too_late_keeps_what_was_written(clock: list[datetime]) -> None:
    process = noticed(planned())
    clock.append(NOW + timedelta(days=14))
    page = Client().post(address(process), {"text": "A long thought."}).content.decode()
    assert "not open for comments now" in page
    assert "A long thought." in page


@pytest.mark.parametrize(("sign", "fields"), [("\x00", ["text"]), ("\x1b", ["text", "author"])])
def test_a_hidden_sign_sent_by_a_program_is_refused_with_its_reason(sign: Any, fields: Any) -> None:
    process = noticed(planned())
    path = f"/api/v1/processes/{process.ocid}/engagement/comment"
    answer = Client().post(path, {"text": f"sign {sign}", "author": "\u202e"}, content_type="application/json")
    assert [each["field"] for each in answer.json()["reasons"]] == fields


def test_the_public_page_leads_to_the_form_while_the_notice_is_open() -> None:
    process = noticed(planned())
    public = reverse("portal:process", args=(process.ocid,))
    assert address(process) in Client().get(public).content.decode()
    engaged(process := planned())
    assert address(process) not in Client().get(reverse("portal:process", args=(process.ocid,))).content.decode()


def test_only_the_team_answers_and_reads_each_comment_in_full() -> None:
    process = noticed(planned())
    Client().post(address(process), {"text": "x" * 300})
    assert "x" * 300 in signed_in("ada").get(address(process, "answer_comment")).content.decode()
    assert signed_in("bob").get(address(process, "answer_comment")).status_code == 403


def test_comments_have_names_that_people_say_and_answers_that_are_told_from_authors() -> None:
    process = engaged(planned())
    Client().post(address(noticed(planned())), {"text": "Ask for slates."})
    waiting = Comment.objects.filter(answered_at=None).select_related("notice__process").get()
    form = signed_in("ada").get(address(waiting.notice.process, "answer_comment")).content.decode()
    assert "<strong>Comment 1</strong>" in form
    page = Client().get(f"/en/processes/{process.ocid}/").content.decode()
    assert "Answer of the buyer" in page
    assert "&lt;time" not in page


def test_the_whole_exchange_stands_in_the_record() -> None:
    found = record_of(engaged(planned()).ocid).compiled["planning"]["engagement"]  # type: ignore[union-attr]
    assert found["changes"] == "Tiles are now allowed as well."
    assert all(each["answer"] for each in found["comments"])
