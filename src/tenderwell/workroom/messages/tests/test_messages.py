"""Everybody whom a change concerns is told once, on the desk and by e-mail, and nobody learns from it who bids."""

import smtplib
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from tenderwell.core.command import SERVER, perform
from tenderwell.workroom.bidding import heartbeats
from tenderwell.workroom.bidding.extending import ExtendForOutage, extend_for_outage
from tenderwell.workroom.bidding.tests.journey import DAY, MINUTE, Sealed, bid_of, open_for_bids
from tenderwell.workroom.messages import mailing, telling
from tenderwell.workroom.messages.models import Following, Message
from tenderwell.workroom.parties.models import Person
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    """A tender open for bids; everything up to here has been told."""
    made = open_for_bids()
    telling.tell(made.end - 10 * DAY)
    return made


def failed(tender: Sealed) -> None:
    """The service failed before the end, and bids close later."""
    heartbeats.beat(tender.end - 30 * MINUTE)
    perform(extend_for_outage, SERVER, tender.process.ocid, ExtendForOutage(), now=tender.end - 10 * MINUTE)


def told(tender: Sealed) -> set[str]:
    telling.tell(tender.end)
    return {str(person) for person in Message.objects.values_list("person_id", flat=True)}


def signed_in(person: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person))
    return client


def test_whoever_has_a_bid_follows_the_tender_or_works_on_it_is_told_and_nobody_else(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    Following.objects.create(process=tender.process, person_id=personas().nora.id, since=tender.end - DAY)
    failed(tender)
    found = told(tender)
    assert {personas().bob.id, personas().nora.id, personas().ada.id} <= found
    assert personas().cleo.id not in found


def test_nothing_is_told_twice(tender: Sealed) -> None:
    failed(tender)
    told(tender)
    before = Message.objects.count()
    assert telling.tell(tender.end) == 0
    assert Message.objects.count() == before > 0


def test_what_is_blind_is_told_to_nobody(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    assert told(tender) == set()


def test_the_e_mail_says_what_is_public_and_not_why_the_reader_gets_it(tender: Sealed) -> None:
    bid_of(tender, personas().bob)
    failed(tender)
    told(tender)
    assert mailing.mail(tender.end) == len(outbox.outbox) > 0
    bodies = {each.body for each in outbox.outbox}
    assert len(bodies) == 1
    assert "The service failed, so bids close later" in bodies.pop()
    assert mailing.mail(tender.end) == 0


def test_what_the_mail_server_does_not_take_waits(tender: Sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    failed(tender)
    told(tender)

    def fail(*_: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(mailing, "send_mail", fail)
        assert mailing.mail(tender.end) == 0
    assert mailing.mail(tender.end) == Message.objects.count()


def test_a_person_reads_messages_and_marks_them_as_read(tender: Sealed) -> None:
    failed(tender)
    told(tender)
    client = signed_in(personas().ada.id)
    assert "The service failed" in client.get("/en/desk/messages/").content.decode()
    assert client.post("/en/desk/messages/read/").status_code == 302
    assert not Message.objects.filter(person_id=personas().ada.id, read_at=None).exists()
    assert Message.objects.filter(read_at=None).exists()


def test_a_person_follows_and_stops(tender: Sealed) -> None:
    client, place = signed_in(personas().cleo.id), f"/en/desk/{tender.process.ocid}/follow/"
    assert "Follow" in client.get(place).content.decode()
    assert not Following.objects.exists()
    client.post(place, {"follow": "1"})
    client.post(place, {"follow": "1"})
    assert Following.objects.count() == 1
    client.post(place)
    assert not Following.objects.exists()


def test_nobody_follows_what_is_not_published_or_without_signing_in(tender: Sealed) -> None:
    assert signed_in(personas().cleo.id).get("/en/desk/none/follow/").status_code == 404
    assert Client().get(f"/en/desk/{tender.process.ocid}/follow/").status_code == 302
