"""The log's signing keys, in a file that the database and its administrator never see."""

import os
import secrets
from pathlib import Path

from tenderwell.ledger.note import BadNote, KeyType, Signer, parse_secret


class BadKeyFile(Exception):
    """The key file is missing where it must not be, or holds something else."""


def load(path: Path, *, name: str) -> tuple[Signer, ...]:
    """The signers of a key file, all of one name. Raises BadKeyFile."""
    try:
        signers = tuple(parse_secret(line) for line in path.read_text("ascii").split("\n") if line)
    except (OSError, UnicodeDecodeError, BadNote) as error:
        raise BadKeyFile(f"The signing key {path} cannot be read: {error}. Put the key file back.") from error
    if {signer.name for signer in signers} != {name}:
        names = ", ".join(sorted({signer.name for signer in signers})) or "nobody"
        raise BadKeyFile(f"The signing key {path} is for {names}, not for {name}; a name once used is fixed.")
    return signers


def write_secret(path: Path, signers: tuple[Signer, ...]) -> None:
    """Replace a key file in one step; only its owner may read it."""
    write_durably(path, "".join(f"{signer.secret}\n" for signer in signers), mode=0o600)


def create(path: Path, *, name: str, types: tuple[KeyType, ...]) -> None:
    """Write new keys, readable by the owner only; one that is there already stays, whoever wrote it first."""
    signers = [Signer(name, type, secrets.token_bytes(32)) for type in types]
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("".join(f"{signer.secret}\n" for signer in signers))
        file.flush()
        os.fsync(file.fileno())
    if not link(draft, path):
        draft.unlink()


def link(draft: Path, path: Path) -> bool:
    """Give the draft its name unless something has it: of two starters the first wins, and no file is half written."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    draft.unlink()
    return True


def write_durably(path: Path, text: str | bytes, *, mode: int = 0o666) -> None:
    """Replace a file in one step that survives a power loss."""
    raw = text.encode() if isinstance(text, str) else text
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
