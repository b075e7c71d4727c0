"""Debian's own `age` program opens envelopes and payloads of suite x25519, and we open what it makes."""

import shutil
import subprocess
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import pytest

from tenderwell.ledger.sealing import age, shamir
from tenderwell.ledger.sealing.inner import parse_inner
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.tests.people import NAMES, PRICE, identity, sealed_by


@pytest.fixture
def stock() -> str:
    program = shutil.which("age")
    if program is None:
        pytest.skip("the stock program is missing: install Debian's package age to test against it")
    return program


def decrypted(stock: str, sealed: bytes, *, key: str, folder: Path) -> bytes:
    (folder / "key").write_text(key + "\n")
    line = [stock, "--decrypt", "--identity", str(folder / "key")]
    return subprocess.run(line, input=sealed, capture_output=True, check=True).stdout


def test_stock_age_opens_the_envelopes_and_with_the_combined_secret_the_payload(stock: str, tmp_path: Path) -> None:
    package = sealed_by()
    header = package.header
    insides = [
        decrypted(stock, b64decode(header.envelope(name).share), key=identity(name), folder=tmp_path)
        for name in NAMES[:2]
    ]
    assert {inside[:32] for inside in insides} == {header.ctx}
    secret = shamir.combine([inside[32:] for inside in insides]).decode()
    content = decrypted(stock, package.payload, key=secret, folder=tmp_path)
    length = int.from_bytes(content[:8])
    assert [file.name for file in parse_inner(content[8 : 8 + length]).files] == ["bid.json", "plan.pdf"]
    assert content[8 + length :].startswith(PRICE)


def test_we_open_what_stock_age_makes(stock: str) -> None:
    key = new_identity(Suite.X25519)
    line = [stock, "--encrypt", "--recipient", recipient_of(key)]
    sealed = subprocess.run(line, input=b"by stock age", capture_output=True, check=True).stdout
    assert b"".join(age.decrypt(BytesIO(sealed), identity=key)) == b"by stock age"
