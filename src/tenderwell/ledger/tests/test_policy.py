"""Policies: what is believed, in one form; and receipts checked under one."""

from itertools import combinations

import pytest

from tenderwell.ledger import note, tree
from tenderwell.ledger.note import BadNote, KeyType, Note, Signer
from tenderwell.ledger.policy import BadPolicy, Party, Policy, check_note, parse_policy, policy_of
from tenderwell.ledger.proof import Proof, check_proof, parse_proof
from tenderwell.ledger.tests.logs import ORIGIN, hashes_over, log_keys, log_note, numbered, signer
from tenderwell.ledger.tree import BadProof

LOG = log_keys()[0].verifier.vkey
NAMES = ("X1", "X2", "X3", "Y1", "Y2")
KEYS = {name: signer(f"{name}.example", KeyType.COSIGNATURE) for name in NAMES}
WITNESSES = "".join(f"witness {name} {key.verifier.vkey} https://{name}.example\n" for name, key in KEYS.items())
RULE = "group X 2 X1 X2 X3\ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both\n"
ENTRIES = numbered(7)


def cosigned(names: tuple[str, ...], *, keys: dict[str, Signer] = KEYS) -> Note:
    made = log_note(ENTRIES)
    return Note(made.text, (*made.signatures, *(keys[name].sign(made.text, time=1000) for name in names)))


def proof(index: int, witnesses: tuple[str, ...] = ()) -> Proof:
    path = tree.inclusion_proof(index, len(ENTRIES), hashes=hashes_over(ENTRIES))
    return Proof(index, tuple(path), cosigned(witnesses), b"preimage")


def test_a_policy_and_back() -> None:
    text = f"log {LOG} https://aurora.example/log\n{WITNESSES}{RULE}"
    made = parse_policy("# ours\n\n \t" + text.replace("group X 2", "group\tX  2 "))
    assert parse_policy(str(made)) == made
    assert str(made) == text.replace("any", "1").replace("all", "2")


def test_groups_of_groups_are_counted() -> None:
    made = parse_policy(f"log {LOG}\n{WITNESSES}{RULE}")
    enough = [set(names) for n in range(6) for names in combinations(NAMES, n) if made.is_met(set(names))]
    assert all(len(names & {"X1", "X2", "X3"}) >= 2 and names & {"Y1", "Y2"} for names in enough)
    assert len(enough) == 12


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"log {LOG}\n",
        f"log {LOG}\nlog {LOG}\nquorum none\n",
        "quorum none\nquorum none\n",
        "quorum X\n",
        f"{WITNESSES}quorum Z\n",
        f"{WITNESSES}group X 0 X1\nquorum X\n",
        f"{WITNESSES}group X 2 X1\nquorum X\n",
        f"{WITNESSES}group X 01 X1\nquorum X\n",
        f"{WITNESSES}group X １ X1\nquorum X\n",
        f"{WITNESSES}group X any\nquorum X\n",
        f"{WITNESSES}group X 2 X1 X1\nquorum X\n",
        f"{WITNESSES}group X any none\nquorum X\n",
        f"{WITNESSES}group X1 any X2\nquorum X1\n",
        f"{WITNESSES}group A any X1\ngroup B any X1\nquorum B\n",
        f"{WITNESSES}{WITNESSES}quorum none\n",
        f"witness W {LOG}\nquorum W\n",
        "log nonsense\nquorum none\n",
        "logs x\nquorum none\n",
        f"log {LOG} url more\nquorum none\n",
        "quorum\u00a0none\n",
        "quorum none\r\n",
    ],
)
def test_a_policy_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(BadPolicy):
        parse_policy(text)


def test_the_policy_of_a_log_asks_for_some_of_its_witnesses() -> None:
    parties = [parse_policy(f"{WITNESSES}quorum none\n").witnesses[name] for name in ("X1", "X2", "X3")]
    made = policy_of([key.verifier for key in log_keys()], url="https://aurora.example/log", witnesses=parties, least=2)
    assert parse_policy(str(made)) == made
    assert not made.is_met({"X1.example"})
    assert made.is_met({"X1.example", "X3.example"})


def policy(rule: str = RULE) -> Policy:
    return parse_policy(f"log {LOG}\n{WITNESSES}{rule}")


def test_a_witness_with_two_keys_counts_once() -> None:
    keys = [signer("a.example", type).verifier for type in (KeyType.COSIGNATURE, KeyType.ML_DSA_44)]
    parties = [*map(Party, keys), Party(signer("b.example", KeyType.COSIGNATURE).verifier)]
    made = parse_policy(str(policy_of([signer(ORIGIN).verifier], url="", witnesses=parties, least=2)))
    assert not made.is_met({"a.example", "a.example/pq"})
    assert made.is_met({"a.example/pq", "b.example"})


def test_a_receipt_shows_who_saw_it_when() -> None:
    seen = check_proof(proof(3, ("X1", "X3", "Y2")), tree.leaf_hash(ENTRIES[3]), policy=policy())
    assert (seen.checkpoint.origin, seen.checkpoint.size) == (ORIGIN, 7)
    assert seen.times == {"X1": 1000, "X3": 1000, "Y2": 1000}


def test_too_few_witnesses_are_not_enough() -> None:
    with pytest.raises(BadNote, match="too few"):
        check_note(cosigned(("X1", "X2", "X3")), policy=policy())


def test_a_stranger_with_the_name_of_a_witness_does_not_count() -> None:
    strangers = {name: Signer(key.name, key.type, bytes(32)) for name, key in KEYS.items()}
    with pytest.raises(BadNote, match="too few"):
        check_note(cosigned(NAMES, keys=strangers), policy=policy())


def test_another_log_is_not_believed() -> None:
    made = log_note(ENTRIES)
    other = note.signed(made.text, [signer("other.example/log")], time=0)
    for forged in (other, Note(made.text.replace(ORIGIN, "other.example/log"), other.signatures)):
        with pytest.raises(BadNote):
            check_note(forged, policy=policy("quorum none\n"))


def test_a_receipt_is_for_one_entry_at_one_place() -> None:
    for leaf, made in ((ENTRIES[2], proof(3)), (ENTRIES[3], Proof(2, proof(3).path, proof(3).note))):
        with pytest.raises(BadProof):
            check_proof(made, tree.leaf_hash(leaf), policy=policy("quorum none\n"))


def test_a_receipt_and_back() -> None:
    for made in (proof(3, NAMES), Proof(0, (), log_note(ENTRIES[:1]))):
        assert parse_proof(str(made)) == made


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("extra ", "more "),
        ("extra cHJlaW1hZ2U=", "extra "),
        ("extra cHJlaW1hZ2U=", "extra cHJlaW1hZ2U"),
        ("extra cHJlaW1hZ2U=", "extra cHJlaW1hZ2V="),
        ("extra cHJlaW1hZ2U=\n", "extra cHJlaW1hZ2U=\nextra cHJlaW1hZ2U=\n"),
        ("index 3", "index 03"),
        ("index 3", "index ３"),
        ("index 3", "index -3"),
        ("index 3\n", ""),
        ("index 3", "index 3\n"),
        ("index 3\n", "index 3\r\n"),
        ("index 3\n", "index 3\nAAAA\n"),
        ("index 3\n", "index 3\n" + "A" * 43 + "=\n" * 1 + ("A" * 43 + "=\n") * 63),
    ],
)
def test_a_receipt_of_another_form_is_refused(part: str, other: str) -> None:
    text = str(proof(3))
    assert part in text
    with pytest.raises(BadProof):
        parse_proof(text.replace(part, other, 1))
