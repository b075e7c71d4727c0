"""Witnesses: what they cosign and what they refuse; the log asking several of them, some dead or at odds."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django import Settings

from tenderwell.ledger import identity, note, publishing, store, tree, witness
from tenderwell.ledger.identity import MayNotSign
from tenderwell.ledger.note import Checkpoint, KeyType, Note, parse_note
from tenderwell.ledger.policy import check_note
from tenderwell.ledger.proof import parse_proof
from tenderwell.ledger.serving import Server
from tenderwell.ledger.tests.logs import (
    NOW,
    ORIGIN,
    hashes_over,
    leaves,
    log_keys,
    log_note,
    numbered,
    prover,
    signer,
)
from tenderwell.ledger.witness import Reply, Witness, request_body

TIME = 1_772_442_100
W1 = signer("w1.example", KeyType.COSIGNATURE)


def making(folder: Path, name: str = "w1.example") -> Witness:
    signers = [signer(name, KeyType.COSIGNATURE), signer(name, KeyType.ML_DSA_44)]
    return Witness(folder / name, signers=signers, logs={ORIGIN: [key.verifier for key in log_keys()]})


def submit(to: Witness, count: int, *, old: int, made: Note | None = None) -> Reply:
    """Ask to cosign the first `count` entries."""
    proof = prover(numbered(count))(old) if old <= count else []
    return to.add_checkpoint(request_body(made or log_note(numbered(count)), old=old, proof=proof), time=TIME)


def test_a_witness_cosigns_what_continues_what_it_holds(tmp_path: Path) -> None:
    one = making(tmp_path)
    assert [submit(one, 3, old=0).status, submit(one, 7, old=3).status, submit(one, 7, old=7).status] == [200] * 3
    made = log_note(numbered(7))
    lines = note.parse_signatures(submit(one, 7, old=7).body)
    found = note.verified(Note(made.text, lines), [key.verifier for key in one.signers])
    assert [(key.type, signature.time) for key, signature in found] == [(4, TIME), (6, TIME)]


def test_a_witness_shows_monitors_what_it_holds(tmp_path: Path) -> None:
    one = making(tmp_path)
    where = sha256(ORIGIN.encode()).hexdigest()
    assert one.latest(where).status == 404
    submit(one, 3, old=0)
    held = parse_note(one.latest(where).body)
    assert note.parse_checkpoint(held.text).size == 3
    assert len(note.verified(held, [key.verifier for key in (*one.signers, *log_keys())])) == 4


@pytest.mark.parametrize("origin_hash", ["", "..", "../w1.example/witness", "x" * 64, "٠" * 64, "0" * 64])
def test_a_witness_has_no_other_files(tmp_path: Path, origin_hash: str) -> None:
    assert making(tmp_path).latest(origin_hash).status == 404


def test_a_witness_says_which_size_it_holds(tmp_path: Path) -> None:
    one = making(tmp_path)
    submit(one, 5, old=0)
    for old in (0, 4, 6):
        assert submit(one, 7, old=old) == Reply(409, "5\n", "text/x.tlog.size")


def test_a_larger_old_size_is_no_request(tmp_path: Path) -> None:
    assert submit(making(tmp_path), 3, old=4).status == 400


def test_a_fork_is_not_cosigned(tmp_path: Path) -> None:
    one = making(tmp_path)
    submit(one, 5, old=0)
    for entries in ([b"another", *numbered(5)[1:]], [b"another", *numbered(7)[1:]]):
        proof = prover(entries)(5)
        assert one.add_checkpoint(request_body(log_note(entries), old=5, proof=proof), time=TIME).status == 422
    assert submit(one, 5, old=5).status == 200


def test_a_proof_from_nothing_is_empty(tmp_path: Path) -> None:
    body = request_body(log_note(numbered(3)), old=0, proof=[bytes(32)])
    assert making(tmp_path).add_checkpoint(body, time=TIME).status == 422


def test_an_empty_tree_with_another_root_is_not_cosigned(tmp_path: Path) -> None:
    made = note.signed(Checkpoint(ORIGIN, 0, bytes(32)).text, log_keys()[:1], time=0)
    assert making(tmp_path).add_checkpoint(request_body(made, old=0, proof=[]), time=TIME).status == 422


def test_only_the_logs_own_keys_count(tmp_path: Path) -> None:
    one, made = making(tmp_path), log_note(numbered(3))
    unknown = note.signed(Checkpoint("b.example", 3, bytes(32)).text, log_keys()[:1], time=0)
    stranger = Note(made.text, (signer("b.example").sign(made.text, time=0),))
    false = Note(made.text, (note.Signature(ORIGIN, made.signatures[0].key_id, bytes(64)),))
    statuses = [submit(one, 3, old=0, made=each).status for each in (unknown, stranger, false)]
    assert statuses == [404, 403, 403]


@pytest.mark.parametrize(
    "spoil",
    [
        (b"old 0", b"old 00"),
        (b"old 0", b"old \xef\xbc\x90"),
        (b"old 0", b"size 0"),
        (b"old 0\n", b"old 0\nAAAA\n"),
        (b"old 0\n\n", b"old 0\n"),
        (b"old 0\n", b"old 0\n" + (b"A" * 43 + b"=\n") * 64),
        (b"\n3\n", b"\n03\n"),
        (b"aurora", b"\xff"),
    ],
)
def test_a_request_of_another_form_is_refused(tmp_path: Path, spoil: tuple[bytes, bytes]) -> None:
    body = request_body(log_note(numbered(3)), old=0, proof=[])
    assert spoil[0] in body
    assert making(tmp_path).add_checkpoint(body.replace(*spoil), time=TIME).status == 400


def test_two_requests_at_once_never_roll_back(tmp_path: Path) -> None:
    ones = [making(tmp_path), making(tmp_path)]  # two processes with one folder
    submit(ones[0], 1, old=0)
    works = [threading.Thread(target=submit, args=(ones[n % 2], 2 + n), kwargs={"old": 1}) for n in range(8)]
    for work in works:
        work.start()
    for work in works:
        work.join()
    held = ones[0].held(ORIGIN)
    assert held is not None
    assert submit(ones[1], 9, old=held.size).status == 200


# The log asks


@contextmanager
def served(one: Witness) -> Iterator[str]:
    """The witness behind a port of this machine."""
    with Server(one, address="127.0.0.1", port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()


def ask(count: int, url: str, *, held: int = 0) -> witness.Answer:
    entries = numbered(count)
    prove = prover(entries)
    (answer,) = witness.ask(
        log_note(entries), keys={url: [W1.verifier]}, held={url: held}, prove=lambda old: prove(min(old, count))
    )
    return answer


def test_a_witness_that_holds_another_size_is_asked_again(tmp_path: Path) -> None:
    one = making(tmp_path)
    submit(one, 5, old=0)
    with served(one) as url:
        assert len(ask(9, url).signatures) == 1
        assert len(ask(12, url, held=3).signatures) == 1


def test_a_witness_that_is_ahead_is_believed_to_hold_more(tmp_path: Path) -> None:
    one = making(tmp_path)
    submit(one, 9, old=0)
    with served(one) as url:
        assert ask(5, url).size == 9


def test_a_dead_witness_only_costs_its_signature() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "refused" in ask(3, f"http://127.0.0.1:{unused.getsockname()[1]}").trouble


def test_a_silent_witness_is_left_behind() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        (answer,) = witness.ask(log_note([]), keys={url: [W1.verifier]}, held={}, prove=lambda old: [], timeout=0.05)
        assert answer.trouble


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1", "nowhere"])
def test_a_witness_is_asked_over_http_only(url: str) -> None:
    assert ask(3, url).trouble


def test_an_answer_by_somebody_else_does_not_count() -> None:
    made = log_note(numbered(3))
    for line in (signer("b.example", KeyType.COSIGNATURE).sign(made.text, time=TIME).line, "", "x\n"):
        with pytest.raises(note.BadNote):
            witness.cosignatures(made, line.encode(), keys=[W1.verifier])


# The whole way


@pytest.fixture
def three(settings: Settings, tmp_path: Path) -> Iterator[list[Witness]]:
    """Three witnesses of this installation's log; the third is dead."""
    settings.TENDERWELL_KEYS_DIR = tmp_path
    names = ["w1.example", "w2.example", "w3.example"]
    logs = {identity.origin(): list(identity.verifiers())}
    ones = [Witness(tmp_path / n, signers=[signer(n, KeyType.COSIGNATURE)], logs=logs) for n in names]
    with served(ones[0]) as first, served(ones[1]) as second:
        urls = [first, second, "http://127.0.0.1:9"]
        pairs = zip(ones, urls, strict=True)
        settings.TENDERWELL_WITNESSES = tuple(f"{one.signers[0].verifier.vkey} {url}" for one, url in pairs)
        yield ones


@pytest.mark.django_db
def test_a_receipt_carries_a_quorum_of_witnesses(three: list[Witness]) -> None:
    store.append(leaves(4))
    seen = check_note(parse_proof(store.proof(2)).note, policy=identity.policy())
    assert set(seen.times) == {"w1.example", "w2.example"}
    store.append(leaves(3, start=4))
    store.publish(now=NOW)
    held = three[1].held(identity.origin())
    assert held is not None
    assert (held.size, held.root) == (7, store.head().root)


@pytest.mark.django_db
def test_a_heartbeat_gives_later_times_but_receipts_keep_the_first(three: list[Witness]) -> None:
    store.append(leaves(4))
    first = store.proof(2)
    before = store.head().note
    store.heartbeat(now=NOW)
    assert store.head().note != before
    assert check_note(parse_note(store.head().note), policy=identity.policy()).times.keys() == {
        "w1.example",
        "w2.example",
    }
    assert store.proof(2) == first


@pytest.mark.django_db
def test_a_quorum_that_comes_late_is_put_on_receipts(three: list[Witness], settings: Settings) -> None:
    witnesses = settings.TENDERWELL_WITNESSES
    settings.TENDERWELL_WITNESSES = tuple(f"{line.split()[0]} http://127.0.0.1:9" for line in witnesses)
    store.append(leaves(4))
    with pytest.raises(note.BadNote, match="too few"):
        check_note(parse_proof(store.proof(2)).note, policy=identity.policy())
    settings.TENDERWELL_WITNESSES = witnesses
    store.heartbeat(now=NOW)
    check_note(parse_proof(store.proof(2)).note, policy=identity.policy())


@pytest.mark.django_db
def test_a_log_that_a_witness_has_seen_further_does_not_sign(three: list[Witness]) -> None:
    entries = numbered(9)
    ahead = identity.sign(Checkpoint(identity.origin(), 9, log_root(entries)).text, time=1)
    three[0].add_checkpoint(request_body(ahead, old=0, proof=[]), time=TIME)
    store.append(leaves(4))
    publishing.compare_at_start.cache_clear()
    with pytest.raises(MayNotSign, match="has signed 9"):
        store.publish(now=NOW)
    assert store.head().size == 0


@pytest.mark.django_db
def test_a_fork_that_a_witness_shows_is_not_published(three: list[Witness]) -> None:
    store.append(leaves(2))
    store.publish(now=NOW)
    entries = numbered(3)
    other = identity.sign(Checkpoint(identity.origin(), 3, log_root(entries)).text, time=1)
    three[0].path(identity.origin()).write_text(str(other))
    store.append(leaves(2, start=2))
    with pytest.raises(MayNotSign, match="fork"):
        store.publish(now=NOW)
    assert store.head().size == 2


def log_root(entries: list[bytes]) -> bytes:
    return tree.root(len(entries), hashes=hashes_over(entries))
