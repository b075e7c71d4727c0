"""Settings are refused when unknown or unusable, and are safe by default."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PRINT = "from tenderwell import settings as s; print(s.SESSION_COOKIE_SECURE, s.DEBUG, s.ALLOWED_HOSTS, s.DATABASES)"


def started_with(**variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own, with these TENDERWELL_ variables and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENDERWELL_")}
    given = {f"TENDERWELL_{name}": value for name, value in variables.items()}
    command = [sys.executable, "-c", PRINT]
    return subprocess.run(command, env={**kept, **given}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DATABSE_URL": "x"}, "Unknown settings: TENDERWELL_DATABSE_URL"),
        ({"ADDRESS": "http://city.example"}, "only https may be used"),
        ({"ADDRESS": "city.example"}, "an address such as"),
        ({"ADDRESS": "https://city.example", "DEBUG": "yes"}, "only on this machine"),
        ({"ADDRESS": "https://city.example", "DEMO": "yes"}, "only on this machine"),
        ({"WORKERS": "0"}, "a whole number of at least 1"),
        ({"LANGUAGE": "xx"}, "must be one of en"),
        ({"MAIL_URL": "file:x"}, "must be smtp"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(variables: dict[str, str], told: str) -> None:
    done = started_with(**variables)
    assert done.returncode != 0
    assert told in done.stderr


def test_a_public_address_gets_secure_cookies_and_one_host() -> None:
    assert started_with(ADDRESS="https://city.example").stdout.startswith("True False ['city.example']")


def test_a_database_url_is_understood() -> None:
    shown = started_with(DATABASE_URL="postgresql://ada:pw@db.example:5433/city?sslmode=require").stdout
    assert "'NAME': 'city', 'USER': 'ada', 'PASSWORD': 'pw', 'HOST': 'db.example', 'PORT': '5433'" in shown
    assert "'OPTIONS': {'sslmode': 'require'}" in shown


def test_the_session_secret_is_made_once_and_closed_to_others() -> None:
    first = str(settings.SECRET_KEY)
    path = settings.TENDERWELL_KEYS_DIR / "session.key"
    assert len(first) > 64
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in Path(path.parent).iterdir() if file.name.startswith("session")] == ["session.key"]


def test_no_page_may_load_from_elsewhere() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert not [source for sources in directives.values() for source in sources if "unsafe" in source or "*" in source]
