"""The hashes of programs, rules and texts stand in the log once for each change, and outsiders compare."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tenderwell.ledger import releases
from tenderwell.ledger.models import Entry
from tenderwell.ledger.tests.sites import NOON, Site, policy_file
from tenderwell.ledger.verifying import command

FILES = {"bid.js": "a" * 64, "offline.html": "b" * 64}
Say = Callable[..., tuple[int, str]]


@pytest.mark.django_db
def test_it_is_logged_once_for_each_change(tmp_path: Path) -> None:
    release = tmp_path / "release.json"
    release.write_text(json.dumps({"type": "client.release/v1", "files": FILES}))
    assert [releases.record_file(release), releases.record_file(release)] == [True, False]
    assert releases.record(releases.CLIENT, {**FILES, "bid.js": "c" * 64})
    assert releases.record(releases.CLIENT, FILES), "an older release that comes back is a change too"
    assert Entry.objects.filter(kind="client.release/v1").count() == 3
    found = releases.logged(releases.CLIENT)
    assert found and (found.index, found.files) == (2, FILES)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": {}}', '{"files": {"../x": "' + "a" * 64 + '"}}', '{"files": {"x.js": "abc"}}']
)
def test_another_file_is_not_logged(text: str) -> None:
    with pytest.raises(releases.BadRelease):
        releases.parse_release(text)


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
    assert "names no programs" in capsys.readouterr().out


# Rules and texts


@pytest.mark.django_db
def test_one_kind_of_release_does_not_touch_another() -> None:
    assert releases.record(releases.CLIENT, FILES)
    assert releases.record(releases.RULES, {"procedure-open_1.json": "d" * 64})
    assert not releases.record(releases.CLIENT, FILES)
    with pytest.raises(releases.BadRelease):
        releases.record(releases.TEXTS, {})


@pytest.fixture
def ruled(tmp_path: Path) -> Site:
    """A site with one rule and one text, both logged."""
    site = Site(tmp_path)
    for kind in ("rules", "texts"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "one.json").write_bytes(b"{}")
        site.add(f"{kind}.release/v1", files={"one.json": sha256(b"{}").hexdigest()})
    site.publish()
    return site


def check_rules(site: Site, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = command.main(["rules", str(site.folder), "--policy", policy_file(site.folder)])
    return status, capsys.readouterr().out


def test_the_rules_that_a_site_shows_are_compared(ruled: Site, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = check_rules(ruled, capsys)
    assert (status, "1 rules are what was logged at entry 0" in said) == (0, True), said
    (ruled.folder / "rules/one.json").write_text("another law")
    status, said = check_rules(ruled, capsys)
    assert (status, "one.json is not what was logged last" in said) == (1, True), said


def test_an_entry_without_files_is_no_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Site(tmp_path)
    site.add("rules.release/v1", files=[])
    site.publish()
    status, said = check_rules(site, capsys)
    assert (status, "entry 0 names no files" in said) == (1, True), said


def test_whoever_follows_the_log_is_told_of_new_rules(ruled: Site, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["monitor", str(ruled.folder), "--state", str(ruled.folder / "seen"), "--policy", policy_file(ruled.folder)]
    assert command.main(words, now=NOON) == 0
    assert "entry 0 announces new rules" in capsys.readouterr().out
