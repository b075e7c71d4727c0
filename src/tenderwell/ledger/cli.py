"""Commands about the log: look at it, publish, keep it alive, export, repair; be a witness; verify."""

import argparse
import os
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[[argparse.Namespace], int]
VERIFY = """Examples:
  tenderwell verify receipt my-bid.tlog-proof --policy policy.txt
  tenderwell verify record bundle/ --policy policy.txt
  tenderwell verify monitor https://city.example/log --state city.json --policy policy.txt"""


def register(subparsers: "Subparsers") -> None:
    """Offer ledger, witness and verify."""
    text = "the public log: look, publish, keep it alive, export, repair"
    ledger = subparsers.add_parser("ledger", help=text, description=text.capitalize() + ".")
    register_ledger(ledger.add_subparsers(metavar="COMMAND", required=True, title="commands"))

    text = "be a witness of other logs"
    witness = subparsers.add_parser("witness", help=text, description=text.capitalize() + ".")
    register_witness(witness.add_subparsers(metavar="COMMAND", required=True, title="commands"))

    text = "check a receipt, a record or a whole log, trusting nobody"
    verify = subparsers.add_parser("verify", help=text, description=text.capitalize() + ".", epilog=VERIFY)
    verify.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="see: tenderwell verify receipt --help")
    verify.set_defaults(run=run_verify, needs="nothing")


def offer(subparsers: "Subparsers", name: str, text: str, *, run: Run, example: str = "") -> argparse.ArgumentParser:
    """One command with its help, and an example of how it is typed."""
    parser = subparsers.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.epilog = f"Example:\n  {parser.prog} {example}".rstrip()
    parser.set_defaults(run=run)
    return parser


def register_ledger(subparsers: "Subparsers") -> None:
    offer(subparsers, "status", "show size, last checkpoint and witnesses", run=status)
    offer(subparsers, "publish", "sign what is new and ask the witnesses", run=publish)
    parser = offer(subparsers, "keep", "publish what is new and show signs of life, until stopped", run=keep)
    parser.add_argument("--beat", type=int, default=60, metavar="SECONDS", help="longest silence (default: 60)")
    parser = offer(subparsers, "export", "write the log as static files", run=export, example="site/log")
    parser.add_argument("folder", type=Path, help="where any web server can carry it")
    text = "write the verifier for outsiders as one file"
    parser = offer(subparsers, "verifier", text, run=write_verifier, example="verify.py")
    parser.add_argument("file", type=Path, help="the file to write")
    parser.set_defaults(needs="nothing")
    text = "give the log new keys, which sign beside the old ones until --finish"
    parser = offer(subparsers, "rotate", text, run=rotate, example="--finish")
    parser.add_argument("--finish", action="store_true", help="let the old keys go")
    text = "log the hashes of the sealing client, where they changed"
    parser = offer(subparsers, "client", text, run=client, example="build/static/sealing/release.json")
    parser.add_argument("file", type=Path, help="what the build of the assets wrote")
    text = "bring back entries that a restored database lacks"
    parser = offer(subparsers, "repair", text, run=repair, example="site/log")
    parser.add_argument("folder", type=Path, help="an export of this log, or a mirror's copy")


def register_witness(subparsers: "Subparsers") -> None:
    text = "make a witness's keys, or show their public halves"
    parser = offer(subparsers, "key", text, run=witness_key, example="audit.example/witness --folder witness")
    witness_arguments(parser)
    parser.set_defaults(needs="nothing")
    example = "audit.example/witness --folder witness --log policy.txt --port 8090"
    parser = offer(subparsers, "serve", "cosign the checkpoints of logs", run=witness_serve, example=example)
    witness_arguments(parser)
    parser.add_argument(
        "--log", type=Path, action="append", required=True, help="policy file of a log; may be repeated"
    )
    parser.add_argument("--address", default="127.0.0.1", help="address to listen at (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8090, help="port to listen at (default: 8090)")
    parser.set_defaults(needs="nothing")


def witness_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="name in its keys, such as an address without https://")
    parser.add_argument("--folder", type=Path, required=True, help="folder of its keys and memory")


def status(args: argparse.Namespace) -> int:
    """Print what the log says, and whether it may go on."""
    from tenderwell.ledger import identity, publishing

    row = publishing.latest()
    print(f"log        {identity.origin()}\nentries    {publishing.size()}\npublished  {row.size if row else 0}")
    print(f"witnesses  {len(identity.witnesses())}" + (", quorum met" if row and row.is_witnessed else ""))
    for verifier in identity.verifiers():
        print(f"key        {verifier.vkey[:100]}")
    if row:
        print(f"signed     {publishing.stated_time(row.latest).isoformat()}")
    return 0


def publish(args: argparse.Namespace) -> int:
    """Publish once."""
    from tenderwell.ledger import store

    return said(lambda: f"published {store.publish(now=datetime.now(UTC)).size} entries")


def keep(args: argparse.Namespace) -> int:
    """Publish and beat until SIGINT or SIGTERM."""
    from tenderwell.ledger import keeper

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return said(lambda: keeper.keep(stop=stop, beat=timedelta(seconds=args.beat)))


def export(args: argparse.Namespace) -> int:
    """Write the static files."""
    from tenderwell.ledger.export import export

    return said(lambda: f"{export(args.folder)} entries are in {args.folder}")


def repair(args: argparse.Namespace) -> int:
    """Bring entries back."""
    from tenderwell.ledger.export import repair

    return said(lambda: f"{repair(args.folder)} entries were brought back from {args.folder}")


def rotate(args: argparse.Namespace) -> int:
    """Begin or finish the change of keys."""
    from tenderwell.ledger import rotation

    now = datetime.now(UTC)
    if args.finish:
        return said(lambda: f"{len(rotation.finish(now=now))} old keys sign no more; start the server again")
    return said(lambda: f"{len(rotation.begin(now=now))} new keys sign too; start the server again, tell the witnesses")


def client(args: argparse.Namespace) -> int:
    """Log the sealing client; `serve` and `demo` do it by themselves."""
    from tenderwell.ledger.releases import record_file

    return said(lambda: "logged" if record_file(args.file) else "logged already")


def write_verifier(args: argparse.Namespace) -> int:
    """Write the single file."""
    from tenderwell.ledger.verify import one_file

    args.file.write_text(one_file(), encoding="utf-8")
    print(f"{args.file} runs anywhere: python3 {args.file} --help")
    return 0


def said(work: Callable[[], str | None]) -> int:
    """Do it and print what came of it, or why it may not be; returns the exit status."""
    from tenderwell.ledger.export import NotPublished
    from tenderwell.ledger.identity import MayNotSign
    from tenderwell.ledger.keys import BadKeyFile

    try:
        print(work() or "stopped")
    except (MayNotSign, BadKeyFile, NotPublished, OSError, ValueError) as problem:
        print(f"tenderwell: {problem}")
        return 1
    return 0


def witness_key(args: argparse.Namespace) -> int:
    """Print the verifier keys, made now if there are none."""
    from tenderwell.ledger import keys
    from tenderwell.ledger.note import KeyType

    path = args.folder / "witness.key"
    if not path.exists():
        keys.create(path, name=args.name, types=(KeyType.COSIGNATURE, KeyType.ML_DSA_44))
    for signer in keys.load(path, name=args.name):
        print(signer.verifier.vkey)
    return 0


def witness_serve(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    from tenderwell.ledger import keys
    from tenderwell.ledger.policy import parse_policy
    from tenderwell.ledger.serving import Server
    from tenderwell.ledger.witness import Witness

    parties = [party for path in args.log for party in parse_policy(path.read_text("utf-8")).logs]
    names = {party.verifier.name for party in parties}
    logs = {name: [party.verifier for party in parties if party.verifier.name == name] for name in names}
    signers = keys.load(args.folder / "witness.key", name=args.name)
    server = Server(Witness(args.folder, signers=signers, logs=logs), address=args.address, port=args.port)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    print(f"{args.name} witnesses {', '.join(sorted(logs))} at {server.url} (process {os.getpid()})", flush=True)
    with server:
        server.serve_forever()
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Hand over to the stand-alone verifier."""
    from tenderwell.ledger.verifying.command import main

    return main(args.rest)
