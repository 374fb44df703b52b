"""Starts what the benchmark of the back office measures: a PostgreSQL cluster that is kept, and the real process before it."""

import asyncio
import base64
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from backoffice.settings import Settings
from runtime.settings import token_names
from tests.backoffice.office import TOKEN
from tests.postgres import POSTGRES_BIN, PostgresServer

FILLING = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off")
MEASURING = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
ALWAYS = (
    "shared_buffers=1GB", "effective_cache_size=4GB", "work_mem=64MB", "maintenance_work_mem=1GB", "max_wal_size=8GB",
    "random_page_cost=1.1", "listen_addresses=", "max_connections=60", "timezone=Asia/Jakarta",
)  # fmt: skip
"""What an administrator of such a machine would set."""


@dataclass(frozen=True)
class Office:
    """A running back office: where it answers, and its process id."""

    address: str
    process: int


class KeptServer(PostgresServer):
    """A cluster in a folder that outlives the run, so that a second one need not fill it again."""

    def __init__(self, folder: Path) -> None:
        if POSTGRES_BIN is None:
            raise SystemExit("PostgreSQL's server is not installed (apt-get install postgresql)")
        super().__init__(POSTGRES_BIN, folder)

    @property
    def url(self) -> str:
        return f"postgresql://mewa@/mewa?host={self.folder}"

    def start_with(self, *options: str) -> None:
        """Makes the cluster and its database where there is none yet, and starts it with these settings."""
        self.options = (*ALWAYS, *options)
        if (self.folder / "data" / "PG_VERSION").exists():
            self.serve()
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.start()
            subprocess.run([self.bin / "createdb", "-h", self.folder, "-U", "mewa", "mewa"], check=True)


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        return int(here.getsockname()[1])


def make_settings(url: str, folder: Path) -> Settings:
    """The settings of an office, but for the place of its files and a port of its own. The bot is away: notices wait."""
    port = free_port()
    return Settings(
        _env_file=None,
        blob_key=base64.b64encode(b"b" * 32).decode(),
        actions_backoffice_token=TOKEN,
        bot_backoffice_token=TOKEN,
        backoffice_bot_token=TOKEN,
        session_secret="secret-of-the-benchmark-only",
        backoffice_database_url=url,
        blob_url=f"file:{folder}/blobs",
        bot_url="http://127.0.0.1:9",
        landa_mewa_var=folder,
        backoffice_port=port,
        public_url=f"http://127.0.0.1:{port}",
    )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Office]:
    """`python -m backoffice`, a process of its own with these settings, until the end of the block."""
    environment = {
        **os.environ,
        "BLOB_KEY": settings.blob_key.get_secret_value(),
        **dict.fromkeys(token_names(Settings), TOKEN),
        "SESSION_SECRET": settings.session_secret.get_secret_value(),
        "BACKOFFICE_DATABASE_URL": settings.backoffice_database_url,
        "BLOB_URL": settings.blob_url,
        "BOT_URL": settings.bot_url,
        "PUBLIC_URL": settings.public_url,
        "BACKOFFICE_PORT": str(settings.backoffice_port),
        "LANDA_MEWA_VAR": str(settings.landa_mewa_var),
        "PYTHONPATH": str(Path.cwd()),
    }
    with (settings.landa_mewa_var / "backoffice.log").open("w") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backoffice", env=environment, stdout=log, stderr=log, cwd=settings.landa_mewa_var
        )
    try:
        await _wait(f"{settings.public_url}/readyz", process)
        yield Office(settings.public_url, process.pid)
    finally:
        process.terminate()
        await process.wait()


async def _wait(url: str, process: asyncio.subprocess.Process, seconds: float = 180) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(int(seconds * 5)):
            if process.returncode is not None:
                raise SystemExit("the back office did not start: see backoffice.log")
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.2)
    raise SystemExit("the back office did not get ready")
