"""Commands that hand a sealed bid in and take it back, from the bidder's computer: submit, withdraw."""

import argparse
import getpass
import hashlib
import json
import sys
from collections.abc import Callable, Container
from pathlib import Path
from typing import TYPE_CHECKING

from tenderwell import sealing_files as files
from tenderwell.bidder_site import Declined, NotReached, Site
from tenderwell.ledger.sealing.header import PART, Header
from tenderwell.ledger.verifying import command as verifier

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[[argparse.Namespace], int]

SUBMIT = """Example:
  tenderwell submit my-bid --to https://procurement.example.org --token-file token.txt
The bid is fixed as soon as header.json has arrived. Run the same command again when the connection was lost:
what has arrived is not sent twice. The receipt is written into the folder; keep it.
Without --token-file the token is asked for."""
WITHDRAW = """Example:
  tenderwell withdraw my-bid --to https://procurement.example.org --token-file token.txt
A withdrawn bid stays shut for ever."""
RECEIPT, REFUSAL = "receipt.tlog-proof", "refusal.txt"


def register(subparsers: "Subparsers") -> None:
    """Offer the commands of a bidder with a sealed package."""
    one = _add(subparsers, "submit", text="hand in a sealed bid", example=SUBMIT, run=submit)
    one.add_argument("--policy", type=Path, metavar="FILE", help="check the receipt by this policy of the log")
    one = _add(subparsers, "withdraw", text="take back a bid before the end", example=WITHDRAW, run=withdraw)
    one.add_argument("--yes", action="store_true", help="do not ask before going on")


def submit(args: argparse.Namespace) -> int:
    """Fix the bid by its header, send the parts that are missing, hand in, and keep the receipt."""
    packages = files.packages_in(args.package)
    token = token_of(args)
    return max(submit_package(args, package, token=token) for package in packages)


def submit_package(args: argparse.Namespace, package: Path, *, token: str) -> int:
    """Hand in one package: the bid, or one envelope of it."""
    header = files.read_header(package / "header.json")
    site = Site(args.to, header.core.tender, token)
    try:
        missing = frozenset(site.post("hand_in?announce=1", header.raw)["missing"])
        send_parts(site, header, payload=package / "payload.age", missing=missing)
        site.post("hand_in", header.raw)
    except Declined as declined:
        return say_declined(declined, note=package / REFUSAL)
    receipt = package / RECEIPT
    receipt.write_bytes(site.get(f"receipts/{header.commitment}.tlog-proof"))
    print(f"Your bid arrived. Commitment: {header.commitment}")
    print(f"The receipt is in {receipt}. Keep it: it proves the bid without the site.")
    if args.policy is None:
        return 0
    words = ("receipt", receipt, "--header", package / "header.json", "--policy", args.policy)
    return verifier.main([str(word) for word in words])


def withdraw(args: argparse.Namespace) -> int:
    """Take the bid back; it can be replaced by another until the end of the period."""
    package = files.packages_in(args.package)[0]  # one envelope withdraws the whole bid
    header = files.read_header(package / "header.json")
    site = Site(args.to, header.core.tender, token_of(args))
    if not args.yes and input("Withdraw this bid? [y/N] ").strip().casefold() not in ("y", "yes"):
        return 1
    try:
        site.post("withdraw_bid", json.dumps({"commitment": header.commitment}).encode())
    except Declined as declined:
        return say_declined(declined, note=package / REFUSAL)
    print(f"The bid {header.commitment} is withdrawn. Nobody will open it.")
    return 0


def token_of(args: argparse.Namespace) -> str:
    return files.first_line(args.token_file) if args.token_file else getpass.getpass("Token: ")


def send_parts(site: Site, header: Header, *, payload: Path, missing: Container[str]) -> None:
    """Send the parts that the site does not have, by their hashes.

    Raises ValueError when the file is not the header's payload.
    """
    size, sent = header.payload.size, 0
    with payload.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != header.payload.sha256:
            raise ValueError(f"{payload} is not the payload that header.json names; seal again")
        stream.seek(0)
        while part := stream.read(PART):
            name = hashlib.sha256(part).hexdigest()
            if name in missing:
                site.put(f"parts/{name}", part)
            sent += len(part)
            print(f"\rSent {sent:,} of {size:,} bytes ({sent * 100 // size} %)", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def say_declined(declined: Declined, *, note: Path) -> int:
    """Print every reason; keep the signed refusal when there is one."""
    for reason in declined.reasons:
        print(f"Refused: {reason}", file=sys.stderr)
    if declined.note:
        note.write_text(declined.note)
        print(f"The signed refusal is in {note}. Keep it if you want to complain.", file=sys.stderr)
    return 1


def _told(run: Run) -> Run:
    def told(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except (OSError, ValueError, NotReached) as error:
            print(f"tenderwell: {error}", file=sys.stderr)
            return 1

    return told


def _add(subparsers: "Subparsers", name: str, *, text: str, example: str, run: Run) -> argparse.ArgumentParser:
    described = f"{text.capitalize()}."
    parser = subparsers.add_parser(name, help=text, description=described, epilog=example)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.set_defaults(run=_told(run), needs="nothing")
    parser.add_argument("package", type=Path, metavar="DIR", help="folder that tenderwell seal wrote")
    parser.add_argument("--to", required=True, metavar="URL", help="the site of the buyer")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="the access token of your organisation")
    return parser
