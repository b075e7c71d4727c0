"""How quickly pages and the open data answer under wrk: python -m benchmarks.latency [port].

Serves a fresh demo city with its ordinary number of processes. The limit is the smallest file that the same server
hands out without asking anybody: trust the ratio. Needs wrk (Debian: apt-get install wrk). Bounded: five seconds an
address, about a minute in all.
"""

import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

from benchmarks.served import demo, first_process

SECONDS, CLIENTS = 5, 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def main(port: int) -> int:
    """Measure and print one line an address; returns the exit status."""
    if shutil.which("wrk") is None:
        print("wrk, which puts load on a server, is missing. As root: apt-get install wrk", file=sys.stderr)
        return 2
    with demo(port) as address:
        print("address                            requests/s   p50 ms   p99 ms   of the limit")
        limit = line(address, smallest_file(address), None)
        for path in measured(first_process(address)):
            line(address, path, limit)
    return 0


def measured(ocid: str) -> tuple[str, ...]:
    """Pages, open data, the log and the way in."""
    pages = ("/en/", f"/en/processes/{ocid}/", f"/en/processes/{ocid}/history/", "/en/?q=roof", "/en/account/login/")
    data = ("/api/ocds/records?limit=20", f"/api/ocds/records/{ocid}.json", "/api/v1/openapi.json", "/log/checkpoint")
    return (*pages, *data)


def smallest_file(address: str) -> str:
    """Path of the smallest static file that the front page names."""
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', read(f"{address}/en/").decode())
    return str(min(set(named), key=lambda path: len(read(address + path))))


def read(url: str) -> bytes:
    with urlopen(url, timeout=30) as answer:
        return bytes(answer.read())


def line(address: str, path: str, limit: float | None) -> float:
    """Put load on one address; requests a second."""
    run = ["wrk", "-t", "1", "-c", str(CLIENTS), "-d", f"{SECONDS}s", "--latency", address + path]
    text = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])  # type: ignore[index]
    half, most = (percentile(text, share) for share in ("50%", "99%"))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    told = f"{rate / limit:14.2f}" if limit else "         limit"
    print(f"{shown(path):33} {rate:12.0f} {half:8.1f} {most:8.1f} {told}{'  REFUSED ' + refused[1] if refused else ''}")
    return rate


def shown(path: str) -> str:
    """Short enough for its column, without what differs from one demo city to the next."""
    return re.sub(r"\.[0-9a-f]{12}\.", ".", re.sub(r"ocds-[\w-]+", "…", path))[:33]


def percentile(text: str, share: str) -> float:
    """Milliseconds."""
    amount, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(amount) * UNITS[unit]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8751))
