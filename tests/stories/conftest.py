"""A clock that the stories turn, and the people who live them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tenderwell.ui.tests.conftest import browser, built_assets

if TYPE_CHECKING:
    from tests.stories.life import Life

__all__ = ["browser", "built_assets"]
BEGIN = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def database_beside_browser() -> Iterator[None]:
    """Playwright runs an event loop in the thread of the tests, where Django would refuse its database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """What the program takes for now: the last of the list."""
    moments = [BEGIN]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


@pytest.fixture
def life(transactional_db: None, clock: list[datetime]) -> "Life":
    """A procurement that is about to begin; Django's models can be loaded only now."""
    from tenderwell.workroom.process.tests.personas import personas
    from tests.stories.life import Life

    personas()
    return Life(clock)
