"""How quickly pages and the open data answer under wrk: python -m benchmarks.latency [port].

Serves a fresh demo city with its ordinary number of processes. The limit is the smallest answer of the same server, a
static file: trust the ratio. Needs wrk (Debian: apt-get install wrk). Bounded: five seconds an address.
"""

import re
import shutil
import subprocess
import sys

from benchmarks.served import demo, first_process

SECONDS, CLIENTS = 5, 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def main(port: int) -> int:
    """Measure and print one line an address; returns the exit status."""
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 2
    with demo(port) as address:
        ocid = first_process(address)
        print("address                            requests/s   p50 ms   p99 ms   of static file")
        limit = line(address, "/robots.txt" if answers(address, "/robots.txt") else "/log/policy", None)
        for path in ("/en/", f"/en/processes/{ocid}/", "/api/ocds/records?limit=20", f"/api/ocds/records/{ocid}.json"):
            line(address, path, limit)
        line(address, "/log/checkpoint", limit)
        line(address, "/en/account/login/", limit)
    return 0


def answers(address: str, path: str) -> bool:
    return subprocess.run(["curl", "-sfo", "/dev/null", address + path], check=False).returncode == 0


def line(address: str, path: str, limit: float | None) -> float:
    """Put load on one address; requests a second."""
    run = ["wrk", "-t", "1", "-c", str(CLIENTS), "-d", f"{SECONDS}s", "--latency", address + path]
    text = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])  # type: ignore[index]
    half, most = (percentile(text, share) for share in ("50%", "99%"))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    told = f"{rate / limit:14.2f}" if limit else "         limit"
    print(f"{path[:33]:33} {rate:12.0f} {half:8.1f} {most:8.1f} {told}{'  REFUSED ' + refused[1] if refused else ''}")
    return rate


def percentile(text: str, share: str) -> float:
    """Milliseconds."""
    amount, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s)", text).groups()  # type: ignore[union-attr]
    return float(amount) * UNITS[unit]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8751))
