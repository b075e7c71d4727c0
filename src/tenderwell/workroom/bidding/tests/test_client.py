"""The browser's sealing client and the Python one make and open the same packages, whoever opens them."""

from base64 import b64decode
from io import BytesIO
from itertools import combinations
from typing import Any

import pytest

from tenderwell.ledger.sealing import padding
from tenderwell.ledger.sealing.canonical import encode
from tenderwell.ledger.sealing.committee import Committee, words_of
from tenderwell.ledger.sealing.findings import PackageError
from tenderwell.ledger.sealing.header import PART, check_structure, parse_header
from tenderwell.ledger.sealing.inner import name_flaw
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.opening import open_in_memory
from tenderwell.ledger.sealing.passphrase import unwrap_identity, wrap_identity
from tenderwell.ledger.sealing.response import encode_response, parse_response
from tenderwell.ledger.sealing.shares import Complaint, Share, check_complaint, release
from tenderwell.ledger.sealing.tests.people import BOB, CLEO, committee_of, identity, sealed_by, shares_of
from tenderwell.workroom.bidding import possession
from tenderwell.workroom.bidding.tests.client import answered, asked, sealed_in_browser, text
from tenderwell.workroom.process.tests.personas import NOW

FILES = {"bid.json": b"CANARY", "plan – Büro.pdf": bytes(range(256)) * 500}
SIZES = [(2, 3), (3, 5)]


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(("k", "n"), SIZES)
def test_python_opens_what_the_browser_sealed_with_every_subset(suite: Suite, k: int, n: int) -> None:
    named = committee_of(k, n, suite)
    raw, payload = sealed_in_browser(BOB, committee=named, files=FILES)
    header = parse_header(raw)
    assert check_structure(header, named) == ()
    shares = [release(header, member=m.id, identity=identity(m.id, suite)) for m in named.members]
    for chosen in combinations(shares, k):
        assert open_in_memory(header, BytesIO(payload), shares=chosen, committee=named)[1] == FILES


@pytest.mark.parametrize("suite", Suite)
def test_the_browser_opens_what_python_sealed_with_every_subset(suite: Suite) -> None:
    sealed = sealed_by(BOB, 2, 3, suite)
    raw = text(sealed.header.raw)
    for names in combinations(("audit-office", "buyer-chair", "city-clerk"), 2):
        shares = [asked("release", header=raw, member=name, identity=identity(name, suite)) for name in names]
        assert [share["share"] for share in shares] == [s.share for s in shares_of(sealed.header, *names, suite=suite)]
        files = asked("open", header=raw, payload=text(sealed.payload), shares=shares)
        assert b64decode(files["bid.json"]) == b"CANARY-we-ask-1250-euro"


def test_a_payload_of_several_parts_has_the_hash_of_each() -> None:
    large = {"bid.json": b"{}", "plan.pdf": bytes(2 * PART + 5)}
    raw, payload = sealed_in_browser(BOB, committee=committee_of(2, 3), files=large)
    header = parse_header(raw)
    opened = open_in_memory(header, BytesIO(payload), shares=two_shares(raw), committee=committee_of(2, 3))[1]
    assert opened == large


def two_shares(raw: bytes) -> tuple[Share, ...]:
    return shares_of(parse_header(raw), "audit-office", "city-clerk")


def test_one_share_is_too_few_also_for_the_browser() -> None:
    sealed = sealed_by()
    raw = text(sealed.header.raw)
    share = asked("release", header=raw, member="city-clerk", identity=identity("city-clerk"))
    answer = answered("open", header=raw, payload=text(sealed.payload), shares=[share])
    assert answer == {"refused": "shares-too-few"}


def test_the_browser_names_an_envelope_of_another_bid() -> None:
    stranger = answered(
        "release", header=text(sealed_by(CLEO).header.raw), member="audit-office", identity=identity("city-clerk")
    )
    assert stranger == {"refused": "envelope-unreadable"}


def test_a_complaint_of_the_browser_about_a_good_envelope_is_unfounded() -> None:
    header = sealed_by().header
    made = asked("complain", header=text(header.raw), member="audit-office", identity=identity("audit-office"))
    with pytest.raises(PackageError, match="complaint-unfounded"):
        check_complaint(Complaint(**made), header=header)


@pytest.mark.parametrize("suite", Suite)
def test_keys_wrapped_by_one_are_unwrapped_by_the_other(suite: Suite) -> None:
    words = "five good words to remember"
    secret = new_identity(suite)
    assert unwrap_identity(b64decode(asked("wrap", identity=secret, passphrase=words)), words=words) == secret
    assert asked("unwrap", wrapped=text(wrap_identity(secret, words=words)), passphrase=words) == secret


def test_a_key_made_in_the_browser_answers_the_challenge() -> None:
    key = asked("key", suite="pq")
    assert recipient_of(key["identity"]) == key["recipient"]
    sealed = possession.challenge(ocid="o", person="p", recipient=key["recipient"], now=NOW)
    proof = asked("answer", challenge=possession.armoured(sealed), identity=key["identity"])
    assert possession.proof_flaw(proof, ocid="o", person="p", recipient=key["recipient"], now=NOW) is None


def test_lengths_words_hashes_and_canonical_form_agree() -> None:
    lengths = [0, 65_536, 65_537, 100_000, 2**20 + 1, 500_000_000, 2**33 + 7, 2**40 + 1]
    assert asked("padded", lengths=lengths) == [padding.padded(length) for length in lengths]
    named: Committee = committee_of(3, 5, Suite.PQ)
    assert asked("words", hash=named.hash) == list(words_of(named.hash))
    value: dict[str, Any] = {"b": ["é\u2028\x07", None, 7], "a": {"\U0001f600": "", "\ufb33": "x"}}
    assert asked("canonical", value=value) == encode(value).decode()


def test_both_refuse_the_same_file_names() -> None:
    names = ["plan.pdf", "a/b", "..", "con.txt", "CON", "COM1.pdf", "x.", " x", "-x", "é", "e\u0301", "a\u200bb", ""]
    names.append("ж" * 101)
    assert asked("flaws", names=names) == [bool(name_flaw(name)) for name in names]


TYPED = {
    "1250": "1250", "1250.5": "1250.5", "1250,50": "1250.50", "1.250,50": "1250.50", "1,250.50": "1250.50",
    "1 250,50": "1250.50", "1.234.567": "1234567", "450.000": "ambiguous", "450,000": "ambiguous", "0.125": "0.125",
    "1234567890.123456": "digits", "1234567890123456": "digits", "1234567890.12345": "1234567890.12345",
    "1000000000000000": "number", "0.000001": "0.000001", "٤٥٠٫٥": "450.5",
    "007": "7", "": "number", "-5": "number", "1e3": "number", "1.2.3": "number", "5.": "number",
}  # fmt: skip


def test_amounts_are_read_in_one_way_or_not_at_all() -> None:
    assert dict(zip(TYPED, asked("amounts", typed=list(TYPED)), strict=True)) == TYPED


def test_the_sum_is_exact_and_rounded_once() -> None:
    items = [{"unit_amount": "0.005", "quantity": "1"}, {"unit_amount": "999999999999.99", "quantity": "3"}]
    assert asked("total", items=items) == "2999999999999.98"


SAID = {
    ("en", "21.00"): "twenty-one EUR",
    ("en", "4200.50"): "four thousand two hundred and 50/100 EUR",
    ("en", "1000001.05"): "one million and one and 05/100 EUR",
    ("fr", "21.00"): "vingt et un EUR",
    ("fr", "80.00"): "quatre-vingts EUR",
    ("fr", "4200.50"): "quatre mille deux cents et 50/100 EUR",
    ("fr", "71081.00"): "soixante et onze mille quatre-vingt-un EUR",
    ("fr", "1000001.05"): "un million un et 05/100 EUR",
    ("ar", "0.00"): "صفر EUR",
    ("ar", "21.00"): "واحد وعشرون EUR",
    ("ar", "4200.50"): "أربعة آلاف ومئتان و50/100 EUR",
    ("ar", "11000.00"): "أحد عشر ألف EUR",
    ("ar", "11001.00"): "أحد عشر ألفاً وواحد EUR",
    ("ar", "101000.00"): "مائة ألف وألف EUR",
    ("ar", "202000.00"): "مئتا ألف وألفان EUR",
    ("ar", "103000.00"): "مائة وثلاثة آلاف EUR",
    ("ar", "200100.00"): "مئتا ألف ومائة EUR",
    ("ar", "1000001.05"): "مليون وواحد و05/100 EUR",
    ("ar", "2000002000.00"): "ملياران وألفان EUR",
}  # fmt: skip


@pytest.mark.parametrize(("language", "amount"), SAID)
def test_the_amount_is_read_back_in_words(language: str, amount: str) -> None:
    told = asked("spoken", amount=amount, currency="EUR", language=language)
    assert told == ["In words", SAID[language, amount]]


@pytest.mark.parametrize(("language", "amount", "count"), [("es", "4200.50", 4), ("ar", "1" + 15 * "0", 16)])
def test_where_there_are_no_words_the_digits_are_counted(language: str, amount: str, count: int) -> None:
    told = asked("spoken", amount=amount, currency="EUR", language=language)
    assert told == ["Compare the digits", f"Digits before the decimal mark: {count}"]


def test_bid_json_is_the_same_bytes() -> None:
    item = {"item_id": "item-1", "unit_amount": "12.50", "quantity": "100"}
    lot = {"lot_id": "lot-1", "amount": "1250.00", "currency": "EUR", "items": [item]}
    party = {"id": "B", "name": "Bob", "part": ""}
    raw = b64decode(asked("bid", response={"lots": [lot], "tenderers": [party], "answers": {"Why?": "Because"}}))
    assert encode_response(parse_response(raw)) == raw
