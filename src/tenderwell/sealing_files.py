"""What the commands of bidders and members read and write: tender files, headers, shares, keys, folders."""

import contextlib
import getpass
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tenderwell.ledger.note import BadNote
from tenderwell.ledger.policy import Policy, parse_policy
from tenderwell.ledger.proof import parse_proof
from tenderwell.ledger.sealing.bids_to_open import BidsToOpen, Checked, NotProved, check_bids, parse_bids
from tenderwell.ledger.sealing.canonical import Identifier, Line, decode, encode, sha256_hex
from tenderwell.ledger.sealing.committee import Committee, parse_committee, words_of
from tenderwell.ledger.sealing.header import Header, parse_header
from tenderwell.ledger.sealing.inner import FileFacts
from tenderwell.ledger.sealing.keys import recipient_of
from tenderwell.ledger.sealing.opening import Sink
from tenderwell.ledger.sealing.passphrase import identity_in, unwrap_identity
from tenderwell.ledger.sealing.prices import read_price_sheet, read_prices
from tenderwell.ledger.sealing.response import NAME as RESPONSE
from tenderwell.ledger.sealing.response import TECHNICAL, BidResponse, LotOffer, Party, Text, parse_response
from tenderwell.ledger.sealing.shares import Share, parse_shares
from tenderwell.ledger.sealing.tender_file import TenderFile, parse_tender_file

NO_PROOFS = (
    "These are headers without proofs, so nothing shows that they are the bids in the ledger. "
    "Download bids.json from the committee's page, or add --unproved if the site is gone."
)


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """answers.json: all that a bid says besides its prices."""

    answers: dict[Line, Text] = {}
    declarations: tuple[Identifier, ...] = ()
    tenderers: tuple[Party, ...] = ()
    subcontractors: tuple[Party, ...] = ()


def read_tender(path: Path) -> TenderFile:
    """The tender's facts. Raises ValueError or OSError naming the file."""
    try:
        return parse_tender_file(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def is_too_early(tender: TenderFile) -> bool:
    """Whether bids may still come in by this computer's clock, which is said."""
    if datetime.now(UTC) >= tender.closes:
        return False
    print(f"Bids may come in until {tender.closes:%Y-%m-%d %H:%M %Z}; a share released now would break the seal.")
    return True


def read_committee(path: Path, *, stage: str) -> Committee:
    """The committee of this stage in a tender file, or that in a file with the logged record alone."""
    raw = path.read_bytes()
    return parse_committee(raw) if raw.startswith(b'{"id":') else read_tender(path).committee_for(stage)


def read_header(path: Path) -> Header:
    """The header in a file. Raises PackageError."""
    return parse_header(path.read_bytes())


def envelope_folders(out: Path, envelopes: Sequence[str]) -> list[tuple[str, Path]]:
    """Stage and folder of each sealed package of a bid: the folder itself, or one in it for each envelope."""
    if len(envelopes) == 1:
        return [(envelopes[0], out)]
    return [(stage, out / stage) for stage in envelopes]


def packages_in(folder: Path) -> list[Path]:
    """The packages of a bid: the folder, or those in it, the technical one before the price. Raises ValueError."""
    inside = [path.parent for path in sorted(folder.glob("*/header.json"), reverse=True)]
    if (folder / "header.json").exists():
        return [folder]
    if not inside:
        raise ValueError(f"{folder}: there is no sealed bid in this folder")
    return inside


def earlier_header(path: Path, *, stage: str) -> Header:
    """The header that an envelope of this stage replaces, in a header file or in the folder of the earlier bid."""
    paths = [each / "header.json" for each in packages_in(path)] if path.is_dir() else [path]
    found = next((header for header in map(read_header, paths) if header.core.stage == stage), None)
    if found is None:
        raise ValueError(f"{path}: there is no earlier envelope of stage {stage}; give the folder of the whole bid")
    return found


def read_headers(paths: Sequence[Path]) -> tuple[Header, ...]:
    """The headers in package folders (at any depth), header files, and JSON lists of headers; each bid once."""
    raw = [header for path in paths for header in _raw_headers(path)]
    return tuple(parse_header(header) for header in dict.fromkeys(raw))


def proved_bids(paths: Sequence[Path], *, tender: TenderFile, policy: Path | None, receipts: Sequence[Path]) -> Checked:
    """The bids that the ledger proves. Raises NotProved."""
    listed = list_in(paths)
    known = [commitment_in(path) for path in receipts]
    believed = policy_of(listed, path=policy)
    return check_bids(listed, tender=tender.tender, closes=tender.closes, policy=believed, known=known)


def stage_of(headers: Sequence[Header]) -> str:
    """The one stage of these envelopes. Raises ValueError when there are two, for each is opened in its turn."""
    stages = {header.core.stage for header in headers}
    if len(stages) > 1:
        raise ValueError(f"these are envelopes of several stages ({', '.join(sorted(stages))}); open one at a time")
    return next(iter(stages), "bid")


def list_in(paths: Sequence[Path]) -> BidsToOpen:
    if len(paths) != 1 or paths[0].is_dir() or not paths[0].read_bytes().startswith(b'{"bids":'):
        raise NotProved(NO_PROOFS)
    return parse_bids(paths[0].read_bytes())


def policy_of(listed: BidsToOpen, *, path: Path | None) -> Policy:
    """The member's own policy, or what the site says of itself."""
    try:
        return parse_policy(path.read_text("utf-8") if path else listed.policy)
    except BadNote as error:
        raise NotProved(f"The policy cannot be read: {error}.") from error


def commitment_in(receipt: Path) -> str:
    """The bid's number on a receipt (.tlog-proof)."""
    extra = decode(parse_proof(receipt.read_text("utf-8")).extra, form=dict[str, str], limit=65_535)
    return extra["commitment"]


def said(checked: Checked, *, has_own_policy: bool) -> list[str]:
    """What was checked and what was not, a sentence each."""
    lines = [
        f"The end of the period is in the ledger (tree of {checked.size} entries).",
        f"Bids to open, each proved: {len(checked.headers)}. Replaced or withdrawn, so shut: {checked.ended}.",
    ]
    if checked.times:
        lines.append(f"Cosigned by {len(checked.times)} of the witnesses: {', '.join(sorted(checked.times))}.")
    else:
        lines.append("NOT CHECKED by anybody else: the ledger's policy asks for no witness.")
    if not has_own_policy:
        lines.append("NOT CHECKED: the ledger's key is the one that bids.json names; compare it by --policy FILE.")
    return lines


def read_shares(paths: Sequence[Path], *, commitment: str) -> tuple[Share, ...]:
    """The members' shares of one bid."""
    every = (share for path in paths for share in parse_shares(path.read_bytes()))
    return tuple(share for share in every if share.commitment == commitment)


def read_offers(path: Path, *, tender: TenderFile) -> tuple[LotOffer, ...]:
    """The offers in a filled price list, CSV or XLSX. Raises PackageError."""
    raw = path.read_bytes()
    if raw.startswith(b"PK"):
        return read_price_sheet(raw, tender=tender)
    return read_prices(raw.decode("utf-8"), tender=tender)


def response(
    offers: tuple[LotOffer, ...], *, bidder: str, name: str | None, answers: Path | None, earlier: Path | None = None
) -> BidResponse:
    """The bid's structured part; the bidder is the only tenderer unless answers.json lists others.

    earlier: bid.json of another bid, whose answers and partners are taken where answers.json says nothing.
    """
    said = msgspec.json.decode(answers.read_bytes(), type=Answers) if answers else Answers()
    before = read_response(earlier) if earlier else None
    leader = Party(id=bidder, name=name or (before.tenderers[0].name if before else bidder))
    partners = before.tenderers[1:] if before else ()
    return BidResponse(
        lots=offers,
        tenderers=said.tenderers or (leader, *partners),
        answers={**(before.answers if before else {}), **said.answers},
        declarations=said.declarations,
        subcontractors=said.subcontractors or (before.subcontractors if before else ()),
    )


def answers_to_fill_in(tender: TenderFile) -> bytes:
    """answers.json with the questions of the tender and nothing answered or declared."""
    empty = Answers(answers={asked.title: "" for asked in tender.questions})
    return msgspec.json.format(msgspec.json.encode(empty), indent=2) + b"\n"


def read_response(path: Path) -> BidResponse:
    """What a bid says, or its technical envelope, which states no price. Raises PackageError."""
    raw = path.read_bytes()
    return parse_response(raw, stage=TECHNICAL if b'"lots":[]' in raw else "bid")


def own_copy(package: Path) -> BidResponse | None:
    """What the bidder's program kept beside the package of what was sealed; None when it is not there."""
    path = package / RESPONSE
    return read_response(path) if path.is_file() else None


def read_signer(path: Path) -> Ed25519PrivateKey:
    """The bidder's signing key. Raises ValueError for another kind of key."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{path}: not an Ed25519 private key")
    return key


def member_identity(committee: Committee, *, member: str | None, path: Path, words: str) -> tuple[str, str]:
    """The member's number and identity; without a number that of the key. Raises ValueError unless the record fits."""
    identity = identity_at(path, words=lambda: words)
    named = next((each for each in committee.members if each.recipient == recipient_of(identity)), None)
    if named is None or named.id != (member or named.id):
        whose = f" for {member}" if member else ""
        raise ValueError(f"the committee's record does not name this key{whose}; tell the buyer and the auditor")
    return named.id, identity


def identity_at(path: Path, *, words: Callable[[], str]) -> str:
    """The identity in a key file; the words are asked for only when it is under a passphrase."""
    raw = path.read_bytes()
    return identity_in(raw.decode()) if b"AGE-SECRET-KEY" in raw else unwrap_identity(raw, words=words())


def words_of_key(recipient: str) -> tuple[str, ...]:
    """The eight words of a public key, by which people compare it."""
    return words_of(sha256_hex(recipient.encode()))


def new_passphrase(path: Path | None) -> str:
    """A passphrase from a file, or asked for twice."""
    if path:
        return first_line(path)
    words = getpass.getpass("Passphrase, five or six words: ")
    if getpass.getpass("Once more: ") != words:
        raise ValueError("the two passphrases differ")
    return words


def words_for(path: Path | None) -> str:
    """The passphrase of a key, from a file or asked for."""
    return first_line(path) if path else getpass.getpass("Passphrase: ")


def first_line(path: Path) -> str:
    """The first line of a file."""
    return path.read_text("utf-8").partition("\n")[0]


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read. Raises FileExistsError rather than replace one."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder that did not exist, and does not afterwards when what is done in it fails."""
    path.mkdir(parents=True)
    try:
        yield path
    except BaseException:
        shutil.rmtree(path)
        raise


def folder_sink(folder: Path) -> Sink:
    """Writes each opened file into the folder; the names have been checked to be plain."""

    def write(facts: FileFacts, pieces: Iterator[bytes]) -> None:
        with (folder / facts.name).open("xb") as out:
            out.writelines(pieces)

    return write


def _raw_headers(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for found in sorted(path.rglob("header.json")):
            yield found.read_bytes()
        return
    raw = path.read_bytes()
    if raw.lstrip().startswith(b"["):
        yield from (encode(header) for header in json.loads(raw))
    else:
        yield raw
