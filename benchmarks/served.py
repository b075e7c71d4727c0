"""A demo city for the time of a measurement: a process of its own, in a folder of its own, on 127.0.0.1."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
LONGEST = 180  # seconds until the first page


@contextlib.contextmanager
def demo(port: int) -> Iterator[str]:
    """Start a fresh demo city; yields its address and takes everything away afterwards. Raises TimeoutError."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        words = [sys.executable, "-m", "tenderwell", "demo", "--port", str(port), "--data", folder]
        surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        server = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)
        try:
            yield answering(f"http://127.0.0.1:{port}")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def answering(address: str) -> str:
    """The address, as soon as somebody answers there."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with contextlib.suppress(URLError, ConnectionError), urlopen(f"{address}/en/", timeout=30):
            return address
        time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer in {LONGEST} s")


def first_process(address: str) -> str:
    """The ocid of a process with bids and a contract, else of any."""
    import json

    with urlopen(f"{address}/api/ocds/records?limit=100", timeout=30) as answer:
        records = json.load(answer)["records"]
    full = [each for each in records if each.get("compiledRelease", {}).get("contracts")]
    return str((full or records)[0]["ocid"])
