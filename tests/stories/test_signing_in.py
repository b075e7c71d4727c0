"""Signing in by hand in a real browser: password, one-time code, passkey; each page of it checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.tests.personas import personas
from tests.stories.browsing import NARROW, People

PASSWORD = "correct horse battery"
ADA = "ada@port-aurora.example"
SEND = "main form[method=post] button"
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Visitor:
    """Somebody who is not signed in; every page they see is checked."""

    people: People
    page: Page

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def look(self) -> None:
        self.people.seen.discard(self.page.url)
        self.people.check(self.page, self.page.url)

    def send(self, **typed: str) -> None:
        for name, value in typed.items():
            self.page.fill(f"main [name={name}]", value)
        self.page.click(SEND)
        self.page.wait_for_load_state()
        self.look()

    def sign_in(self) -> None:
        self.go("/en/account/login/")
        self.send(login=ADA, password=PASSWORD)

    def prove(self, path: str) -> None:
        """A page for which the password is asked once more."""
        self.go(path)
        assert "/reauthenticate/" in self.page.url
        self.send(password=PASSWORD)
        assert path in self.page.url

    def sign_out(self) -> None:
        self.go("/en/account/logout/")
        self.send()

    @property
    def is_in(self) -> bool:
        return self.page.locator("text=Sign out").count() > 0


@pytest.fixture
def visitor(transactional_db: None, browser: Browser, built_assets: None, live_server: LiveServer) -> Iterator[Visitor]:
    personas()
    person = Person.objects.get(email=ADA)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    site = live_server.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    people = People(browser, site)
    context = browser.new_context(viewport=NARROW, base_url=site)
    yield Visitor(people, context.new_page())
    context.close()
    assert people.wrong == []


def code_of(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code


def passkey(page: Page) -> Any:
    """A key inside the browser, as a telephone has one."""
    found = page.context.new_cdp_session(page)
    found.send("WebAuthn.enable", {})
    found.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    return found


def test_a_wrong_password_is_told_and_a_right_one_opens_the_desk(visitor: Visitor) -> None:
    visitor.go("/en/desk/")
    assert "/account/login/" in visitor.page.url
    visitor.send(login=ADA, password="wrong")
    assert visitor.page.locator(".govuk-error-summary").count() == 1
    assert visitor.page.input_value("[name=login]") == ADA
    visitor.send(password=PASSWORD)
    assert visitor.page.url.endswith("/en/desk/")
    visitor.sign_out()
    assert not visitor.is_in


def test_a_second_factor_is_asked_for_once_it_is_set_up(visitor: Visitor) -> None:
    visitor.sign_in()
    visitor.go("/en/account/2fa/")
    visitor.prove("/en/account/2fa/totp/activate/")
    secret = visitor.page.input_value("#authenticator_secret")
    visitor.send(code=code_of(secret))
    visitor.sign_out()
    visitor.sign_in()
    assert "/2fa/authenticate/" in visitor.page.url
    visitor.send(code="000000")
    assert not visitor.is_in
    forget_used_codes()
    visitor.send(code=code_of(secret))
    assert visitor.page.url.endswith("/en/desk/")


def forget_used_codes() -> None:
    """A code counts once; the next one would come half a minute later."""
    from django.core.cache import cache

    cache.clear()


def test_a_passkey_signs_in_without_a_password(visitor: Visitor) -> None:
    passkey(visitor.page)
    visitor.sign_in()
    visitor.prove("/en/account/2fa/webauthn/add/")
    visitor.page.fill("main [name=name]", "Telephone")
    if visitor.page.locator("main [name=passwordless]").count():
        visitor.page.check("main [name=passwordless]", force=True)
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.page.click("#mfa_webauthn_add")
    visitor.look()
    visitor.sign_out()
    visitor.go("/en/account/login/")
    visitor.page.click("#passkey_login")
    visitor.page.wait_for_url("**/desk/")
    assert visitor.is_in
