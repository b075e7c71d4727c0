"""Tests run with settings of their own and an embedded PostgreSQL that is started when the first test needs it."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.utils import translation

from tenderwell import database, suite

SHARED = "PYTEST_TENDERWELL_FOLDER"  # set by the first process, inherited by xdist's workers
TUNING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}
pytest_plugins = ["tenderwell.ui.tests.browser"]
IS_FIRST = SHARED not in os.environ
hypothesis.settings.register_profile("untimed", deadline=None)  # no test fails because the machine is busy
hypothesis.settings.load_profile("untimed")


def make_folder() -> Path:
    """A folder for this run, which holds the cluster and the data folders, and says whose it is."""
    remove_dead_runs()
    folder = Path(tempfile.mkdtemp(prefix="tenderwell-test-"))
    folder.chmod(0o711)
    (folder / "owner").write_text(str(os.getpid()))
    os.environ[SHARED] = str(folder)
    return folder


def remove_dead_runs() -> None:
    """A run that was killed leaves its server behind: stop it."""
    for folder in Path(tempfile.gettempdir()).glob("tenderwell-test-*"):
        with contextlib.suppress(FileNotFoundError, PermissionError, ValueError):
            if not Path("/proc", str(int((folder / "owner").read_text()))).exists():
                remove_run(folder)


def remove_run(folder: Path) -> None:
    """Stop the server of a run and delete its folder."""
    database.remove(database.cluster_at(folder))
    shutil.rmtree(folder, ignore_errors=True)


FOLDER = make_folder() if IS_FIRST else Path(os.environ[SHARED])
CLUSTER = database.cluster_at(FOLDER)


def set_environment() -> None:
    """Nothing of the person's own settings reaches the tests."""
    for name in [name for name in os.environ if name.startswith("TENDERWELL_")]:
        del os.environ[name]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ["TENDERWELL_DATA"] = str(FOLDER / worker)
    os.environ["TENDERWELL_DATABASE_URL"] = f"postgresql://{database.NAME}@/{database.NAME}?host={CLUSTER.socket}"


def load_settings() -> None:
    """Load Django's settings, and leave no trace in the environment: a worker must not load them before this file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tenderwell.settings"
    from django.conf import settings

    assert settings.INSTALLED_APPS
    del os.environ["DJANGO_SETTINGS_MODULE"]


set_environment()
load_settings()


def pytest_configure() -> None:
    """Passwords that are quick to check, mail that stays here, static files without a build."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT = FOLDER / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = True

    put_tables_back()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that may take long begin first, so that none is left for one worker at the end."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = suite.dealt(items, hands=workers, file=lambda item: item.path, longest=longest)


def longest(item: pytest.Item) -> int:
    """Seconds that a test asks for beyond what every test may take."""
    marker = item.get_closest_marker("timeout")
    return int(marker.args[0]) if marker else 0


def put_tables_back() -> None:
    """After a test with real transactions every table has the rows again that it had before the first test.

    Django would truncate all tables, which the ledger's triggers forbid, and fill some anew: half a second a test.
    """
    from django.db import transaction
    from django.test import TransactionTestCase

    from tenderwell.core.tests import chapters
    from tenderwell.ledger import identity

    def put_back(case: TransactionTestCase) -> None:
        with transaction.atomic():
            chapters.put_back(chapters.first, before=chapters.rows())
        identity.memory_path().unlink(missing_ok=True)  # else the log would miss what it has published

    TransactionTestCase._fixture_teardown = put_back  # type: ignore[attr-defined]


def pytest_unconfigure() -> None:
    """The first process takes away what it made."""
    if IS_FIRST:
        remove_run(FOLDER)


@pytest.fixture(autouse=True)
def patched(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that has patched something performs its chapters itself."""
    from tenderwell.core.tests import chapters

    chapters.has_patched = lambda: bool(monkeypatch._setattr or monkeypatch._setitem)
    yield
    chapters.has_patched = bool


@pytest.fixture(scope="session", autouse=True)
def prepared() -> None:
    """Folders and logging as at a real start."""
    from tenderwell import start

    start.prepare()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django asks for this before it makes its databases: the moment to start the server."""
    with open(FOLDER / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        database.start(CLUSTER, tuning=TUNING)
    yield


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    """Every run makes its databases anew."""
    return True


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The whole server is thrown away at the end; dropping one database would wait for what a browser still asks."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """The tables as the migrations leave them are what every test begins with."""
    from tenderwell.core.tests import chapters

    with django_db_blocker.unblock():
        chapters.first.update(chapters.rows())


@pytest.fixture(autouse=True)
def main_language() -> Iterator[None]:
    """A page that a test asked for in another language does not leave that language to the next test."""
    yield
    translation.deactivate()
