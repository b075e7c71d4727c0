"""A member's program releases nothing unless the ledger proves the end, each bid, and that none is missing."""

import dataclasses
import json
from typing import Any

import msgspec
import pytest

from tenderwell.core.command import perform
from tenderwell.ledger.note import KeyType, Note, Signature, signed
from tenderwell.ledger.policy import Group, Party, Policy, parse_policy
from tenderwell.ledger.proof import Proof
from tenderwell.ledger.sealing.bids_to_open import BidsToOpen, Checked, NotProved, check_bids, encode_bids, parse_bids
from tenderwell.ledger.tests.logs import log_keys, log_note, signer
from tenderwell.workroom.bidding import commands
from tenderwell.workroom.bidding.inputs import WithdrawBid
from tenderwell.workroom.bidding.tests.client import answered
from tenderwell.workroom.bidding.tests.journey import SECOND, Sealed, announced, bid_of, open_for_bids
from tenderwell.workroom.bidding.to_open import bids_file
from tenderwell.workroom.process.tests.personas import personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender() -> Sealed:
    """Bob's bid replaced, Cleo's withdrawn, and the end announced."""
    made = open_for_bids()
    bid_of(made, personas().bob, "1000")
    bid_of(made, personas().bob, "900")
    gone = bid_of(made, personas().cleo)
    withdraw = WithdrawBid(commitment=gone.commitment)
    perform(commands.withdraw_bid, personas().cleo, made.process.ocid, withdraw, now=made.end - SECOND)
    announced(made)
    return made


def listed(tender: Sealed) -> BidsToOpen:
    return parse_bids(bids_file(tender.process))


def checked(bids: BidsToOpen, tender: Sealed, **more: Any) -> Checked:
    facts: dict[str, Any] = {"tender": tender.process.ocid, "closes": tender.end, "policy": parse_policy(bids.policy)}
    return check_bids(bids, **(facts | more))


def test_the_ledger_proves_which_bids_to_open(tender: Sealed) -> None:
    seen = checked(listed(tender), tender)
    assert [header.core.seq for header in seen.headers] == [2]
    assert seen.ended == 2


def test_a_bid_under_another_tree_is_not_proved(tender: Sealed) -> None:
    bids = listed(tender)
    leaf = msgspec.structs.replace(bids.bids[0].leaf, path=bids.bids[0].leaf.path[::-1] + ("AAAA",))
    with pytest.raises(NotProved, match="not proved to be in the ledger"):
        checked(with_first(bids, leaf=leaf), tender)


def with_first(bids: BidsToOpen, **change: Any) -> BidsToOpen:
    return msgspec.structs.replace(bids, bids=(msgspec.structs.replace(bids.bids[0], **change), *bids.bids[1:]))


def test_a_swapped_header_is_noticed(tender: Sealed) -> None:
    bids = listed(tender)
    header = {**bids.bids[0].header, "payload": {"sha256": "0" * 64, "size": 65736}}
    with pytest.raises(NotProved, match="is not the one in the ledger"):
        checked(with_first(bids, header=header), tender)


def test_a_changed_preimage_is_noticed(tender: Sealed) -> None:
    bids = listed(tender)
    leaf = bids.bids[0].leaf
    late = msgspec.structs.replace(leaf, preimage={**leaf.preimage, "received": "2020-01-01T00:00:00Z"})
    with pytest.raises(NotProved, match="not proved"):
        checked(with_first(bids, leaf=late), tender)


def test_a_replaced_bid_that_is_not_accounted_for_is_named(tender: Sealed) -> None:
    bids = listed(tender)
    with pytest.raises(NotProved, match="replaces, is not in the list"):
        checked(msgspec.structs.replace(bids, ended=()), tender)


def test_a_bid_with_a_receipt_cannot_be_dropped(tender: Sealed) -> None:
    bids = listed(tender)
    receipt = bids.bids[0].leaf.commitment
    with pytest.raises(NotProved, match="has a receipt and is not in the list"):
        checked(msgspec.structs.replace(bids, bids=()), tender, known=[receipt])


def test_no_bid_is_called_withdrawn_without_its_bidders_withdrawal(tender: Sealed) -> None:
    bids = listed(tender)
    ended = tuple(msgspec.structs.replace(bid, withdrawal=None) for bid in bids.ended)
    with pytest.raises(NotProved, match="its withdrawal is not in the list"):
        checked(msgspec.structs.replace(bids, ended=ended), tender)


def test_no_bid_is_called_replaced_without_a_later_one(tender: Sealed) -> None:
    bids = listed(tender)
    with pytest.raises(NotProved, match="no later bid"):
        checked(msgspec.structs.replace(bids, bids=()), tender)


def test_a_bid_twice_is_noticed(tender: Sealed) -> None:
    bids = listed(tender)
    with pytest.raises(NotProved, match="Two bids of"):
        checked(msgspec.structs.replace(bids, bids=bids.bids * 2), tender)


def test_another_end_than_the_tenders_is_refused(tender: Sealed) -> None:
    with pytest.raises(NotProved, match="another end of the period"):
        checked(listed(tender), tender, closes=tender.end - SECOND)


def test_a_log_with_another_key_is_refused(tender: Sealed) -> None:
    other = Policy([Party(key.verifier) for key in log_keys()], quorum="none")
    with pytest.raises(NotProved, match="not signed by a log of the policy"):
        checked(listed(tender), tender, policy=other)


def test_without_enough_witnesses_nothing_is_released(tender: Sealed) -> None:
    bids = listed(tender)
    mine = parse_policy(bids.policy)
    witness = signer("witness.example", KeyType.COSIGNATURE).verifier
    strict = Policy(mine.logs, {"w": Party(witness)}, quorum="w")
    with pytest.raises(NotProved, match="too few witnesses"):
        checked(bids, tender, policy=strict)


def in_browser(bids: BidsToOpen, tender: Sealed) -> dict[str, Any]:
    plain = json.loads(encode_bids(bids))
    return answered("toOpen", bids=plain, tender=tender.process.ocid, closes=tender.end.isoformat())


def test_the_browser_finds_the_same_bids_to_open(tender: Sealed) -> None:
    bids = listed(tender)
    assert in_browser(bids, tender) == {"done": [bids.bids[0].leaf.commitment]}


def test_the_browser_refuses_what_the_program_refuses(tender: Sealed) -> None:
    bids = listed(tender)
    late = msgspec.structs.replace(bids.bids[0].leaf, preimage={**bids.bids[0].leaf.preimage, "salt": "00"})
    cheats = (
        (with_first(bids, leaf=late), "not proved to be in the ledger"),
        (
            with_first(bids, header={**bids.bids[0].header, "payload": {"sha256": "0" * 64, "size": 65736}}),
            "not the one",
        ),
        (msgspec.structs.replace(bids, ended=()), "is not in the list"),
        (msgspec.structs.replace(bids, bids=()), "no later bid"),
        (msgspec.structs.replace(bids, bids=bids.bids * 2), "Two bids"),
        (msgspec.structs.replace(bids, policy=other_log()), "log’s own key"),
    )
    for cheat, reason in cheats:
        assert reason in in_browser(cheat, tender)["refused"]


def other_log() -> str:
    return str(Policy([Party(key.verifier) for key in log_keys()], quorum="none"))


WITNESSES = (signer("old.example", KeyType.COSIGNATURE), signer("pq.example", KeyType.ML_DSA_44))


def cosigned() -> Proof:
    """A proof under a checkpoint that two witnesses cosigned, one with either kind of key."""
    note = log_note([b"entry"])
    seen = signed(note.text, WITNESSES, time=1_772_442_060)
    return Proof(0, (), Note(note.text, note.signatures + seen.signatures), b"entry")


def both_asked() -> str:
    witnesses = {each.name: Party(each.verifier) for each in WITNESSES}
    groups = {"both": Group(2, tuple(witnesses))}
    return str(Policy([Party(key.verifier) for key in log_keys()], witnesses, groups, quorum="both"))


def test_the_browser_checks_witnesses_of_both_kinds() -> None:
    assert answered("signed", proof=str(cosigned()), policy=both_asked()) == {"done": ["old.example", "pq.example"]}


@pytest.mark.parametrize("place", [-1, -2])
def test_a_false_cosignature_of_a_known_witness_spoils_the_note(place: int) -> None:
    """As C2SP signed-note asks for: no program goes on with the others."""
    proof = cosigned()
    lines = list(proof.note.signatures)
    lines[place] = with_another_byte(lines[place])
    spoilt = dataclasses.replace(proof, note=Note(proof.note.text, tuple(lines)))
    assert "is false" in answered("signed", proof=str(spoilt), policy=both_asked())["refused"]


def with_another_byte(signature: Signature) -> Signature:
    """The same line with its last byte changed."""
    raw = signature.raw[:-1] + bytes([signature.raw[-1] ^ 1])
    return dataclasses.replace(signature, raw=raw)
