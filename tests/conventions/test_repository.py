"""What may stand in the repository: no registry, no machine's own paths, locks with hashes, every name documented."""

import re
from pathlib import Path

import pytest

from tenderwell.operate import reference
from tests.conventions.sources import ROOT, named, text_of, tracked_files

# No literal text of these patterns matches them, so this file may hold them.
REGISTRY = re.compile(r"https?://[a-z.]*(py(thon)?(pi|hosted)|npm(js)?|debian)\.(org|com|net)", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root|home/[a-z]+|tmp/[a-z]+)/", re.MULTILINE)
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_tracked_file_names_a_registry_or_a_machine(pattern: re.Pattern[str]) -> None:
    assert [
        named(path, text[: match.start()].count("\n") + 1)
        for path in tracked_files()
        if (text := text_of(path)) is not None
        for match in pattern.finditer(text)
    ] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locks_hold_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*==.*\n(?:    --hash=sha256:[0-9a-f]{64}.*\n)+", text, re.MULTILINE)
    assert "".join(pins) == text
    assert "://" not in text


def test_the_tests_lock_holds_all_of_the_products_lock() -> None:
    product, tests = (set(pinned(ROOT / f"requirements{part}.lock")) for part in ("", "-test"))
    assert product - tests == set()


def pinned(lock: Path) -> list[str]:
    return re.findall(r"^[a-z0-9][\w.-]*==[^ ]+", lock.read_text("utf-8"), re.MULTILINE)


def test_every_setting_is_documented() -> None:
    assert (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8") == reference()


def test_no_lock_with_addresses_is_kept() -> None:
    assert {path.name for path in tracked_files()} & {"uv.lock", "pylock.toml"} == set()


def test_the_license_is_the_apache_license() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_readme_names_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "./tenderwell demo" in text
    assert "./tenderwell test" in text


def test_decisions_are_numbered_one_after_another() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
