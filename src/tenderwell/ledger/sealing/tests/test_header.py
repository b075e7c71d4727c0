"""The header: one canonical form, and everything else refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ledger.sealing.findings import PackageError, Verdict
from tenderwell.ledger.sealing.header import check_structure, parse_header
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.package import BidFacts
from tenderwell.ledger.sealing.tests.forgery import as_json
from tenderwell.ledger.sealing.tests.people import BOB, TENDER, committee_of, sealed_by

RAW = sealed_by().header.raw


def refused(raw: bytes) -> str:
    with pytest.raises(PackageError) as caught:
        parse_header(raw)
    assert caught.value.verdict == Verdict.HEADER_MALFORMED
    return caught.value.finding.text


def changed(path: str, value: object) -> bytes:
    """The header's canonical bytes with the field at `path` (dots) changed."""
    header = as_json(sealed_by().header)
    *parents, last = path.split(".")
    target: Any = header
    for name in parents:
        target = target[int(name) if name.isdigit() else name]
    target[last] = value
    return encode(header)


def test_a_header_is_read_as_it_was_written() -> None:
    header = parse_header(RAW)
    assert (header.core.tender, header.core.bidder, header.core.lots) == (BOB.tender, BOB.bidder, BOB.lots)
    assert encode(as_json(header)) == RAW


@pytest.mark.parametrize(
    "raw",
    [
        RAW + b"\n",
        b" " + RAW,
        json.dumps(json.loads(RAW)).encode(),
        json.dumps(json.loads(RAW), separators=(",", ":")).encode().replace(b'{"core"', b'{"core":1,"core"', 1),
        RAW.replace(b'"seq":1', b'"seq":1.0'),
        RAW.replace(b'"seq":1', b'"seq":1e0'),
        RAW.replace(b"BOB-7", b"\\u0042OB-7"),
        b"\xef\xbb\xbf" + RAW,
        b"",
        b"[" * 100_000,
        b"9" * 10_000,
        b'"\\ud800"',
        b" " * 300_000,
    ],
    ids=lambda raw: raw[:12],
)
def test_there_is_one_canonical_form(raw: bytes) -> None:
    refused(raw)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("core.v", "tenderwell/sealed-bid/v2"),
        ("core.lots", ["lot-2", "lot-1"]),
        ("core.lots", ["lot-1", "lot-1"]),
        ("core.lots", "lot-1"),
        ("core.stage", "Bid"),
        ("core.bidder", ""),
        ("core.bidder", " BOB"),
        ("core.bidder", "BOB\n"),
        ("core.seq", 0),
        ("core.seq", True),
        ("core.seq", 2),
        ("core.replaces", "ab" * 32),
        ("core.suite", "pq"),
        ("core.suite", "none"),
        ("core.recipient", "age1nonsense"),
        ("core.recipient", recipient_of(new_identity(Suite.PQ))),
        ("core.extra", 1),
        ("core.committee.hash", "AB" * 32),
        ("core.committee.k", 3),
        ("core.committee.k", 1),
        ("core.committee.n", 4),
        ("payload.size", 65_737),
        ("payload.size", -1),
        ("payload.sha256", "ab" * 31),
        ("payload.parts", {"size": 8_388_608, "sha256": ["ab" * 32]}),
        ("payload.parts", None),
        ("shares", []),
        ("shares.0.x", 2),
        ("shares.0.x", 0),
        ("shares.0.x", 256),
        ("shares.0.member", "buyer-chair"),
        ("shares.0.commit", "0x" + "ab" * 31),
        ("shares.0.share", ""),
        ("shares.0.share", "AAAA"),
        ("shares.0.share", "é"),
        ("shares.0.note", "hello"),
    ],
)
def test_a_field_that_breaks_the_format_is_refused(path: str, value: object) -> None:
    refused(changed(path, value))


def test_base64_has_one_form() -> None:
    share = as_json(sealed_by().header)["shares"][0]["share"]
    assert share.endswith("=")
    for wrong in (share.rstrip("="), share[:-2] + "B=", share + "\n", "-" + share[1:]):
        assert refused(changed("shares.0.share", wrong))


def test_every_reason_is_given_at_once() -> None:
    text = refused(changed("core", as_json(sealed_by().header)["core"] | {"seq": 2, "lots": ["b", "a"]}))
    assert "lots are not sorted" in text
    assert "replaces" in text


def test_a_bid_fits_its_committee_only() -> None:
    header = sealed_by().header
    assert check_structure(header, committee_of(2, 3)) == ()
    assert {finding.verdict for finding in check_structure(header, committee_of(3, 5))} == {Verdict.OTHER_COMMITTEE}
    assert len(check_structure(header, committee_of(2, 3, Suite.X25519, "ocds-pa-0002"))) == 2


def test_a_replacement_names_the_bid_before() -> None:
    first = sealed_by()
    second = sealed_by(BidFacts(tender=TENDER, bidder="BOB-7", seq=2, replaces=first.commitment))
    assert parse_header(second.header.raw).core.replaces == first.commitment


@given(st.binary(max_size=300) | st.integers(0, len(RAW) - 1).map(lambda place: RAW[:place] + b"\0" + RAW[place + 1 :]))
def test_no_bytes_crash_the_parser(raw: bytes) -> None:
    refused(raw)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
PLACES = ("core", "core.tender", "core.lots", "core.committee", "payload", "payload.parts", "shares", "shares.1.x")


@given(st.sampled_from(PLACES), JSON_VALUES)
def test_no_value_in_any_place_crashes_the_parser(path: str, value: object) -> None:
    raw = changed(path, value)
    try:
        assert encode(as_json(parse_header(raw))) == raw
    except PackageError as error:
        assert error.verdict == Verdict.HEADER_MALFORMED


@pytest.mark.parametrize(
    "raw",
    [
        b'{"core":1,"core":2}',
        b'{"core":NaN}',
        b'{"core":-Infinity}',
        b'{"core":' + b"9" * 5000 + b"}",
        b'{"core":1e400}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"core":' * 20_000 + b"1" + b"}" * 20_000,
        '{"core":"\u0661"}'.encode(),
        b'{"core":"\\ud800"}',
        b'\xef\xbb\xbf{"core":1}',
    ],
    ids=["twice", "nan", "infinity", "digits", "exponent", "lists", "objects", "arabic", "surrogate", "mark"],
)
def test_json_that_tempts_a_lax_parser_is_no_header(raw: bytes) -> None:
    with pytest.raises(PackageError, match="header-malformed"):
        parse_header(raw)
