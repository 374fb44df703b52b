"""Gives every test a fresh database, on SQLite and on PostgreSQL, keeps what they write in memory, and says which tests begin first."""

import asyncio
import os
import resource
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.migrations import run_migrations
from tests.packs import BLORA

MEMORY = Path("/dev/shm")
ROOM_NEEDED = 4 * 1024**3
"""Bytes that must be free in memory before the tests' files go there; a run needs a quarter of that."""

POSTGRES_BIN = next((p for p in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True) if (p / "initdb").exists()), None)
FRUGAL = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=120",
    "listen_addresses=", "timezone=Asia/Jakarta",
)  # fmt: skip

LONGEST = ("e2e", "conversation", "actions/test_random_walk.py", "documents", "specimen")
"""Folders and files of tests, the longest first."""

SECOND_TIER = (
    "conversation", "e2e/test_outages.py", "e2e/test_restore.py", "e2e/test_supervised.py",
    "pack/test_other_office.py", "bot/test_crash.py",
)  # fmt: skip
"""What `make test-long` runs: minutes each."""


os.environ["OFFICE"] = os.environ.get(
    "TEST_OFFICE", str(BLORA)
)  # before anything reads a fact: tests stand on a pack of their own, not on the one in use


def pytest_configure() -> None:
    """Saves what proves nothing: waiting for a disk at each commit, and public CAs that each HTTP client loads anew."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_NEEDED:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None
    os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)  # no test speaks TLS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the second tier; the longest first, so that no core is left waiting for them at the end."""
    here = Path(__file__).parent
    second = {here / name for name in SECOND_TIER}
    for item in items:
        if second & {item.path, *item.path.parents}:
            item.add_marker(pytest.mark.long)
    places = {here / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: min((places[at] for at in (item.path, *item.path.parents) if at in places), default=len(places)))


@pytest.fixture(autouse=True)
def processor_time_unlimited() -> Iterator[None]:
    """A test that limits its own process has the kernel end it later, in somebody else's test and without a word."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    yield
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


class PostgresServer:
    """A temporary server on a unix socket in a folder of its own. It refuses to run as root, so root runs it as another user."""

    def __init__(self, bin_folder: Path, folder: Path) -> None:
        self.bin = bin_folder
        self.folder = folder
        self.user = "postgres" if _has_user("postgres") else "nobody"
        self._templates: dict[str, str] = {}

    def start(self) -> None:
        self.folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "mewa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = " ".join(f"-c {o}" for o in [*FRUGAL, f"unix_socket_directories={self.folder}"])
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

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
def migrations() -> str | None:
    """The Alembic folder whose tables a test's databases have already; a room, or a module, says its own. None: they are empty."""
    return None


@pytest.fixture
def new_postgres_url(postgres_server: PostgresServer, migrations: str | None) -> Iterator[Callable[[], str]]:
    """Makes fresh PostgreSQL databases, which go when the test ends."""
    made: list[str] = []

    def create() -> str:
        made.append(postgres_server.create_database(migrations))
        return made[-1]

    yield create
    for url in made:
        postgres_server.drop_database(url)


@pytest.fixture(scope="session")
def migrated_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the SQLite file to copy that has an Alembic folder's tables, made when it is first asked for."""
    made: dict[str, Path] = {}

    def file(migrations: str) -> Path:
        if migrations not in made:
            made[migrations] = tmp_path_factory.mktemp("migrated") / "tables.db"
            migrate(f"sqlite:///{made[migrations]}", migrations)
        return made[migrations]

    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, migrations: str | None, migrated_files: Callable[[str], Path]) -> str:
    """The URL of a fresh SQLite file, for tests of which one database is enough."""
    if migrations is not None:
        shutil.copy(migrated_files(migrations), tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def postgres_url(new_postgres_url: Callable[[], str]) -> str:
    """The URL of a fresh PostgreSQL database."""
    return new_postgres_url()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database; the test runs once for each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))
