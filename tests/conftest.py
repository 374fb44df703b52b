"""Gives every test a fresh database, on SQLite and on PostgreSQL, and lets the tests of the whole system begin first."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

POSTGRES_BIN = next((p for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True) if (p / "initdb").exists()), None)
FRUGAL = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=120",
    "listen_addresses=", "timezone=Asia/Jakarta",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no core is left waiting for them at the end."""
    whole_system = Path(__file__).parent / "e2e"
    items.sort(key=lambda item: whole_system not in item.path.parents)


class PostgresServer:
    """A temporary server on a unix socket in a folder of its own. It refuses to run as root, so root runs it as another user."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.bin = bin_folder
        self.folder = folder
        self.user = "postgres" if _has_user("postgres") else "nobody"

    def start(self) -> None:
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "mewa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {o}" for o in [*FRUGAL, f"unix_socket_directories={self.folder}"])
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def create_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"t{secrets.token_hex(6)}"
        subprocess.run([self.bin / "createdb", "-h", self.folder, "-U", "mewa", name], check=True, capture_output=True)
        return f"postgresql://mewa@/{name}?host={self.folder}"

    def drop_database(self, url: str) -> None:
        name = url.split("@/")[1].split("?")[0]
        subprocess.run([self.bin / "dropdb", "-f", "-h", self.folder, "-U", "mewa", name], check=False, capture_output=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout.decode(errors='replace')[-800:]}")


def _has_user(name: str) -> bool:
    return any(line.startswith(f"{name}:") for line in Path("/etc/passwd").read_text().splitlines())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One temporary PostgreSQL server for the whole run; the test is skipped where the server's programs are missing."""
    if POSTGRES_BIN is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path: a socket's name may have 107 characters only
    server = PostgresServer(POSTGRES_BIN, folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_postgres_url(postgres_server: PostgresServer) -> Iterator[Callable[[], str]]:
    """Makes fresh PostgreSQL databases, which go when the test ends."""
    made: list[str] = []

    def create() -> str:
        made.append(postgres_server.create_database())
        return made[-1]

    yield create
    for url in made:
        postgres_server.drop_database(url)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a fresh SQLite file, for tests of which one database is enough."""
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    """The URL of a fresh PostgreSQL database."""
    return new_postgres_url()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database; the test runs once for each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))
