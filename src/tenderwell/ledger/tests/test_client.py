"""The sealing client's hashes stand in the log once for each change, and outsiders compare what they got."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tenderwell.ledger import client
from tenderwell.ledger.models import Entry
from tenderwell.ledger.tests.sites import Site, policy_file
from tenderwell.ledger.verifying import command

FILES = {"bid.js": "a" * 64, "offline.html": "b" * 64}
Say = Callable[..., tuple[int, str]]


@pytest.mark.django_db
def test_it_is_logged_once_for_each_change(tmp_path: Path) -> None:
    release = tmp_path / "release.json"
    release.write_text(json.dumps({"type": "client.release/v1", "files": FILES}))
    assert [client.record_file(release), client.record_file(release)] == [True, False]
    assert client.record({**FILES, "bid.js": "c" * 64})
    assert client.record(FILES), "an older release that comes back is a change too"
    assert Entry.objects.filter(kind="client.release/v1").count() == 3
    found = client.logged()
    assert found and (found.index, found.files) == (2, FILES)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": {}}', '{"files": {"../x": "' + "a" * 64 + '"}}', '{"files": {"x.js": "abc"}}']
)
def test_another_file_is_not_logged(text: str) -> None:
    with pytest.raises(client.BadRelease):
        client.parse_release(text)


# What an outsider sees


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A log that names two programs, and the programs as the site serves them."""
    site = Site(tmp_path)
    files = {}
    for name in ("bid.js", "offline.html"):
        raw = f"program {name}".encode()
        path = tmp_path / "static/sealing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        files[name] = sha256(raw).hexdigest()
    site.add("client.release/v1", files={"bid.js": "0" * 64})
    site.add("client.release/v1", files=files)
    site.publish()
    return site


@pytest.fixture
def check(site: Site, capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*files: Path) -> tuple[int, str]:
        words = ["client", str(site.folder), *map(str, files), "--policy", policy_file(site.folder)]
        return command.main(words), capsys.readouterr().out

    return run


def test_what_the_site_serves_is_what_was_logged(check: Say) -> None:
    status, said = check()
    assert (status, "offline.html is what was logged at entry 1" in said) == (0, True), said


def test_a_false_program_is_shown(site: Site, check: Say) -> None:
    (site.folder / "static/sealing/bid.js").write_text("sends the price to a friend")
    status, said = check()
    assert (status, "bid.js is not what was logged" in said) == (1, True), said


def test_a_file_one_has_kept_is_compared(tmp_path: Path, check: Say) -> None:
    kept = tmp_path / "kept" / "offline.html"
    kept.parent.mkdir()
    kept.write_text("program offline.html")
    assert check(kept)[0] == 0
    kept.write_text("another")
    status, said = check(kept)
    assert (status, "offline.html is not what was logged" in said) == (1, True), said
    unknown = kept.with_name("other.html")
    unknown.write_text("x")
    assert check(unknown)[0] == 1


def test_a_log_without_programs_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site(tmp_path)
    site.release(1)
    site.publish()
    assert command.main(["client", str(tmp_path), "--policy", policy_file(tmp_path)]) == 1
    assert "names no program" in capsys.readouterr().out
