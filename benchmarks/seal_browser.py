"""How much memory and time sealing a large bid takes in the browser: python benchmarks/seal_browser.py [megabytes].

Serves the built Worker from this machine, seals a random file in Chromium, and prints seconds and by how much the
page's process grew at most (its JS heap, with all buffers that scripts hold, is a part of that). Limit: 150 MB for a
file of 500 MB. Needs Linux, Debian's chromium and a built client. Measured on two shared cores: 37 s, 118 MB.
"""

import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tenderwell.ledger.sealing.committee import Member, committee
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ui.build import STATIC

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
LIMIT = 150
SEAL = """async ([committee, name]) => {
  const blob = document.querySelector("input").files[0];
  const worker = new Worker("/worker.js");
  const bid = {tender: committee.tender, bidder: "B", lots: [], stage: "bid", seq: 1, replaces: null};
  window.answer = new Promise((resolve) => {
    worker.onmessage = ({data}) => (data.done || data.failed) && resolve(data);
    worker.onerror = ({message}) => resolve({failed: message});
  });
  worker.postMessage({place: "x", bid, committee, files: [{name, blob}]});
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Writes no line for each request."""

    def log_message(self, format: str, *args: object) -> None:
        return


def members() -> dict[str, Any]:
    """A committee of five, any three open, with post-quantum keys."""
    held = [Member(id=f"m{n}", recipient=recipient_of(new_identity(Suite.PQ))) for n in range(5)]
    named: dict[str, Any] = json.loads(committee(held, id="c", tender="t", k=3).record)
    return named


def random_file(folder: Path, *, megabytes: int) -> Path:
    path = folder / "plan.bin"
    with path.open("wb") as out, open("/dev/urandom", "rb") as source:
        for _ in range(megabytes):
            out.write(source.read(1_000_000))
    return path


def children(process: int) -> list[int]:
    """All processes below this one."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    found = [int(word) for task in tasks for word in task.read_text().split()]
    return found + [below for child in found for below in children(child)]


def page_memory() -> float:
    """Resident MB of the largest renderer."""
    sizes = [0.0]
    for process in children(os.getpid()):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes():
                sizes.append(int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 / 1e6)
    return max(sizes)


def measured(page: Page, path: Path) -> tuple[float, float, dict[str, Any]]:
    """Seconds, by how many MB the page's process grew at most, and what the Worker answered."""
    page.set_input_files("input", path)
    begin, before, most = time.perf_counter(), page_memory(), 0.0
    page.evaluate(SEAL, [members(), path.name])
    page.evaluate("() => void window.answer.then((data) => { window.done = data; })")
    while not (done := page.evaluate("() => window.done ?? null")):
        most = max(most, page_memory() - before)
        time.sleep(0.2)
    return time.perf_counter() - begin, most, done


def main(megabytes: int) -> int:
    chromium = shutil.which("chromium")
    assert chromium, "install Debian's package chromium"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(STATIC / "sealing")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = random_file(Path(folder), megabytes=megabytes)
        page = playwright.chromium.launch(executable_path=chromium, args=FLAGS).new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/release.json")
        page.set_content("<input type=file>")
        seconds, grown, done = measured(page, path)
    server.shutdown()
    print(json.dumps({"megabytes": megabytes, "seconds": round(seconds, 1), "grown_mb": round(grown, 1), **done}))
    return 0 if grown < LIMIT and "done" in done else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
