"""The sealing client is the same bytes each time, and offline.html trusts nothing but itself."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from tenderwell.ui.build import ROOT
from tenderwell.ui.build.sealing import EsbuildMissing, digest, standalone, word_list, write_sealing


def built(place: Path) -> dict[str, bytes]:
    try:
        write_sealing(ROOT / "node_modules", into=place / "sealing", library=place / "library.mjs")
    except EsbuildMissing as missing:
        pytest.skip(str(missing))
    return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_building_twice_in_two_places_gives_the_same_bytes(tmp_path: Path) -> None:
    here, there = built(tmp_path / "here"), built(tmp_path / "a" / "longer" / "way" / "there")
    assert here == there
    pages = {"bid.js", "keyworker.js", "member.js", "ownbid.js", "worker.js", "offline.html"}
    assert here.keys() == {*pages, "release.json", "library.mjs"}
    hashes = {name: hashlib.sha256(here[name]).hexdigest() for name in pages}
    assert json.loads(here["release.json"]) == {"type": "client.release/v1", "files": hashes}


def test_no_path_of_the_machine_is_in_the_bundle(tmp_path: Path) -> None:
    bundles = built(tmp_path)
    shutil.rmtree(tmp_path)
    assert [name for name, raw in bundles.items() if b"node_modules" in raw or str(tmp_path).encode() in raw] == []


def test_the_words_are_all_there() -> None:
    assert len(set(word_list())) == 2048


def test_the_offline_page_allows_its_own_script_and_nothing_else() -> None:
    page = standalone("%POLICY%<style>%STYLE%</style><script>%SCRIPT%</script>", script="a()", style="b{}")
    assert f"default-src 'none'; script-src {digest('a()')}; style-src {digest('b{}')}" in page
    assert re.findall(r"connect-src|unsafe|'self'|\*", page) == []
