"""What nobody may see shows through no step, not even one that is open to everybody."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from tenderwell.core.command import NOBODY, commands
from tenderwell.core.web import attempt
from tenderwell.workroom.process.tests.personas import begun

pytestmark = pytest.mark.django_db


def test_a_public_step_shows_nothing_of_a_draft() -> None:
    request = RequestFactory().get("/")
    request.actor = NOBODY  # type: ignore[attr-defined]
    with pytest.raises(Http404):
        attempt(request, commands["engagement.comment"], begun().ocid)


def test_the_steps_of_a_draft_are_not_told() -> None:
    assert Client().get(f"/api/v1/processes/{begun().ocid}/steps").status_code == 404
