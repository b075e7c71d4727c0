"""How many sealed bids one tender takes a second, beside pgbench on the same machine: python benchmarks/acts.py [bids].

Starts a database of its own with fsync on, publishes one tender, seals the bids beforehand, and lets 1, 8 and 32
clients hand them in at the same time, each bid in its own durable transaction with its leaf in the ledger. pgbench's
simple update on the same server is the limit: trust the ratio, not the rates. Bounded; takes about two minutes.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

CLIENTS = (1, 8, 32)
SECONDS = 5


def main(bids: int) -> None:
    """Measure and print one line for each number of clients."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-acts-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ["TENDERWELL_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "tenderwell.settings"
        from tenderwell import database

        cluster = database.cluster_at(Path(folder))
        with database.running(cluster):
            prepare()
            print("clients  bids/s  p99 ms  pgbench/s  ratio")
            for clients in CLIENTS:
                line(clients, bids, cluster)


def prepare() -> None:
    import django
    from django.core.management import call_command

    from tenderwell import start

    django.setup()
    start.prepare()
    call_command("migrate", verbosity=0)


def line(clients: int, bids: int, cluster: object) -> None:
    """One measurement: a fresh tender, its bids sealed beforehand, then handed in at once."""
    ocid, parcels = sealed(max(bids, clients))
    shares = [parcels[place::clients] for place in range(clients)]
    from django.db import connections

    connections.close_all()
    context = get_context("fork")
    began = time.perf_counter()
    with context.Pool(clients) as pool:
        times = sorted(each for part in pool.starmap(hand_in, [(ocid, share) for share in shares]) for each in part)
    rate = len(times) / (time.perf_counter() - began)
    limit = pgbench(cluster, clients)
    p99 = times[int(len(times) * 0.99) - 1] * 1000
    print(f"{clients:7}  {rate:6.0f}  {p99:6.0f}  {limit:9.0f}  {rate / limit:5.2f}")


def sealed(count: int) -> tuple[str, list[tuple[str, object]]]:
    """A tender open for bids, and so many sealed packages, each of another firm."""
    from tenderwell.workroom.parties.models import Organisation
    from tenderwell.workroom.replay.cast import gather
    from tenderwell.workroom.replay.play import begin, plan, tender
    from tenderwell.workroom.replay.scene import Play
    from tenderwell.workroom.replay.source import Item, Party, Source

    now = datetime.now(UTC)
    cast = gather("XA")
    source = Source(
        ocid="bench", title="Lamps for the harbour", description="", status="active", method="open", category="goods",
        buyer=Party("bench-buyer", "Harbour"), amount=Decimal(1000), currency="USD", budget=None,
        opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(days=1),
        items=(Item("Lamp", "UNSPSC", "39110000", "Lighting", Decimal(10), "lamp"),), bids=(), awards=(), contracts=(),
    )  # fmt: skip
    play = Play(source, cast, "none_1")
    begin(play)
    plan(play)
    tender(play)
    firms = [cast.supplier(Party(f"XA-BENCH-{place}", f"Firm {place}")) for place in range(count)]
    process = play.fresh()
    return play.ocid, [(str(firm.id), parcel(process, Organisation, firm.organisation)) for firm in firms]


def parcel(process: object, organisations: object, identifier: str) -> object:
    from tenderwell.workroom.bidding import sealer

    firm = organisations.objects.get(identifier=identifier)  # type: ignore[attr-defined]
    offered = sealer.offer(firm, currency="USD", amounts={"": Decimal("900.00")})
    return identifier, sealer.uploaded(sealer.seal_for(process, offered))  # type: ignore[arg-type]


def hand_in(ocid: str, share: list[tuple[str, tuple[str, object]]]) -> list[float]:
    """Hand in one client's bids; seconds each took."""
    from tenderwell.core.command import Actor, perform
    from tenderwell.workroom.bidding.commands import submit_bid

    taken = []
    for person, (identifier, data) in share:
        began = time.perf_counter()
        perform(submit_bid, Actor(person, identifier, frozenset({"bidder"})), ocid, data)  # type: ignore[arg-type]
        taken.append(time.perf_counter() - began)
    return taken


def pgbench(cluster: object, clients: int) -> float:
    """Transactions a second of pgbench's simple update on the same server."""
    from tenderwell import database

    program = database.programs()["pgbench"] if hasattr(database, "programs") else "pgbench"
    base = [program, "-h", str(cluster.socket), "-U", database.NAME, database.NAME]  # type: ignore[attr-defined]
    subprocess.run([*base, "-i", "-q"], check=True, capture_output=True)
    run = [*base, "-n", "-N", "-c", str(clients), "-j", "2", "-T", str(SECONDS)]
    text = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    return float(text.split("tps = ")[1].split()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 160)
