"""Bundles the sealing client: the same bytes on every machine, one file each, with a list of their hashes.

esbuild does the bundling; its program lies in an npm package of its own, so no install script has to run. What goes
in is fixed by package-lock.json and ui/sealing; nothing of the machine goes in.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tenderwell.ui.sealing_texts import TEXTS

SOURCES = Path(__file__).resolve().parent.parent / "sealing"
WORDS = SOURCES.parent.parent / "ledger" / "sealing" / "words.py"
PAGES = ("bid", "keyworker", "member", "ownbid", "worker")
FLAGS = ("--bundle", "--minify", "--charset=utf8", "--legal-comments=eof", "--target=es2022", "--log-level=error")
RELEASE = "release.json"


class EsbuildMissing(Exception):
    """node_modules holds no esbuild for this machine."""


def write_sealing(modules: Path, *, into: Path, library: Path) -> None:
    """Write the pages' scripts and offline.html into `into`, and the module for Node to `library`."""
    into.mkdir(parents=True, exist_ok=True)
    library.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as draft:
        sources = gathered(modules, Path(draft))
        for name in PAGES:
            (into / f"{name}.js").write_bytes(bundled(modules, sources / f"{name}.js", form="iife"))
        script = bundled(modules, sources / "offline.js", form="iife")
        library.write_bytes(bundled(modules, sources / "library.js", form="esm"))
    base = (into.parent / "css" / "base.css").read_text("utf-8") if (into.parent / "css" / "base.css").exists() else ""
    style = base + (SOURCES / "offline.css").read_text("utf-8")
    page = (SOURCES / "offline.html").read_text("utf-8")
    (into / "offline.html").write_text(standalone(page, script=script.decode(), style=style), "utf-8")
    (into / RELEASE).write_text(release_of(into), "utf-8")


def gathered(modules: Path, draft: Path) -> Path:
    """Our sources, the word list and the texts in a folder of their own, next to the packages."""
    sources = draft / "sealing"
    shutil.copytree(SOURCES, sources)
    for name, value in (("WORDS", word_list()), ("TEXTS", TEXTS)):
        script = f"export const {name} = {json.dumps(value)};\n"
        (sources / f"{name.lower()}.generated.js").write_text(script, "utf-8")
    (draft / "node_modules").symlink_to(modules, target_is_directory=True)
    return sources


def word_list() -> list[str]:
    """The words by which people compare hashes, from the one place where they stand."""
    found = re.search(r'_LIST = """(.*?)"""', WORDS.read_text("utf-8"), re.DOTALL)
    assert found, "words.py holds the list"
    return found[1].split()


def bundled(modules: Path, source: Path, *, form: str) -> bytes:
    """One script with everything it imports."""
    command = [str(esbuild(modules)), source.name, f"--format={form}", *FLAGS, "--preserve-symlinks"]
    return subprocess.run(command, cwd=source.parent, check=True, capture_output=True).stdout


def esbuild(modules: Path) -> Path:
    """The program for this machine; raises EsbuildMissing."""
    programs = modules / "@esbuild"
    found = [*sorted(programs.glob("*/bin/esbuild")), *sorted(programs.glob("*/esbuild.exe"))]
    if not found:
        raise EsbuildMissing("node_modules/@esbuild holds no program for this machine: run npm ci again")
    return found[0]


def standalone(page: str, *, script: str, style: str) -> str:
    """offline.html: script and style inside, and a policy that allows these two and nothing else."""
    script = script.replace("</script", "<\\/script")
    policy = f"default-src 'none'; script-src {digest(script)}; style-src {digest(style)}; form-action 'none'"
    for mark, text in (("%POLICY%", policy), ("%STYLE%", style), ("%SCRIPT%", script)):
        page = page.replace(mark, text, 1)
    return page


def digest(text: str) -> str:
    """A source expression for a Content-Security-Policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def release_of(folder: Path) -> str:
    """The hash of each file, for the ledger's leaf client.release and for whoever builds it again."""
    files = sorted(path for path in folder.iterdir() if path.suffix in (".js", ".html"))
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return json.dumps({"type": "client.release/v1", "files": hashes}, sort_keys=True, separators=(",", ":"))
