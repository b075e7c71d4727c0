"""Commands for a committee member's own key: make it, print it for the safe, try it on a test envelope."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tenderwell import sealing_files as files
from tenderwell.ledger.sealing import rehearsal as test
from tenderwell.ledger.sealing.keys import Suite, new_identity, recipient_of
from tenderwell.ledger.sealing.passphrase import wrap_identity
from tenderwell.sealing_parsers import add, add_passphrase

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

KEYGEN = """Example:
  tenderwell keygen --out my.key
Give the printed recipient to the buyer; keep the file and the passphrase apart from each other."""
SHEET = """Example:
  tenderwell recovery-sheet --identity my.key | lp
Print it on paper and keep it in a sealed envelope in a safe. It holds your secret key, without the passphrase."""
REHEARSE = """Example:
  tenderwell rehearse rehearsal.json --identity my.key
rehearsal.json is on the committee's page. Send what is printed there; it opens your part of a test envelope, no bid."""


def register(subparsers: "Subparsers") -> None:
    """Offer the commands."""
    _keygen_parser(subparsers)
    _recovery_sheet_parser(subparsers)
    _rehearse_parser(subparsers)


def keygen(args: argparse.Namespace) -> int:
    """Make a member's key, keep it under a passphrase, print the recipient."""
    identity = new_identity(Suite(args.suite))
    words = files.new_passphrase(args.passphrase_file)
    files.write_secret(args.out, wrap_identity(identity, words=words))
    print(f"The key is in {args.out}, under your passphrase. Without both nobody can use it, you included.")
    print("Give this recipient to the buyer; it is public:")
    print(f"In eight words, to compare: {' '.join(files.words_of_key(recipient_of(identity)))}")
    print(recipient_of(identity))
    return 0


def recovery_sheet(args: argparse.Namespace) -> int:
    """Print the member's secret key for the safe, and the words by which its public half is known."""
    identity = files.identity_at(args.identity, words=lambda: files.words_for(args.passphrase_file))
    print("RECOVERY SHEET. Whoever has this text has the key. Keep it in a sealed envelope in a safe.")
    print(f"\n  {identity}\n")
    print("To use it, write that one line into a file and give the file as --identity.")
    print(f"The public half, in eight words: {' '.join(files.words_of_key(recipient_of(identity)))}")
    return 0


def rehearse(args: argparse.Namespace) -> int:
    """Open the member's part of the test envelope, and show that the committee's record names the key."""
    identity = files.identity_at(args.identity, words=lambda: files.words_for(args.passphrase_file))
    committee, share = test.rehearse(args.file.read_bytes(), identity=identity)
    print(f"The committee's record names your key, as {share.member}. Compare with the notice:")
    print(f"  {' '.join(committee.words)}")
    print("Your key opened your part of the test envelope. It holds no bid. Send this share on the page:")
    print(share.share)
    return 0


def _keygen_parser(subparsers: "Subparsers") -> None:
    parser = add(subparsers, "keygen", text="make a committee member's key", example=KEYGEN, run=keygen)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="where the wrapped key goes")
    parser.add_argument("--suite", choices=[*Suite], default=Suite.PQ, help="pq (default), or x25519 for stock age")
    add_passphrase(parser)


def _recovery_sheet_parser(subparsers: "Subparsers") -> None:
    text = "print a member's key for the safe"
    parser = add(subparsers, "recovery-sheet", text=text, example=SHEET, run=recovery_sheet)
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="your key file")
    add_passphrase(parser)


def _rehearse_parser(subparsers: "Subparsers") -> None:
    text = "try the opening on a test envelope"
    parser = add(subparsers, "rehearse", text=text, example=REHEARSE, run=rehearse)
    parser.add_argument("file", type=Path, metavar="FILE", help="rehearsal.json from the committee's page")
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="your key file")
    add_passphrase(parser)
