"""The demo says on every page what it is, and at the sign-in who one can be; no other installation does."""

from copy import deepcopy

import pytest
from django.test import Client
from pytest_django import Settings

from tenderwell.demo import people

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"


def test_the_demo_says_what_it_is_and_who_can_sign_in(settings: Settings) -> None:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["context_processors"].append("tenderwell.demo.people.for_templates")
    settings.TEMPLATES = templates
    shown = Client().get(LOGIN).content.decode()
    assert "Demonstration: the city is invented" in shown
    assert all(people.email(name) in shown for name in people.WHAT)
    assert people.PASSWORD in shown


def test_no_other_installation_tells_either() -> None:
    shown = Client().get(LOGIN).content.decode()
    assert "Official procurement website" in shown
    assert people.PASSWORD not in shown
