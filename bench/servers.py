"""Starts the servers that a bench needs besides bots: a PostgreSQL that keeps what it commits, and an S3 server (moto's)."""

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bench.bot_process import free_port
from tests.postgres import POSTGRES_BIN, PostgresServer, running_postgres

DURABLE = ("shared_buffers=64MB", "max_connections=120", "listen_addresses=")
START_WITHIN = 60.0


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """A server on a unix socket, with its disk."""
    if POSTGRES_BIN is None:
        raise SystemExit("PostgreSQL's server is not installed (apt-get install postgresql)")
    with running_postgres(PostgresServer, DURABLE) as server:
        yield server


@contextmanager
def s3() -> Iterator[str]:
    """The URL of a blob store in a fresh bucket of a server of its own."""
    port, bucket = free_port(), f"bench{secrets.token_hex(4)}"
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _make_bucket(f"{url}/{bucket}")
        yield f"s3://bench:bench@{bucket}/mewa?endpoint={url}"
    finally:
        process.terminate()
        process.wait(20)


def _make_bucket(address: str) -> None:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            httpx.put(address, trust_env=False, timeout=START_WITHIN).raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
