"""`tenderwell test`: gets what the tests need beyond Python's packages, and hands over to pytest."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

EXAMPLE = """Examples:
  tenderwell test
  tenderwell test -k money src/tenderwell/core"""
PACKAGES = ("chromium", "fonts-noto-core", "fonts-wqy-microhei")
ALL = ["-n", "2", "--dist", "worksteal"]
ROOT = Path(__file__).resolve().parent.parent.parent


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
    have_browser()
    have_assets()
    command = [sys.executable, "-m", "pytest", *(args.rest or ALL)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def have_browser() -> None:
    """Install Debian's Chromium where that may be done, else say what is missing and how to get it."""
    if shutil.which("chromium"):
        return
    missing = "Chromium is missing: tests in a real browser are skipped. As root: apt-get install " + " ".join(PACKAGES)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(missing, file=sys.stderr)
        return
    print("Installing Chromium and fonts for the tests in a real browser ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
    get = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
    if subprocess.run(get, **quiet).returncode:  # type: ignore[call-overload]
        print(missing, file=sys.stderr)


def have_assets() -> None:
    """Build the static files when they are missing or stale: pages in the tests are served with them."""
    from tenderwell.serve import build_assets

    build_assets()
