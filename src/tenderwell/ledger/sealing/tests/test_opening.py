"""Opening honest bids."""

from io import BytesIO
from itertools import combinations, permutations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tenderwell.ledger.sealing.keys import Suite
from tenderwell.ledger.sealing.opening import open_payload
from tenderwell.ledger.sealing.package import File, seal, seal_in_memory
from tenderwell.ledger.sealing.tests.people import BOB, NAMES, PRICE, committee_of, opened, sealed_by, shares_of


@pytest.mark.parametrize("suite", tuple(Suite))
@pytest.mark.parametrize(("k", "n"), [(2, 3), (3, 5), (4, 5)])
def test_every_k_members_open_the_bid(suite: Suite, k: int, n: int) -> None:
    package, members = sealed_by(BOB, k, n, suite), committee_of(k, n, suite)
    shares = shares_of(package.header, *NAMES[:n], suite=suite)
    for subset in combinations(shares, k):
        result, files = opened(package.header, package.payload, *subset, committee=members)
        assert files["bid.json"] == PRICE
        assert [file.name for file in result.files] == ["bid.json", "plan.pdf"]


def test_the_order_and_number_of_shares_do_not_matter() -> None:
    package = sealed_by()
    shares = shares_of(package.header, *NAMES[:3])
    results = {opened(package.header, package.payload, *order)[0] for order in permutations(shares)}
    assert {result.identity for result in results} == {opened(package.header, package.payload, *shares[1:])[0].identity}


def test_nothing_of_the_bid_can_be_read_in_the_package() -> None:
    for suite in Suite:
        package = sealed_by(BOB, 2, 3, suite)
        stored = package.header.raw + package.payload
        assert PRICE not in stored
        assert b"CANARY" not in stored
        assert b"bid.json" not in stored
        assert b"SECRET-KEY" not in stored


def test_small_bids_have_one_size() -> None:
    sizes = {
        len(seal_in_memory(BOB, committee=committee_of(2, 3), files=[File.of("bid.json", bytes(length))]).payload)
        for length in (0, 10, 60_000)
    }
    assert sizes == {65_736}


def test_two_seals_of_one_bid_have_nothing_in_common() -> None:
    files = [File.of("bid.json", PRICE)]
    one, other = (seal_in_memory(BOB, committee=committee_of(2, 3), files=files) for _ in range(2))
    assert one.commitment != other.commitment
    assert one.header.core.recipient != other.header.core.recipient


def test_an_auditor_opens_again_with_the_recovered_key() -> None:
    package = sealed_by()
    result, _ = opened(package.header, package.payload, *shares_of(package.header, *NAMES[:2]))
    seen: list[str] = []
    open_payload(
        package.header,
        BytesIO(package.payload),
        identity=result.identity,
        sink=lambda facts, pieces: seen.append(facts.name),
    )
    assert seen == ["bid.json", "plan.pdf"]


def test_a_bidders_signature_is_kept() -> None:
    key = Ed25519PrivateKey.generate()
    package = seal_in_memory(BOB, committee=committee_of(2, 3), files=[File.of("bid.json", PRICE)], signer=key)
    result, _ = opened(package.header, package.payload, *shares_of(package.header, *NAMES[:2]))
    assert result.inner.signature


def test_large_files_are_listed_in_parts_and_streamed() -> None:
    out, length = BytesIO(), 20_000_000
    package = seal(BOB, committee=committee_of(2, 3), files=[File.of("film.bin", bytes(length))], out=out)
    payload = package.header.payload
    assert payload.parts
    assert len(payload.parts.sha256) == 3
    assert payload.size == len(out.getvalue())
    _, files = opened(package.header, out.getvalue(), *shares_of(package.header, *NAMES[1:3]))
    assert len(files["film.bin"]) == length
