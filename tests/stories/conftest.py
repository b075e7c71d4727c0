"""A clock that the stories turn, and the people who live them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stories.life import Life

BEGIN = datetime(2026, 3, 2, 7, tzinfo=UTC)


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
