"""`tenderwell rebuild` and `tenderwell import`: make the record again, take in another publisher's releases."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

REBUILD = """Merges every release again, in the order of the ledger, compares the result byte by byte with the record
and with the digests in the ledger. Differences are written anew and told. Example:
  tenderwell rebuild"""
IMPORT = """Takes OCDS releases or compiled releases (.jsonl or .jsonl.gz) of another publisher into the public record,
marked with their source; each leaves an entry in the ledger. Example:
  tenderwell import releases.jsonl.gz --source "City of Elsewhere" --licence "CC BY 4.0" --language fr"""


def register(subparsers: "Subparsers") -> None:
    """Offer both commands."""
    words = "make the public record again from its releases"
    parser = subparsers.add_parser("rebuild", help=words, description=words.capitalize() + ".", epilog=REBUILD)
    parser.set_defaults(run=rebuild_record)
    words = "take in the releases of another publisher"
    parser = subparsers.add_parser("import", help=words, description=words.capitalize() + ".", epilog=IMPORT)
    parser.add_argument("file", type=Path, metavar="FILE", help=".jsonl or .jsonl.gz")
    parser.add_argument("--source", required=True, metavar="NAME", help="the publisher's name, shown on every page")
    parser.add_argument("--licence", default="", metavar="TEXT", help="under which licence the data are published")
    parser.add_argument("--uri", default="", metavar="ADDRESS", help="where the publisher is found")
    parser.add_argument("--language", default="", metavar="xx", help="language of texts that do not say theirs")
    parser.set_defaults(run=import_file)


def rebuild_record(args: argparse.Namespace) -> int:
    """Rebuild; 1 when something differed."""
    from tenderwell.public.record.projection import rebuild

    found = rebuild()
    for mismatch in found:
        print(f"{mismatch.what} {mismatch.key}: {mismatch.found}")
    print(f"{len(found)} differences." if found else "The record is what its releases make of it.")
    return 1 if found else 0


def import_file(args: argparse.Namespace) -> int:
    """Import; 1 when a line was refused, 2 when there is no such file."""
    from tenderwell.public.record.importing import import_releases

    if not args.file.is_file():
        print(f"There is no file {args.file}.", file=sys.stderr)
        return 2
    done = import_releases(args.file, source=args.source, licence=args.licence, uri=args.uri, language=args.language)
    for number, why in done.refused:
        print(f"line {number}: {why}", file=sys.stderr)
    print(f"{done.added} added, {done.known} known already, {len(done.refused)} refused.")
    return 1 if done.refused else 0
