"""What cheats try, each seen and named."""

from collections.abc import Callable
from io import BytesIO
from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from tenderwell.ledger.sealing import age, shamir
from tenderwell.ledger.sealing.canonical import encode, sha256_hex, to_base64
from tenderwell.ledger.sealing.findings import Blame, PackageError, Verdict
from tenderwell.ledger.sealing.header import Core, Header
from tenderwell.ledger.sealing.package import BidFacts, File, seal_in_memory
from tenderwell.ledger.sealing.shares import Share, check_complaint, complain, release
from tenderwell.ledger.sealing.tests.forgery import (
    as_json,
    envelope,
    envelopes_for,
    header_of,
    header_with,
    payload_of,
)
from tenderwell.ledger.sealing.tests.people import (
    BOB,
    CLEO,
    NAMES,
    PRICE,
    TENDER,
    committee_of,
    identity,
    opened,
    sealed_by,
    shares_of,
)

GOOD = sealed_by()
PAIR = NAMES[:2]


def refusal(header: Header, payload: bytes, *shares: Share) -> PackageError:
    with pytest.raises(PackageError) as caught:
        opened(header, payload, *shares)
    return caught.value


def forged(make_payload: Callable[[Core, str], bytes]) -> PackageError:
    """What the opening says to a bidder whose envelopes are right and whose payload is not."""
    honest = sealed_by()
    secret = opened(honest.header, honest.payload, *shares_of(honest.header, *PAIR))[0].identity
    core = honest.header.core
    payload = make_payload(core, secret)
    header = header_of(core, payload, envelopes_for(core, secret.encode(), committee_of(2, 3)))
    return refusal(header, payload, *shares_of(header, *PAIR))


def inner_of(core: Core, *names: str, content: bytes = PRICE) -> dict[str, object]:
    files = [{"name": name, "size": len(content), "sha256": sha256_hex(content)} for name in names]
    return {"core": core.ctx.hex(), "files": files}


def test_fewer_than_k_members_open_nothing() -> None:
    error = refusal(GOOD.header, GOOD.payload, *shares_of(GOOD.header, NAMES[0]))
    assert error.verdict == Verdict.SHARES_TOO_FEW
    assert error.verdict.blame == Blame.NOBODY


def test_one_members_share_twice_is_one_share() -> None:
    error = refusal(GOOD.header, GOOD.payload, *shares_of(GOOD.header, NAMES[0], NAMES[0]))
    assert error.verdict == Verdict.SHARES_TOO_FEW


def test_k_minus_one_shares_do_not_give_the_key() -> None:
    package = sealed_by(BOB, 3, 5)
    shares = [share.value for share in shares_of(package.header, *PAIR)]
    assert not shamir.combine(shares).startswith(b"AGE-SECRET-KEY")


def test_a_wrong_share_names_the_member_and_the_others_open() -> None:
    right = shares_of(GOOD.header, *NAMES[:3])
    wrong = Share(member=NAMES[0], commitment=GOOD.commitment, share="00" * 74 + "01")
    error = refusal(GOOD.header, GOOD.payload, wrong, right[1])
    assert [finding.verdict for finding in error.findings] == [Verdict.SHARE_WRONG, Verdict.SHARES_TOO_FEW]
    assert error.findings[0].member == NAMES[0]
    result, files = opened(GOOD.header, GOOD.payload, wrong, *right[1:])
    assert files["bid.json"] == PRICE
    assert [finding.member for finding in result.wrong] == [NAMES[0]]


def test_a_share_under_another_members_name_is_wrong() -> None:
    first, second, _ = shares_of(GOOD.header, *NAMES[:3])
    swapped = Share(member=NAMES[2], commitment=GOOD.commitment, share=first.share)
    error = refusal(GOOD.header, GOOD.payload, swapped, second)
    assert error.findings[0].member == NAMES[2]


def test_a_stranger_is_no_member() -> None:
    stranger = Share(member="stranger", commitment=GOOD.commitment, share="00" * 75)
    error = refusal(GOOD.header, GOOD.payload, stranger)
    assert error.findings[0].verdict == Verdict.NOT_A_MEMBER


def test_a_share_of_another_bid_is_named() -> None:
    other = shares_of(sealed_by(CLEO).header, NAMES[0])
    error = refusal(GOOD.header, GOOD.payload, *other, *shares_of(GOOD.header, NAMES[1]))
    assert error.findings[0].verdict == Verdict.SHARE_OF_ANOTHER_BID


def test_a_swapped_ciphertext_is_the_keepers_fault() -> None:
    error = refusal(GOOD.header, sealed_by(CLEO).payload, *shares_of(GOOD.header, *PAIR))
    assert error.verdict == Verdict.PAYLOAD_CHANGED
    assert error.verdict.blame == Blame.KEEPER


@pytest.mark.parametrize("change", [lambda raw: raw[:-1], lambda raw: raw + b"\0", lambda raw: b"b" + raw[1:]])
def test_a_damaged_ciphertext_is_the_keepers_fault(change: Callable[[bytes], bytes]) -> None:
    error = refusal(GOOD.header, change(GOOD.payload), *shares_of(GOOD.header, *PAIR))
    assert error.verdict == Verdict.PAYLOAD_CHANGED


def test_a_header_for_another_committee_is_refused() -> None:
    package = sealed_by(BOB, 3, 5)
    error = refusal(package.header, package.payload, *shares_of(package.header, *NAMES[:3]))
    assert error.verdict == Verdict.OTHER_COMMITTEE


def test_a_rivals_envelopes_under_ones_own_name_are_seen_by_the_member() -> None:
    stolen = as_json(GOOD.header)["core"] | {"bidder": "CLEO-8"}
    copy = header_with(GOOD.header, core=stolen)
    with pytest.raises(PackageError) as caught:
        release(copy, member=NAMES[0], identity=identity(NAMES[0]))
    assert caught.value.verdict == Verdict.ENVELOPE_OF_ANOTHER_BID
    assert caught.value.verdict.blame == Blame.BIDDER


def test_a_rivals_envelopes_for_another_tender_are_seen_by_the_member() -> None:
    stolen = as_json(GOOD.header)["core"] | {"tender": "ocds-pa-0002"}
    with pytest.raises(PackageError, match="another bid"):
        release(header_with(GOOD.header, core=stolen), member=NAMES[0], identity=identity(NAMES[0]))


def test_a_rivals_payload_with_ones_own_envelopes_does_not_open() -> None:
    mine = sealed_by(CLEO)
    copy = header_with(mine.header, payload=as_json(GOOD.header)["payload"])
    error = refusal(copy, GOOD.payload, *shares_of(copy, *PAIR))
    assert error.verdict == Verdict.PAYLOAD_UNREADABLE


def test_a_key_reused_for_another_bid_is_seen() -> None:
    error = forged(lambda core, _: payload_of(core, inner_of(sealed_by(CLEO).header.core, "bid.json"), PRICE))
    assert error.verdict == Verdict.BID_COPIED


def test_a_bidder_who_deals_two_secrets_is_rejected_whoever_opens() -> None:
    core, members = GOOD.header.core, committee_of(2, 3)
    honest = envelopes_for(core, identity("bob").encode(), members)
    other = shamir.split(identity("cleo").encode(), k=2, xs=[1, 2, 3])[2]
    third = envelope(core, other, member=NAMES[2], recipient=members.members[2].recipient)
    header = header_of(core, GOOD.payload, [*honest[:2], third])
    shares = shares_of(header, *NAMES[:3])
    verdicts = {refusal(header, GOOD.payload, *subset).verdict for subset in combinations(shares, 2)}
    assert verdicts == {Verdict.BIDDER_EQUIVOCATES}


def test_a_secret_that_is_no_key_is_refused() -> None:
    header = header_of(
        GOOD.header.core, GOOD.payload, envelopes_for(GOOD.header.core, b"\xff" * 74, committee_of(2, 3))
    )
    assert refusal(header, GOOD.payload, *shares_of(header, *PAIR)).verdict == Verdict.KEY_MALFORMED


def test_a_key_that_is_not_the_headers_is_refused() -> None:
    secret = identity("bob").encode()
    header = header_of(GOOD.header.core, GOOD.payload, envelopes_for(GOOD.header.core, secret, committee_of(2, 3)))
    assert refusal(header, GOOD.payload, *shares_of(header, *PAIR)).verdict == Verdict.KEY_OF_ANOTHER_BID


def test_a_payload_that_is_not_encrypted_is_refused() -> None:
    assert forged(lambda core, _: bytes(65_736)).verdict == Verdict.PAYLOAD_UNREADABLE


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"core":1,"files":[]}', b"\xff\xfe", b"{" * 5_000])
def test_a_malformed_list_of_files_is_refused(raw: bytes) -> None:
    assert forged(lambda core, _: payload_of(core, raw, b"")).verdict == Verdict.INNER_MALFORMED


@pytest.mark.parametrize("length", [2**63, 1_000_000, 65_529])
def test_a_list_of_files_longer_than_the_payload_is_refused(length: int) -> None:
    def make(core: Core, _: str) -> bytes:
        return b"".join(age.encrypt([length.to_bytes(8) + bytes(65_528)], recipient=core.recipient))

    assert forged(make).verdict == Verdict.INNER_MALFORMED


def test_a_file_that_is_not_the_listed_one_is_refused() -> None:
    error = forged(lambda core, _: payload_of(core, inner_of(core, "bid.json"), b"X" * len(PRICE)))
    assert error.verdict == Verdict.FILE_CHANGED


def test_a_list_that_promises_more_bytes_than_there_are_is_refused() -> None:
    promise = {"name": "bid.json", "size": 10**9, "sha256": sha256_hex(PRICE)}
    error = forged(lambda core, _: payload_of(core, {"core": core.ctx.hex(), "files": [promise]}, PRICE))
    assert error.verdict == Verdict.PADDING_WRONG


def test_bytes_hidden_in_the_padding_are_refused() -> None:
    def make(core: Core, _: str) -> bytes:
        inner = inner_of(core, "bid.json")
        rest = 65_536 - 8 - len(encode(inner)) - len(PRICE)
        return payload_of(core, inner, PRICE, padding=bytes(rest - 1) + b"!")

    assert forged(make).verdict == Verdict.PADDING_WRONG


def test_a_signature_over_something_else_is_refused() -> None:
    def make(core: Core, _: str) -> bytes:
        key = Ed25519PrivateKey.generate()
        public, sig = key.public_key().public_bytes_raw(), key.sign(b"another bid")
        signature = {"key": to_base64(public), "sig": to_base64(sig)}
        return payload_of(core, inner_of(core, "bid.json") | {"signature": signature}, PRICE)

    assert forged(make).verdict == Verdict.SIGNATURE_WRONG


UNSAFE = (
    "../bid.json", "..", ".", "", "a/b", "a\\b", "/etc/passwd", "C:x", ".profile", "con", "NUL.txt", "a\x00b", "a\nb",
    "bid\u202efdp.exe", "a\u2028b", "x" * 201, "name.", "name ", "e\u0301.pdf", "-rf", "a?b", "LPT1.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE)
def test_a_file_name_that_could_leave_its_folder_is_refused_on_both_sides(name: str) -> None:
    assert forged(lambda core, _: payload_of(core, inner_of(core, name), PRICE)).verdict == Verdict.FILE_NAME_UNSAFE
    with pytest.raises(PackageError, match="file-name-unsafe"):
        seal_in_memory(BOB, committee=committee_of(2, 3), files=[File.of(name, PRICE)])


@pytest.mark.parametrize("names", [("a.pdf", "a.pdf"), ("a.pdf", "A.PDF"), ("ﬁle", "file")])
def test_two_files_of_one_name_are_refused(names: tuple[str, ...]) -> None:
    error = forged(lambda core, _: payload_of(core, inner_of(core, *names), PRICE * len(names)))
    assert error.verdict == Verdict.FILE_NAME_UNSAFE


def test_a_zip_bomb_is_only_a_file() -> None:
    bomb = b"PK\x03\x04" + b"\xff" * 500
    package = seal_in_memory(BOB, committee=committee_of(2, 3), files=[File.of("bomb.zip", bomb)])
    assert opened(package.header, package.payload, *shares_of(package.header, *PAIR))[1] == {"bomb.zip": bomb}


def test_a_file_that_changes_while_it_is_sealed_is_noticed() -> None:
    contents = iter([b"first", b"other"])
    shifty = File("bid.json", lambda: BytesIO(next(contents)))
    with pytest.raises(PackageError, match="changed while"):
        seal_in_memory(BOB, committee=committee_of(2, 3), files=[shifty])


def test_a_bid_for_another_tender_is_not_sealed() -> None:
    with pytest.raises(PackageError, match="another tender"):
        facts = BidFacts(tender=TENDER + "-other", bidder="BOB-7")
        seal_in_memory(facts, committee=committee_of(2, 3), files=[File.of("bid.json", PRICE)])


def test_a_member_proves_that_the_envelope_breaks_its_commitment() -> None:
    core, member = GOOD.header.core, committee_of(2, 3).members[0]
    envelopes = envelopes_for(core, identity("bob").encode(), committee_of(2, 3))
    share = bytes(74) + b"\x01"
    empty = envelope(core, share, member=member.id, recipient=member.recipient, inside=core.ctx + b"x" * 75)
    header = header_of(core, GOOD.payload, [empty, *envelopes[1:]])
    complaint = complain(header, member=member.id, identity=identity(member.id))
    finding = check_complaint(complaint, header=header)
    assert (finding.verdict, finding.member) == (Verdict.ENVELOPE_BREAKS_COMMITMENT, member.id)


def test_a_complaint_about_a_good_envelope_is_unfounded() -> None:
    complaint = complain(GOOD.header, member=NAMES[0], identity=identity(NAMES[0]))
    with pytest.raises(PackageError, match="complaint-unfounded"):
        check_complaint(complaint, header=GOOD.header)
    with pytest.raises(PackageError, match="not the key"):
        check_complaint(replace(complaint, file_key="00" * 16), header=GOOD.header)
    with pytest.raises(PackageError, match="another bid"):
        check_complaint(replace(complaint, commitment="00" * 32), header=GOOD.header)


def test_a_member_with_another_key_is_told_so() -> None:
    with pytest.raises(PackageError, match="envelope-unreadable"):
        release(GOOD.header, member=NAMES[0], identity=identity("stranger"))
