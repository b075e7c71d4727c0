"""Runs the browser's sealing client under Node for the tests; skips with a message where there is no Node."""

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from tenderwell.ledger.sealing.committee import Committee
from tenderwell.ledger.sealing.package import BidFacts
from tenderwell.ui.build import ROOT
from tenderwell.ui.build.sealing import EsbuildMissing, bundled, gathered

DRIVER = Path(__file__).with_name("driver.mjs")


@cache
def library() -> Path:
    """The client's library as one module, bundled once a test run."""
    folder = Path(mkdtemp(prefix="tenderwell-client-"))
    modules = ROOT / "node_modules"
    try:
        source = gathered(modules, folder) / "library.js"
        (folder / "library.mjs").write_bytes(bundled(modules, source, form="esm"))
    except EsbuildMissing as missing:
        pytest.skip(str(missing))
    return folder / "library.mjs"


def answered(task: str, **data: Any) -> dict[str, Any]:
    """What the client answers: {"done": …} or {"refused": code}."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is missing: install it to run the tests of the browser's sealing client")
    line = [node, str(DRIVER), str(library())]
    sent = json.dumps({"task": task, **data})
    ran = subprocess.run(line, input=sent, capture_output=True, text=True, check=True, timeout=120)
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def asked(task: str, **data: Any) -> Any:
    answer = answered(task, **data)
    assert "done" in answer, answer
    return answer["done"]


def text(raw: bytes) -> str:
    return b64encode(raw).decode()


def sealed_in_browser(bid: BidFacts, *, committee: Committee, files: dict[str, bytes]) -> tuple[bytes, bytes]:
    """Header and payload as the browser makes them."""
    facts = {"tender": bid.tender, "bidder": bid.bidder, "lots": bid.lots, "seq": bid.seq, "replaces": bid.replaces}
    record = json.loads(committee.record)
    named = {name: text(raw) for name, raw in files.items()}
    made = asked("seal", bid=facts, committee=record, files=named)
    return b64decode(made["header"]), b64decode(made["payload"])
