"""How long a newcomer waits: python -m benchmarks.cold_start [port].

Clones the repository into an empty folder, runs `./tenderwell demo` until the first page answers, stops it, and starts
it again. The budgets are 180 s and 10 s; the exit status is 1 when one is not kept. Packages that pip, uv or npm have
in their caches on this machine are not fetched again.
"""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.served import ROOT, answering

COLD, AGAIN = 180, 10


def main(port: int) -> int:
    """Measure and print both starts; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-cold-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        clone = Path(folder, "tenderwell")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        cold, again = started(clone, port), started(clone, port)
    print(f"first start   {cold:6.1f} s   {cold / COLD:4.0%} of {COLD} s")
    print(f"second start  {again:6.1f} s   {again / AGAIN:4.0%} of {AGAIN} s")
    return 0 if cold <= COLD and again <= AGAIN else 1


def started(clone: Path, port: int) -> float:
    """Seconds from the command to the first page."""
    began = time.perf_counter()
    words = ["env", "-u", "PYTHONPATH", "-u", "VIRTUAL_ENV", "./tenderwell", "demo", "--port", str(port)]
    server = subprocess.Popen(words, cwd=clone, stdout=subprocess.DEVNULL)
    try:
        answering(f"http://127.0.0.1:{port}")
        return time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8752))
