"""Witnesses: ask several at once to cosign a checkpoint, and be one for other logs.

Format: c2sp.org/tlog-witness. A witness remembers one checkpoint a log and cosigns only what continues it.
"""

import contextlib
import fcntl
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tenderwell.ledger.keys import write_durably
from tenderwell.ledger.note import (
    BadNote,
    Checkpoint,
    Note,
    Signature,
    Signer,
    Verifier,
    parse_checkpoint,
    parse_decimal,
    parse_hash,
    parse_head,
    parse_note,
    parse_signatures,
    to_base64,
    verified,
)
from tenderwell.ledger.tree import EMPTY_ROOT, BadProof, check_consistency

LONGEST = 256 * 1024  # bytes of a request or an answer
MOST_HASHES = 63
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
ORIGIN_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)

# Asking


@dataclass(frozen=True)
class Answer:
    """What a witness said. size: what it holds, when it holds another size; trouble: why it did not cosign."""

    url: str
    signatures: tuple[Signature, ...] = ()
    size: int | None = None
    trouble: str = ""
    is_conflict: bool = False


def request_body(note: Note, *, old: int, proof: Sequence[bytes]) -> bytes:
    lines = [f"old {old}", *map(to_base64, proof)]
    return ("".join(f"{line}\n" for line in lines) + f"\n{note}").encode()


def ask(
    note: Note,
    *,
    keys: Mapping[str, Sequence[Verifier]],
    held: Mapping[str, int],
    prove: Callable[[int], Sequence[bytes]],
    timeout: float = 2.0,
) -> list[Answer]:
    """Ask each witness by its address; one that holds another size than thought is asked once more.

    keys: the keys believed for each address; held: the size each is thought to hold; timeout: seconds a round.
    prove: the consistency proof from an older size; runs in the caller's thread.
    """
    size = parse_checkpoint(note.text).size
    bodies = {url: request_body(note, old=held.get(url, 0), proof=prove(held.get(url, 0))) for url in keys}
    answers = {answer.url: answer for answer in post_all(note, bodies, keys=keys, timeout=timeout)}
    again = {url: answer.size for url, answer in answers.items() if answer.size is not None and answer.size <= size}
    bodies = {url: request_body(note, old=old, proof=prove(old)) for url, old in again.items()}
    answers |= {answer.url: answer for answer in post_all(note, bodies, keys=keys, timeout=timeout)}
    return list(answers.values())


def post_all(
    note: Note, bodies: Mapping[str, bytes], *, keys: Mapping[str, Sequence[Verifier]], timeout: float
) -> list[Answer]:
    """All at once; one that has not answered in time is left behind."""
    if not bodies:
        return []
    pool = ThreadPoolExecutor(len(bodies), thread_name_prefix="witness")
    asked = {pool.submit(post, note, url, body, keys=keys[url], timeout=timeout): url for url, body in bodies.items()}
    done, late = wait(asked, timeout=timeout)
    pool.shutdown(wait=False, cancel_futures=True)
    return [future.result() for future in done] + [Answer(asked[one], trouble="did not answer in time") for one in late]


def post(note: Note, url: str, body: bytes, *, keys: Sequence[Verifier], timeout: float) -> Answer:
    """Ask one witness; whatever goes wrong is an answer."""
    try:
        status, raw = fetch(Request(f"{url}/add-checkpoint", data=body, method="POST"), timeout=timeout)
        if status == 200:
            return Answer(url, cosignatures(note, raw, keys=keys))
        if status == 409:
            return Answer(url, size=parse_decimal(raw.decode("ascii").removesuffix("\n")), trouble="holds another size")
        return Answer(url, trouble=f"answered {status}", is_conflict=status == 422)
    except (OSError, HTTPException, ValueError) as error:
        return Answer(url, trouble=f"{type(error).__name__}: {error}")


def cosignatures(note: Note, raw: bytes, *, keys: Sequence[Verifier]) -> tuple[Signature, ...]:
    """The true signatures by known keys in a witness's answer. Raises BadNote when there is none, or a false one."""
    answered = Note(note.text, parse_signatures(raw.decode("utf-8")))
    found = tuple(signature for _, signature in verified(answered, keys))
    if not found:
        raise BadNote("no signature by a known key")
    return found


def fetch(request: Request, *, timeout: float) -> tuple[int, bytes]:
    """Status and body, cut at the longest that is read. Raises OSError."""
    if not request.full_url.startswith(("http://", "https://")):
        raise ValueError("a witness is asked over http or https")
    try:
        with urlopen(request, timeout=timeout) as response:
            return response.status, response.read(LONGEST)
    except HTTPError as error:
        with error:
            return error.code, error.read(LONGEST)


def held_by(url: str, *, origin: str, timeout: float = 2.0) -> Note | None:
    """The checkpoint of a log that a witness holds; None when it has none or cannot be asked."""
    try:
        where = f"{url}/{sha256(origin.encode()).hexdigest()}/checkpoint"
        status, raw = fetch(Request(where), timeout=timeout)
        return parse_note(raw) if status == 200 else None
    except (OSError, HTTPException, ValueError):
        return None


# Being a witness


@dataclass(frozen=True)
class Reply:
    """An HTTP answer."""

    status: int
    body: str = ""
    type: str = TEXT_TYPE


class NotCosigned(Exception):
    """Carries the reply to a checkpoint that is not cosigned."""

    def __init__(self, status: int, body: str, type: str = TEXT_TYPE) -> None:
        super().__init__(body)
        self.reply = Reply(status, body, type)


@dataclass(frozen=True)
class Asked:
    """A request to cosign."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


def parse_request(raw: bytes) -> Asked:
    """Raises NotCosigned with status 400."""
    try:
        head, gap, rest = raw.decode("utf-8").partition("\n\n")
        first, *lines = head.split("\n")
        if not gap or not first.startswith("old ") or len(lines) > MOST_HASHES:
            raise BadNote("not a request")
        old, proof = parse_decimal(first.removeprefix("old ")), tuple(map(parse_hash, lines))
        note = parse_note(rest)
        return Asked(old, proof, note, parse_head(note.text))
    except ValueError as error:
        raise NotCosigned(400, f"{error}\n") from error


class Witness:
    """Cosigns what continues what it holds. folder: where it remembers; logs: the keys of each origin."""

    def __init__(self, folder: Path, *, signers: Sequence[Signer], logs: Mapping[str, Sequence[Verifier]]) -> None:
        self.folder = folder
        self.signers = signers
        self.logs = logs
        self.mutex = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def add_checkpoint(self, raw: bytes, *, time: int) -> Reply:
        """time: POSIX seconds that the cosignature states."""
        try:
            asked = parse_request(raw)
            self.check_signed(asked)
            # Comparing with what is held and holding the new one are one step, or two requests could roll it back.
            with self.alone(asked.checkpoint.origin):
                check_continues(asked, self.held(asked.checkpoint.origin))
                return Reply(200, self.cosign(asked, time=time))
        except NotCosigned as refusal:
            return refusal.reply

    def check_signed(self, asked: Asked) -> None:
        keys = self.logs.get(asked.checkpoint.origin)
        if keys is None:
            raise NotCosigned(404, "unknown log\n")
        try:
            signatures = verified(asked.note, keys)
        except BadNote as error:
            raise NotCosigned(403, f"{error}\n") from error
        if not signatures:
            raise NotCosigned(403, "not signed by a known key of the log\n")

    def cosign(self, asked: Asked, *, time: int) -> str:
        """Remember the checkpoint, then hand out the signatures."""
        by_log = tuple(signature for _, signature in verified(asked.note, self.logs[asked.checkpoint.origin]))
        own = tuple(signer.sign(asked.note.text, time=time) for signer in self.signers)
        write_durably(self.path(asked.checkpoint.origin), str(Note(asked.note.text, by_log + own)))
        return "".join(signature.line for signature in own)

    def held(self, origin: str) -> Checkpoint | None:
        path = self.path(origin)
        return parse_checkpoint(parse_note(path.read_bytes()).text) if path.exists() else None

    def latest(self, origin_hash: str) -> Reply:
        """The checkpoint held for the log whose origin has this hash, for monitors."""
        path = self.folder / f"{origin_hash}.checkpoint"
        if not ORIGIN_HASH.fullmatch(origin_hash) or not path.exists():
            return Reply(404, "no checkpoint of this log\n")
        return Reply(200, path.read_text("utf-8"))

    def path(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()}.checkpoint"

    @contextlib.contextmanager
    def alone(self, origin: str) -> Iterator[None]:
        """Shut out other threads, and other processes with this folder."""
        with self.mutex, open(self.path(origin).with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def check_continues(asked: Asked, held: Checkpoint | None) -> None:
    """Raises NotCosigned unless the checkpoint continues the one held."""
    size, new = held.size if held else 0, asked.checkpoint
    if asked.old > new.size:
        raise NotCosigned(400, "the old size is the larger one\n")
    if asked.old != size:
        raise NotCosigned(409, f"{size}\n", SIZE_TYPE)
    old_root = held.root if held else EMPTY_ROOT
    try:
        check_consistency(old=size, old_root=old_root, new=new.size, new_root=new.root, proof=asked.proof)
    except BadProof as error:
        raise NotCosigned(422, f"{error}\n") from error
