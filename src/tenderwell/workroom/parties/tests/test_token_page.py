"""A token's secret is shown once, to whoever made it."""

import re
from typing import Any

import pytest
from django.test import Client

from tenderwell.workroom.parties.identity import actor_with_token
from tenderwell.workroom.parties.models import AccessToken
from tenderwell.workroom.parties.tests.personas import BOB_ROOFS, CITY, person, personas

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/organisations/{}/parties/issue_token/"


@pytest.fixture
def bob() -> Client:
    personas()
    return signed_in("bob")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(person(name), "allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent(client: Client, identifier: str) -> Any:
    return client.post(PAGE.format(identifier), {"label": "Price robot"})


def test_the_secret_is_shown_once_and_works(bob: Client) -> None:
    answer = sent(bob, BOB_ROOFS)
    (secret,) = re.findall(r"tw_[\w-]{20,}", answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert actor_with_token(f"Bearer {secret}").organisation == BOB_ROOFS
    for page in (PAGE.format(BOB_ROOFS), f"/en/desk/organisations/{BOB_ROOFS}/", "/en/desk/"):
        assert secret not in bob.get(page).content.decode()


def test_nobody_makes_a_token_for_an_organisation_of_others(bob: Client) -> None:
    assert sent(bob, CITY).status_code == 403
    assert not AccessToken.objects.exists()


def test_who_is_not_signed_in_is_asked_to(bob: Client) -> None:
    assert sent(Client(), BOB_ROOFS).status_code == 302
    assert not AccessToken.objects.exists()


def test_a_token_without_a_name_is_refused(bob: Client) -> None:
    assert bob.post(PAGE.format(BOB_ROOFS), {"label": ""}).status_code == 422
    assert not AccessToken.objects.exists()
