"""The server cannot read a bid before the opening: not in its tables, files, temporary files or logs."""

import logging
import os
import secrets
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tenderwell.core.command import commands, refusals
from tenderwell.core.errors import Reason
from tenderwell.core.models import ActRecord
from tenderwell.ledger.sealing.package import File
from tenderwell.public.record.models import Record
from tenderwell.workroom.bidding.tests.journey import SECOND, handed_in, open_for_bids, opened, sealed_by
from tenderwell.workroom.process.models import Process
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


def disguises(canary: bytes) -> list[bytes]:
    """The canary as it may stand in a dump: plain, hexadecimal, and in the three places of base64."""
    base64 = [b64encode(bytes(shift) + canary)[4:-4] for shift in range(3)]
    return [canary, canary.hex().encode(), *base64]


def database() -> Iterator[bytes]:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for name in tables:
            cursor.execute(f"SELECT t::text FROM {name} t")
            yield from (row.encode() for (row,) in cursor.fetchall())


def folders() -> Iterator[bytes]:
    """Every file in the data folder: stored files, uploads on their way, keys, mail."""
    for place, _, names in os.walk(settings.TENDERWELL_DATA):
        yield from (Path(place, name).read_bytes() for name in names)


def found(canary: bytes, haystack: Iterator[bytes]) -> bool:
    signs = disguises(canary)
    return any(sign in text for text in haystack for sign in signs)


def test_the_canary_sings_only_after_the_opening(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    tender, canary = open_for_bids(), f"canary{secrets.token_hex(20)}".encode()
    letter = File.of("letter.txt", canary)
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob, "1234567.89", attachments=(letter,)))
    said = "".join(capfd.readouterr()) + caplog.text
    assert not found(canary, database())
    assert not found(canary, folders())
    assert canary.decode() not in said
    assert "1234567.89" not in said
    opened(tender)
    assert found(canary, folders())
    assert any(b"1234567.89" in row for row in database())


def test_the_amount_is_nowhere_before_the_opening() -> None:
    tender = open_for_bids()
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob, "7654321.98"))
    assert not any(b"7654321.98" in row for row in database())


def test_before_the_opening_the_public_record_knows_of_no_bid() -> None:
    tender = open_for_bids()
    before = bytes(Record.objects.get(ocid=tender.process.ocid).body)
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob))
    assert bytes(Record.objects.get(ocid=tender.process.ocid).body) == before


def answers(process: Process) -> list[tuple[Reason, ...]]:
    """What the process says to Ada, Gus and Cleo about each command of this stage, one second before the end."""
    asking = (personas().ada, personas().gus, personas().cleo)
    mine = [cmd for name, cmd in commands.items() if name.startswith("bidding.")]
    now = process.periods_held()["tenderPeriod"].end - SECOND
    return [refusals(cmd, actor, process, now=now) for cmd in mine for actor in asking]


def test_before_the_end_no_reason_tells_whether_there_are_bids() -> None:
    tender = open_for_bids()
    before = answers(tender.process)
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob))
    assert answers(tender.process) == before


def test_the_journal_of_a_bid_names_nothing_that_is_in_it() -> None:
    tender = open_for_bids()
    handed_in(tender, personas().bob, sealed_by(tender, personas().bob))
    hidden = ActRecord.objects.get(event="bid.received").preimage
    assert hidden is not None
    assert set(hidden) == {"act", "bidder", "commitment", "received", "salt", "subject", "tender"}
