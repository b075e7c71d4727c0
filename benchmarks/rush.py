"""The last two minutes of a tender with 300 bidders: python benchmarks/rush.py [bidders] [seconds].

Starts a database with fsync on and the real server on 127.0.0.1, seals a bid for each bidder beforehand (67 KB to
8 MB), and lets all of them hand in by the bidder's own client: the header first, then the parts, then the whole; six of
ten at any time in the two minutes, the others in the last ten seconds. Then every receipt is checked with verify.py,
and pgbench's simple update runs on the same server: trust the ratio, not the rates. Demands: none lost, every receipt
verifies, 99 of 100 headers answered within two seconds. Bounded: about six minutes, and five more at most. Exit status
1 when a demand fails.
"""

import contextlib
import io
import os
import random
import runpy
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SMALLEST, LARGEST = 1_000, 8_000_000  # bytes of attachment; the payload is padded from 67 KB on
LAST, SHARE, MARGIN = 10.0, 0.4, 1.0  # seconds of the peak, how many come in it, and how long before the end the last
LIMIT = 2.0  # seconds, p99 of a header
JURISDICTION = "demo_1"


@dataclass
class Bidder:
    """One firm with its token and its package on disk, and how its requests went."""

    identifier: str
    token: str
    folder: Path
    at: float = 0.0  # seconds after the beginning at which it sends its header
    header: float = 0.0
    parts: list[float] = field(default_factory=list)
    whole: float = 0.0
    done: float = 0.0
    trouble: str = ""


def main(count: int, seconds: int) -> int:
    """Prepare, rush, check; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-rush-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ["TENDERWELL_DATA"] = name
        os.environ["TENDERWELL_LOG_LEVEL"] = "error"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tenderwell.settings"
        from benchmarks.acts import prepare
        from tenderwell import database

        cluster = database.cluster_at(folder)
        with database.running(cluster):
            prepare()
            ocid, bidders = told(f"sealing {count} bids", lambda: prepared(count, folder))
            spread(bidders, seconds)
            with server() as address:
                rush(bidders, ocid, address, seconds)
                good = told("checking the receipts", lambda: receipts(bidders, ocid, address, folder))
            return report(bidders, good, lost=count - handed_in(ocid), cluster=cluster)


def told(what: str, work: Callable[[], Any]) -> Any:
    """Do it and say how long it took."""
    began = time.monotonic()
    result = work()
    print(f"{what}: {time.monotonic() - began:.1f} s", file=sys.stderr)
    return result


# Before the rush


def prepared(count: int, folder: Path) -> tuple[str, list[Bidder]]:
    """A tender open for bids, and so many firms, each with a token and a bid sealed to the tender's committee."""
    from tenderwell.workroom.replay.cast import gather
    from tenderwell.workroom.replay.play import begin, plan, tender
    from tenderwell.workroom.replay.scene import Play
    from tenderwell.workroom.replay.source import Item, Party, Source

    now = datetime.now(UTC)
    random.seed(7)
    cast = gather("XA")
    source = Source(
        ocid="rush", title="Lamps for the harbour", description="", status="active", method="open", category="goods",
        buyer=Party("rush-buyer", "Harbour"), amount=Decimal(1000), currency="USD", budget=None,
        opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(days=30),
        items=(Item("Lamp", "UNSPSC", "39110000", "Lighting", Decimal(10), "lamp"),), bids=(), awards=(), contracts=(),
    )  # fmt: skip
    play = Play(source, cast, JURISDICTION)
    begin(play)
    plan(play)
    tender(play)
    process = play.fresh()
    firms = [cast.supplier(Party(f"XA-RUSH-{place}", f"Firm {place}")) for place in range(count)]
    return play.ocid, [bidder(process, firm, folder / f"bid-{place}") for place, firm in enumerate(firms)]


def bidder(process: Any, actor: Any, folder: Path) -> Bidder:
    """Issue a token to the firm and seal its bid, with an attachment of a size drawn between 1 KB and 8 MB."""
    from tenderwell.core.command import perform
    from tenderwell.ledger.sealing.package import File
    from tenderwell.workroom.bidding import sealer
    from tenderwell.workroom.parties.commands import IssueToken, issue_token
    from tenderwell.workroom.parties.models import Organisation

    firm = Organisation.objects.get(identifier=actor.organisation)
    token = perform(issue_token, actor, firm.identifier, IssueToken(label="rush"))
    size = int(SMALLEST * (LARGEST / SMALLEST) ** random.random())
    offered = sealer.offer(firm, currency="USD", amounts={"": Decimal("900.00")})
    package = sealer.seal_for(process, offered, attachments=(File.of("plan.pdf", random.randbytes(size)),))
    folder.mkdir()
    (folder / "header.json").write_bytes(package.header.raw)
    (folder / "payload.age").write_bytes(package.payload)
    return Bidder(firm.identifier, token.secret, folder)


def spread(bidders: list[Bidder], seconds: int) -> None:
    """When each one sends its header."""
    end = seconds - MARGIN
    for place, each in enumerate(bidders):
        peak = place < len(bidders) * SHARE
        each.at = random.uniform(end - LAST if peak else 0.0, end)


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The real server beside the database of the settings, as `tenderwell serve` runs it."""
    from django.db import connections

    from benchmarks.served import answering

    connections.close_all()
    words = [sys.executable, "-m", "tenderwell", "serve", "--port", "8761"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    running = subprocess.Popen(words, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)
    try:
        yield answering("http://127.0.0.1:8761")
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=30)


# The rush


def rush(bidders: list[Bidder], ocid: str, address: str, seconds: int) -> None:
    """The period ends in so many seconds; everybody hands in at its own time."""
    from django.db import connections

    from tenderwell.core.periods import Period
    from tenderwell.workroom.process.models import Process

    process = Process.objects.get(ocid=ocid)
    period, now = process.periods_held()["tenderPeriod"], datetime.now(UTC)
    process.set_period("tenderPeriod", Period(period.start, now + timedelta(seconds=seconds)))  # no month's wait
    connections.close_all()
    began = time.monotonic()
    with contextlib.redirect_stderr(io.StringIO()), ThreadPoolExecutor(len(bidders)) as pool:
        list(pool.map(lambda each: hand_in(each, ocid, address, began), bidders))


def hand_in(each: Bidder, ocid: str, address: str, began: float) -> None:
    """As `tenderwell submit` does it: fix the bid by its header, send the parts, hand in."""
    from tenderwell.bidder_cli import send_parts
    from tenderwell.bidder_site import Declined, NotReached, Site
    from tenderwell.sealing_files import read_header

    header = read_header(each.folder / "header.json")
    site = Timed(Site(address, ocid, each.token), each)
    time.sleep(max(0.0, began + each.at - time.monotonic()))
    try:
        answers: list[Any] = []
        each.header = timed(lambda: answers.append(site.site.post("hand_in?announce=1", header.raw)))
        payload, missing = each.folder / "payload.age", answers[0]["missing"]
        send_parts(site, header, payload=payload, missing=missing)  # type: ignore[arg-type]
        each.whole = timed(lambda: site.site.post("hand_in", header.raw))
        each.done = time.monotonic() - began
    except (Declined, NotReached, OSError) as error:
        each.trouble = f"{type(error).__name__}: {error}"


@dataclass
class Timed:
    """A bidder's connection whose parts are timed."""

    site: Any
    bidder: Bidder

    def put(self, place: str, part: bytes) -> None:
        self.bidder.parts.append(timed(lambda: self.site.put(place, part)))


def timed(work: Callable[[], Any]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


# After it


def receipts(bidders: list[Bidder], ocid: str, address: str, folder: Path) -> int:
    """How many receipts verify.py finds good, by the policy that the log publishes."""
    from urllib.request import urlopen

    from tenderwell.bidder_site import Site

    for name, place in (("verify.py", "/log/verify.py"), ("policy.txt", "/log/policy")):
        with urlopen(address + place, timeout=60) as answer:
            (folder / name).write_bytes(answer.read())
    check = runpy.run_path(str(folder / "verify.py"))["main"]
    good = 0
    for each in (each for each in bidders if not each.trouble):
        header = each.folder / "header.json"
        receipt = each.folder / "receipt.tlog-proof"
        commitment = sha256(header.read_bytes()).hexdigest()
        receipt.write_bytes(Site(address, ocid, each.token).get(f"receipts/{commitment}.tlog-proof"))
        words = ["receipt", str(receipt), "--header", str(header), "--policy", str(folder / "policy.txt")]
        with contextlib.redirect_stdout(io.StringIO()):
            good += check(words) == 0
    return good


def handed_in(ocid: str) -> int:
    """Bids that stand complete, in time, in the database."""
    from tenderwell.workroom.bidding.models import SealedBid

    return SealedBid.objects.filter(process__ocid=ocid, state="submitted").count()


def report(bidders: list[Bidder], good: int, *, lost: int, cluster: Any) -> int:
    """Print the figures; 1 when a demand is not met."""
    from benchmarks.acts import pgbench

    headers, parts = sorted(each.header for each in bidders), sorted(time for each in bidders for time in each.parts)
    total = sum((each.folder / "payload.age").stat().st_size for each in bidders)
    print("                 p50 s   p99 s   max s")
    for name, times in (("header", headers), ("part", parts), ("hand in", sorted(each.whole for each in bidders))):
        if times:  # a few bidders may send no part at all
            print(f"{name:14} {at(times, 0.5):7.3f} {at(times, 0.99):7.3f} {times[-1]:7.3f}")
    last = max(each.done for each in bidders)
    print(f"headers that arrived too late: {sum('period is over' in each.trouble for each in bidders)}")
    print(f"{len(bidders)} bids, {total / 1e6:.0f} MB, the last complete after {last:.0f} s; lost: {lost}")
    print(f"receipts that verify: {good}; pgbench beside it: {pgbench(cluster, 32):.0f} transactions/s")
    for each in bidders:
        if each.trouble:
            print(f"{each.identifier}: {each.trouble}")
    return 0 if lost == 0 and good == len(bidders) and at(headers, 0.99) < LIMIT else 1


def at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    sys.exit(main(*(int(word) for word in (sys.argv[1:] + ["300", "120"][len(sys.argv) - 1 :]))))
