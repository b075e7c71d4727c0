"""What a buyer, an operator or a committee could do to a record, and that the verifier shows each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tenderwell.ledger.tests.sites import NOON, OCID, Site, bid, honest, policy_file
from tenderwell.ledger.verifying import command

LATER = NOON + 3600
Attack = Callable[[Site], None]


def tender(folder: Path) -> Site:
    site = Site(folder)
    site.release(1, tender={"id": "t"})
    site.name_committee()
    return site


def checked(site: Site, *words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = command.main(
        ["record", str(site.folder), "--policy", policy_file(site.folder), *words], now=float(NOON + 60)
    )
    return status, capsys.readouterr().out


def opened_with(site: Site, *members: str) -> None:
    """One bid, closed and opened by these members."""
    index = site.seal(bid(1))
    site.close()
    if members:
        site.share(bid(1), *members)
    site.open({index: bid(1)})
    site.publish()
    site.publish_proofs(index)


def opened_early(site: Site) -> None:
    index = site.seal(bid(1))
    site.share(bid(1))
    site.close()
    site.open({index: bid(1)})
    site.publish()
    site.publish_proofs(index)


def replaced_bid_opened(site: Site) -> None:
    index = site.seal(bid(1))
    site.close()
    site.share(bid(1), "m1")
    site.open({index: bid(1)}, verdict="replaced")
    site.publish()
    site.publish_proofs(index)


def shown_under_another_bidder(site: Site) -> None:
    index = site.seal(bid(1))
    site.close()
    site.share(bid(1))
    site.open({index: bid(1)}, shown_as="PA-9")
    site.publish()
    site.publish_proofs(index)


def bid_shown_that_nobody_sealed(site: Site) -> None:
    opened_with(site, "m1", "m2")
    site.release(3, bids={"details": [{"id": "bid-99", "tenderers": [{"id": "PA-9"}]}]})
    site.publish()


def bid_opened_and_not_shown(site: Site) -> None:
    index = site.seal(bid(1))
    site.close()
    site.share(bid(1))
    row = {"id": "bid-1", "index": index, "preimage": bid(1), "verdict": "valid"}
    minutes = {"bids": [row], "received": 1}
    site.logged_minutes(minutes)
    site.publish()
    site.publish_proofs(index)


def row_counted_twice(site: Site) -> None:
    index = site.seal(bid(1))
    site.close()
    site.share(bid(1))
    row = {"id": "bid-1", "index": index, "preimage": bid(1), "verdict": "valid"}
    site.logged_minutes({"bids": [row, {**row, "id": "bid-2"}], "received": 2})
    site.publish()
    site.publish_proofs(index)


def fewer_rows_than_bids(site: Site) -> None:
    site.seal(bid(1))
    site.close()
    site.logged_minutes({"bids": [], "received": 1})
    site.publish()


def witnesses_saw_it_late(site: Site) -> None:
    opened_with(site, "m1", "m2")
    site.publish_proofs(2, time=LATER)


def nothing_shows_when(site: Site) -> None:
    opened_with(site, "m1", "m2")
    (site.folder / f"processes/{OCID}/proofs/2.tlog-proof").unlink()


def proof_of_another_entry(site: Site) -> None:
    opened_with(site, "m1", "m2")
    proofs = site.folder / f"processes/{OCID}/proofs"
    site.publish_proofs(1)
    (proofs / "1.tlog-proof").replace(proofs / "2.tlog-proof")


def no_committee(site: Site) -> None:
    del site.entries[1]
    opened_with(site, "m1", "m2")


def rejected_though_enough_members_could_open(site: Site) -> None:
    contested(site, "m1")


def handed_over_early(site: Site) -> None:
    site.hand_over("m1")
    handed_over(site)


def handed_over_by_a_stranger(site: Site) -> None:
    handed_over(site, "m9")


def handed_over(site: Site, *members: str) -> None:
    """One bid, opened when these members had handed their shares over."""
    index = site.seal(bid(1))
    site.close()
    for member in members:
        site.hand_over(member)
    site.share(bid(1))
    site.open({index: bid(1)})
    site.publish()
    site.publish_proofs(index)


def contested(site: Site, *members: str) -> None:
    """One bid is rejected because these members said that its envelopes do not open."""
    index = site.seal(bid(1))
    site.close()
    for member in members:
        site.add("opening.unreadable/v1", member=member, commitment=bid(1)["commitment"])
    site.open({index: bid(1)}, verdict="envelope-unreadable")
    site.publish()
    site.publish_proofs(index)


ATTACKS: dict[Attack, str] = {
    lambda site: opened_with(site, "m1"): "fewer than 2 members of its committee released a share",
    lambda site: opened_with(site, "m1", "m1"): "fewer than 2 members of its committee released a share",
    opened_early: "released before the end of the period",
    replaced_bid_opened: "was to stay shut",
    shown_under_another_bidder: "shown under another bidder",
    bid_shown_that_nobody_sealed: "it was added",
    bid_opened_and_not_shown: "it was dropped",
    row_counted_twice: "without an entry of its own",
    fewer_rows_than_bids: "counts 1 bids and lists 0",
    witnesses_saw_it_late: "only at 2026-03-02T13:00:00Z, after the end",
    nothing_shows_when: "nothing shows when witnesses saw it",
    proof_of_another_entry: "nothing shows when witnesses saw it",
    rejected_though_enough_members_could_open: "rejected for its envelopes, but enough members could open it",
    handed_over_early: "m1 of ocds-x7k2mq-1 handed shares over before the end of the period",
    handed_over_by_a_stranger: "shares of m9, who is no member",
    no_committee: "did not say before the bids who could open them",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_it_is_shown(tmp_path: Path, attack: Attack, capsys: pytest.CaptureFixture[str]) -> None:
    site = tender(tmp_path)
    attack(site)
    status, said = checked(site, capsys=capsys)
    assert (status, ATTACKS[attack] in said) == (1, True), said


def test_the_same_without_an_attack_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tender(tmp_path)
    opened_with(site, "m1", "m2")
    status, said = checked(site, capsys=capsys)
    assert (status, "came in time, as enough witnesses saw, and was opened in its turn" in said) == (0, True), said


def test_a_bid_that_too_few_members_could_open_is_rejected_rightly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tender(tmp_path)
    contested(site, "m1", "m3")
    status, said = checked(site, capsys=capsys)
    assert status == 0, said


def test_who_handed_shares_over_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tender(tmp_path)
    handed_over(site, "m1")
    status, said = checked(site, capsys=capsys)
    assert (status, "m1 handed its shares over to a deputy with the key age1deputy" in said) == (0, True), said


def test_a_release_left_out_is_shown_by_its_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site(tmp_path)
    for number in ("00001", "00003"):
        site.release(number)
    site.publish()
    status, said = checked(site, capsys=capsys)
    assert (status, "they are numbered [1, 3]" in said) == (1, True), said


def test_a_forked_log_is_shown_by_a_receipt_of_the_other_branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = honest(tmp_path / "other")
    receipt = other.receipt(3, bid(2))
    mine = tender(tmp_path / "mine")
    opened_with(mine, "m1", "m2")
    status, said = checked(mine, "--receipt", str(receipt), capsys=capsys)
    assert (status, "this is not one log" in said) == (1, True), said


def test_a_swapped_ciphertext_is_shown_by_the_header(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site, header = honest(tmp_path), tmp_path / "header.json"
    header.write_bytes(b'{"payload":{"sha256":"of another file"}}')
    words = ["receipt", str(site.receipt(2, bid(1))), "--policy", policy_file(tmp_path), "--header", str(header)]
    assert command.main(words) == 1
    assert "another bid" in capsys.readouterr().out
