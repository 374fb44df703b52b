"""Runs a PostgreSQL server of its own for tests and benches, on a unix socket in a folder that goes with it."""

import asyncio
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from storage.migrations import run_migrations

POSTGRES_BIN = next((p for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True) if (p / "initdb").exists()), None)
FRUGAL = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=120",
    "listen_addresses=", "timezone=Asia/Jakarta",
)  # fmt: skip


class PostgresServer:
    """A temporary server on a unix socket in a folder of its own. It refuses to run as root, so root runs it as another user."""

    def __init__(self, bin_folder: Path, folder: Path, options: tuple[str, ...] = FRUGAL) -> None:
        self.bin = bin_folder
        self.folder = folder
        self.options = options
        self.user = "postgres" if _has_user("postgres") else "nobody"
        self._templates: dict[str, str] = {}

    def start(self) -> None:
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "mewa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.serve()

    def serve(self) -> None:
        """Begins to answer, for the first time or after a stop."""
        options = " ".join(f"-c {o}" for o in [*self.options, f"unix_socket_directories={self.folder}"])
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-t", "300", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        """As a power cut would; what was committed is there when it serves again, unless its options forgo that. `fast`: in order."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-t", "600", "-m", mode, "stop")

    def create_database(self, migrations: str | None = None) -> str:
        """The URL of a new database: empty, or with the tables that the Alembic folder makes."""
        template = [] if migrations is None else ["-T", self._template(migrations)]
        name = f"t{secrets.token_hex(6)}"
        subprocess.run([self.bin / "createdb", "-h", self.folder, "-U", "mewa", *template, name], check=True, capture_output=True)
        return self._url(name)

    def drop_database(self, url: str) -> None:
        name = url.split("@/")[1].split("?")[0]
        subprocess.run([self.bin / "dropdb", "-f", "-h", self.folder, "-U", "mewa", name], check=False, capture_output=True)

    def _template(self, migrations: str) -> str:
        """A database to copy: migrating anew for every test would take most of the time."""
        if migrations not in self._templates:
            url = self.create_database()
            migrate(url, migrations)
            self._templates[migrations] = url.split("@/")[1].split("?")[0]
        return self._templates[migrations]

    def _url(self, name: str) -> str:
        return f"postgresql://mewa@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout.decode(errors='replace')[-800:]}")


def migrate(url: str, migrations: str) -> None:
    """Upgrades a database, in a thread of its own: the caller's may have a running loop (Playwright's)."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, run_migrations(url, migrations)).result()


def _has_user(name: str) -> bool:
    return any(line.startswith(f"{name}:") for line in Path("/etc/passwd").read_text().splitlines())


S = TypeVar("S", bound=PostgresServer)


@contextmanager
def running_postgres(kind: type[S], options: tuple[str, ...] = FRUGAL) -> Iterator[S]:
    """A server that runs, and is gone with all that it held afterwards. Raises RuntimeError where PostgreSQL is not installed."""
    if POSTGRES_BIN is None:
        raise RuntimeError("PostgreSQL's server is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: a socket's name may have 107 characters only
    server = kind(POSTGRES_BIN, folder, options)
    try:
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
