"""`tenderwell test`: gets what the tests need beyond Python's packages, and hands over to pytest."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeVar

EXAMPLE = """Examples:
  tenderwell test
  tenderwell test -k money src/tenderwell/core"""
BROWSERS = ("chromium-headless-shell", "chromium")  # the first has no windows, which cost more than the pages in them
STRANGERS = ("age",)  # programs of others that read what we write, and the other way round
PACKAGES = (BROWSERS[0], *STRANGERS, "fonts-noto-core", "fonts-wqy-microhei")
APT = ("apt-get", "-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10")
ALL = ["-n", "3", "--dist", "worksteal"]  # on two cores: one test or another always waits for a browser or a disk
ROOT = Path(__file__).resolve().parent.parent.parent
T = TypeVar("T")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Offer test."""
    text = "run the tests"
    # With another prefix than "-" the options are pytest's, wherever they stand.
    parser = subparsers.add_parser(
        "test", help=text, description=text.capitalize() + ".", epilog=EXAMPLE, prefix_chars="+", add_help=False
    )
    parser.add_argument("rest", nargs="*", metavar="...", help="arguments for pytest (default: all)")
    parser.set_defaults(run=run, needs="nothing", show_help=parser.print_help)


def run(args: argparse.Namespace) -> int:
    """Prepare, then run pytest; returns its exit status."""
    if args.rest in (["-h"], ["--help"]):
        args.show_help()
        return 0
    have_programs()
    have_assets()
    command = [sys.executable, "-m", "pytest", *(args.rest or ALL)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def have_programs() -> None:
    """Install Debian's packages with the programs that tests call, where that may be done; else say how to get them."""
    if all(map(shutil.which, (BROWSERS[0], *STRANGERS))):
        return
    if os.geteuid() == 0 and shutil.which("apt-get") and installed():
        return
    missing = [] if any(map(shutil.which, BROWSERS)) else ["Chromium"]
    missing += [name for name in STRANGERS if not shutil.which(name)]
    if missing:
        get = "As root: apt-get install " + " ".join(PACKAGES)
        print(f"Missing: {', '.join(missing)}. Tests with them are skipped. {get}", file=sys.stderr)


def installed() -> bool:
    print("Installing the programs that tests call: Chromium, fonts, age ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "check": False}
    subprocess.run([*APT, "update"], **quiet)  # type: ignore[call-overload]
    get = [*APT, "install", "-y", "--no-install-recommends", *PACKAGES]
    return subprocess.run(get, **quiet).returncode == 0  # type: ignore[call-overload,no-any-return]


def have_assets() -> None:
    """Build the static files when they are missing or stale: pages in the tests are served with them."""
    from tenderwell.serve import build_assets

    build_assets()


def dealt(tests: Sequence[T], *, hands: int, file: Callable[[T], object], longest: Callable[[T], int]) -> list[T]:
    """An order in which each of the workers (`hands`) begins with its share of the long tests.

    xdist hands each worker a stretch of the list, and a worker without work takes from the ends of the others: long
    tests that stand together at the front would be left to one worker. The long tests of a file, which often share what
    they begin with, stay together; all others keep their order. longest: seconds that a test may take, 0 for most.
    """
    by_length = sorted((test for test in tests if longest(test)), key=longest, reverse=True)
    files = [list(group) for _, group in groupby(by_length, key=file)]
    rest, order = [test for test in tests if not longest(test)], list[T]()
    for hand in range(hands):
        stretch = (len(tests) - len(order)) // (hands - hand)  # as xdist cuts the list
        mine = [test for each in files[hand::hands] for test in each]
        room = max(0, stretch - len(mine))
        order += mine + rest[:room]
        del rest[:room]
    return order + rest
