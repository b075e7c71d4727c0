"""The public page of an open tender leads firms to asking and complaining, by way of signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tenderwell.workroom.tendering.tests.journey import tendered

pytestmark = pytest.mark.django_db


def test_a_firm_finds_where_to_ask_and_complain_and_signs_in_first() -> None:
    now = timezone.now()
    process = tendered(now=now, closes=now + timedelta(days=30))
    shown = Client().get(f"/en/processes/{process.ocid}/").content.decode()
    for step in ("tendering/ask_question/", "remedies/complain/"):
        assert step in shown
        assert "/account/login" in Client().get(f"/en/desk/{process.ocid}/{step}")["Location"]
