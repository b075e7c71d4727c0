"""The committee record: its rules, its hash, its eight words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderwell.ledger.sealing.canonical import NotCanonical, decode, encode
from tenderwell.ledger.sealing.committee import Member, committee, parse_committee, words_of
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.tests.people import NAMES, committee_of, identity
from tenderwell.ledger.sealing.words import WORDS


def member(name: str, suite: Suite = Suite.X25519) -> Member:
    return Member(id=name, recipient=recipient_of(identity(name, suite)))


@pytest.mark.parametrize(("k", "n"), [(2, 3), (3, 5), (4, 5)])
def test_a_record_is_read_as_it_was_written(k: int, n: int) -> None:
    record = committee_of(k, n)
    assert parse_committee(record.record) == record
    assert record.record.startswith(b'{"id":"opening-1","k":')


@pytest.mark.parametrize(("k", "n"), [(1, 3), (3, 3), (0, 3), (2, 2), (4, 3), (5, 5)])
def test_k_is_two_or_more_and_leaves_one_member_to_spare(k: int, n: int) -> None:
    with pytest.raises(NotCanonical):
        committee([member(name) for name in NAMES[:n]], id="c", tender="t", k=k)


def test_suites_are_not_mixed_and_keys_not_shared() -> None:
    mixed = [member("a"), member("b"), member("c", Suite.PQ)]
    with pytest.raises(NotCanonical, match="two suites"):
        committee(mixed, id="c", tender="t", k=2)
    shared = [member("a"), member("b"), Member(id="c", recipient=member("a").recipient)]
    with pytest.raises(NotCanonical, match="one key"):
        committee(shared, id="c", tender="t", k=2)


def test_a_mistyped_key_names_the_member() -> None:
    right = member("c").recipient
    wrong = right[:-1] + ("q" if right.endswith("x") else "x")
    mistyped = [member("a"), member("b"), Member(id="clerk", recipient=wrong)]
    with pytest.raises(NotCanonical, match="clerk"):
        committee(mistyped, id="c", tender="t", k=2)


def test_the_words_change_with_any_key() -> None:
    before = committee_of(2, 3)
    other = Member(id=NAMES[2], recipient=recipient_of(new_identity(Suite.X25519)))
    after = committee([*before.members[:2], other], id=before.id, tender=before.tender, k=2)
    assert len(before.words) == 8
    assert before.words != after.words


def test_the_words_hold_eighty_eight_bits_of_the_hash() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2_048
    assert words_of("ff" * 32) == (WORDS[-1],) * 8
    assert words_of("00" * 11 + "ff" * 21) == (WORDS[0],) * 8
    assert words_of("80" + "00" * 31)[0] == WORDS[1_024]


@pytest.mark.parametrize("change", [{"n": 4}, {"type": "committee/v2"}, {"k": 2.5}, {"k": True}, {"extra": 1}])
def test_a_changed_record_is_refused(change: dict[str, object]) -> None:
    value = decode(committee_of(2, 3).record, form=dict, limit=10**6)
    with pytest.raises(NotCanonical):
        parse_committee(encode(value | change))


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_parser(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_committee(raw)
