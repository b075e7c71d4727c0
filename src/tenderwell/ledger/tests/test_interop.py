"""Programs of others read our log: Go's packages for its checksum database check tiles, checkpoint and proofs.

They come from Debian (apt-get install golang-go golang-golang-x-mod-dev); without them this says so and is skipped.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_django import Settings

from tenderwell.ledger import identity, store
from tenderwell.ledger.note import KeyType
from tenderwell.ledger.tests.logs import NOW, leaves

GOPATH = Path("/usr/share/gocode")
PACKAGE = GOPATH / "src/golang.org/x/mod/sumdb/tlog"
SIZE = 700
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """interop.go, built without a network."""
    go = shutil.which("go")
    if go is None or not PACKAGE.is_dir():
        pytest.skip("Go's sumdb packages are missing: apt-get install golang-go golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    environment = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache"), "GOFLAGS": ""}
    words = [go, "build", "-o", str(folder / "interop"), str(Path(__file__).with_name("interop.go"))]
    subprocess.run(words, env={"PATH": os.defpath, "HOME": str(folder), **environment}, check=True)
    return folder / "interop"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A log with full and partial tiles on two levels, exported."""
    settings.TENDERWELL_KEYS_DIR = tmp_path / "keys"
    store.append(leaves(SIZE))
    store.publish(now=NOW)
    store.export(tmp_path / "log")
    return tmp_path / "log"


def vkey() -> str:
    return next(key.vkey for key in identity.verifiers() if key.type is KeyType.ED25519)


def run(program: Path, *words: object) -> tuple[int, str]:
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_go_reads_checkpoint_tiles_entries_and_receipts(program: Path, folder: Path, tmp_path: Path) -> None:
    receipts = []
    for index in (0, 255, 256, SIZE - 1):
        receipts.append(tmp_path / f"{index}.tlog-proof")
        receipts[-1].write_text(store.proof(index))
    status, said = run(program, vkey(), folder, *receipts)
    assert status == 0, said
    assert said == "receipt 0\nreceipt 255\nreceipt 256\nreceipt 699\nentries 700\n"


def test_go_sees_a_changed_entry_and_a_changed_tile(program: Path, folder: Path) -> None:
    bundle = folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b"act/v1", b"ACT/v1", 1))
    assert run(program, vkey(), folder) == (1, "PROBLEM entry 0 is not what the tile says\n")
    tile = folder / "tile/0/001"
    tile.write_bytes(b"\0" + tile.read_bytes()[1:])
    bundle.write_bytes(bundle.read_bytes().replace(b"ACT/v1", b"act/v1", 1))
    assert run(program, vkey(), folder)[0] == 1
