"""The frame of every page: languages, themes, errors that say what to do next."""

import pytest
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from tenderwell.ui import navigation, views
from tenderwell.ui.parts import Reason
from tenderwell.ui.theme import current_city


@pytest.fixture(autouse=True)
def no_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sections of other parts have tests of their own."""
    monkeypatch.setattr(navigation, "_header", {})
    monkeypatch.setattr(navigation, "_footer", {})


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/en/nowhere/")


def test_the_gallery_shows_every_component(client: Client) -> None:
    page = client.get("/en/gallery/").content.decode()
    for css in ("govuk-task-list", "steps__item--now", "proof__title", "chart--share", "govuk-pagination", "rows__add"):
        assert css in page


def test_the_gallery_in_arabic_runs_from_right_to_left(client: Client) -> None:
    page = client.get("/ar/gallery/").content.decode()
    assert '<html class="govuk-template" lang="ar" dir="rtl">' in page
    assert f'hreflang="en" href="{settings.TENDERWELL_ADDRESS}/en/gallery/"' in page


def test_no_page_has_style_or_script_of_its_own(client: Client) -> None:
    page = client.get("/en/gallery/").content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=') == 2


def test_a_form_with_problems_is_422_and_says_so_in_its_title(client: Client) -> None:
    answer = client.post("/en/gallery/", {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0"})
    assert answer.status_code == 422
    assert "<title>Error: Components" in answer.content.decode()


def test_add_another_is_no_error(client: Client) -> None:
    typed = {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "add-row": "items", "items-0-title": "Chair"}
    page = client.post("/en/gallery/", typed)
    assert page.status_code == 200
    assert "govuk-error-summary" not in page.content.decode()
    assert 'id="row-items-1"' in page.content.decode()


def test_signing_in_has_the_same_frame_and_look(client: Client) -> None:
    page = client.get("/en/account/login/").content.decode()
    for part in ("topbar", 'class="govuk-heading-l"', 'name="login" class="govuk-input"', "govuk-button"):
        assert part in page
    assert "placeholder" not in page
    assert " style=" not in page


def test_the_theme_is_kept_for_ever_under_its_version(client: Client, request_: HttpRequest) -> None:
    answer = client.get(f"/theme/{current_city().theme.version}.css")
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.startswith(b":root{--govuk-brand-colour:#0b5d66")
    with pytest.raises(Http404):
        views.theme(request_, "0000")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 500])
def test_an_error_says_what_to_do_next(request_: HttpRequest, status: int) -> None:
    reason = Reason("The period is over", "Article 27")
    answer = views.error_page(request_, status=status, reasons=[reason])
    page = answer.content.decode()
    assert answer.status_code == status
    assert page.count("<h1") == 1
    assert "What you can do now" in page
    assert "Article 27" in page


def test_a_broken_error_page_still_answers(request_: HttpRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest, *, status: int) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(views, "error_page", broken)
    answer = views.server_error(request_)
    assert answer.status_code == 500
    assert b"The act was not recorded" in answer.content


def test_a_section_is_shown_to_those_it_is_for(request_: HttpRequest) -> None:
    navigation.add_to_header(navigation.Section("late", "Late", "gallery", order=9))
    navigation.add_to_header(navigation.Section("early", "Early", "gallery", order=1))
    navigation.add_to_header(navigation.Section("desk", "Desk", "gallery", is_shown=lambda request: False))
    with translation.override("en"):
        assert [one.url for one in navigation.header_sections(request_)] == ["/en/gallery/", "/en/gallery/"]
    assert [one.key for one in navigation.header_sections(request_)] == ["early", "late"]
