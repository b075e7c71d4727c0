"""A remembered chapter is the very same state, and is not used where anything differs."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from tenderwell.core.tests import chapters
from tenderwell.core.tests.chapters import remembered

pytestmark = pytest.mark.django_db
performed: list[str] = []


@remembered
def told(title: str) -> str:
    """Something that is written into a table."""
    from tenderwell.core.models import ActRecord

    performed.append(title)
    return ActRecord.objects.create(subject="a subject", at=datetime(2026, 3, 2, tzinfo=UTC), ref=title).ref


@pytest.fixture(autouse=True)
def forgotten() -> None:
    performed.clear()
    chapters.known.clear()


def anew() -> None:
    """The tables as they were before the chapter."""
    from tenderwell.core.models import ActRecord

    ActRecord.objects.all().delete()


def test_it_is_performed_once_and_put_back_whole() -> None:
    told("first")
    first = chapters.rows()
    anew()
    assert told("first") == "first"
    assert performed == ["first"]
    assert chapters.rows() == first


def test_another_title_is_another_chapter() -> None:
    told("first")
    anew()
    told("second")
    assert performed == ["first", "second"]


def test_one_row_that_differs_makes_it_another() -> None:
    told("first")
    told("second")
    assert performed == ["first", "second"]
    anew()
    told("second")
    assert performed == ["first", "second", "second"]


def test_changed_settings_and_patched_code_perform_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    told("first")
    anew()
    with override_settings(LANGUAGE_CODE="fr"):
        told("first")
    anew()
    monkeypatch.setattr(chapters, "PLAIN", (str,))
    told("first")
    assert performed == ["first"] * 3


def test_what_is_not_plain_is_performed_anew() -> None:
    assert chapters.is_plain(({("bid-1", "criterion-1"): "3"}, 4, None))
    assert not chapters.is_plain((object(),))
