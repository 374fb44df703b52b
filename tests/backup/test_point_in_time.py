"""The recipe of docs/operations.md for a point in time, tried: base back-up, archived WAL, recovery to a moment, with the shipped files."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.points import restored_to
from tests.backup.test_backup import Installation, settings_of
from tests.postgres import POSTGRES_BIN, PostgresServer, running_postgres

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "postgresql"


class ArchivingServer(PostgresServer):
    """A server that archives its WAL below its folder, as `deploy/postgresql/landa-mewa.conf` says."""

    def start(self) -> None:
        super().start()
        (self.folder / "wal").mkdir(mode=0o777)
        (self.folder / "wal").chmod(0o777)
        self.configure("data", "postgresql.conf", "landa-mewa.conf")
        self.restart("data")

    def configure(self, data: str, file: str, shipped: str, **changed: str) -> None:
        """Appends a shipped file, with the places of this test."""
        text = (SHIPPED / shipped).read_text().replace("/srv/wal", f"{self.folder}/wal")
        for old, new in changed.items():
            text = text.replace(MOMENT if old == "moment" else old, new)
        with (self.folder / data / file).open("a") as out:
            out.write("\n" + text)

    def restart(self, data: str) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/{data}", "-w", "-m", "fast", "stop")
        self.begin(data)

    def begin(self, data: str) -> None:
        options = f"-c unix_socket_directories={self.folder} -c listen_addresses="
        self._run("pg_ctl", "-D", f"{self.folder}/{data}", "-w", "-t", "120", "-l", f"{self.folder}/log", "-o", options, "start")

    def base_backup(self, into: str) -> None:
        self._run("pg_basebackup", "-h", str(self.folder), "-U", "mewa", "-D", f"{self.folder}/{into}", "-X", "stream", "-c", "fast")

    def end(self, data: str) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/{data}", "-w", "-m", "immediate", "stop")

    def ask(self, statement: str) -> str:
        command = [self.bin / "psql", "-h", self.folder, "-U", "mewa", "-d", "postgres", "-Atc", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


MOMENT = "2026-11-30 10:15:00+07"


@pytest.fixture
def archiving() -> Iterator[ArchivingServer]:
    if POSTGRES_BIN is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with running_postgres(ArchivingServer) as server:
        try:
            yield server
        finally:
            if (server.folder / "recovered" / "postmaster.pid").exists():
                server.end("recovered")


@pytest.mark.postgres
async def test_both_databases_come_back_to_the_moment_before_the_mishap(archiving: ArchivingServer, tmp_path: Path, monkeypatch) -> None:
    urls = {"intake_database_url": archiving.create_database(), "backoffice_database_url": archiving.create_database()}
    settings = settings_of(tmp_path / "office", None, **urls)
    before = Installation(settings)
    await before.make()
    await before.count(1)
    archiving.base_backup("recovered")
    await before.count(2)
    await asyncio.sleep(0.2)
    good = datetime.now(UTC)
    await asyncio.sleep(0.2)
    await before.count(3)  # the mishap
    await before.close()
    last = archiving.ask("SELECT pg_walfile_name(pg_current_wal_lsn())")
    archiving.ask("SELECT pg_switch_wal()")
    deadline = time.monotonic() + 60
    while not (archiving.folder / "wal" / last).exists():
        assert time.monotonic() < deadline, archiving.ask("SELECT last_failed_wal FROM pg_stat_archiver")
        await asyncio.sleep(0.1)
    archiving.end("data")

    began = time.monotonic()
    archiving.configure("recovered", "postgresql.auto.conf", "recover.conf", moment=good.isoformat())
    (archiving.folder / "recovered" / "recovery.signal").touch()
    archiving.begin("recovered")
    while archiving.ask("SELECT pg_is_in_recovery()") == "t":
        assert time.monotonic() < began + 60
        await asyncio.sleep(0.1)
    print(f"recovered in {time.monotonic() - began:.1f} s")

    variables = {name.upper(): url for name, url in urls.items()} | {"LANDA_MEWA_VAR": str(tmp_path / "office")}
    command = [sys.executable, "-m", "backup", "mark", "--point", good.isoformat()]
    surroundings = {**os.environ, **variables}
    done = await asyncio.to_thread(subprocess.run, command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "make reconcile" in done.stdout, done.stderr
    after = Installation(settings)
    mine, theirs = await after.counted()
    assert len(mine) == len(theirs) == 2 and mine == theirs, "what was written after the moment is gone from both"
    for database, service in ((after.intake, "bot"), (after.intake, "intake"), (after.office, "backoffice")):
        assert await restored_to(database, service) == good
    await after.close()


@pytest.mark.parametrize("moment", ["yesterday", "2026-11-30T10:15:00", "2999-01-01T00:00:00Z"])
def test_a_moment_that_cannot_be_meant_is_told(moment: str) -> None:
    done = subprocess.run([sys.executable, "-m", "backup", "mark", "--point", moment], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and moment in done.stderr and "Traceback" not in done.stderr
