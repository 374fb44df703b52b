"""Opens the intake of one process: migrates its tables, starts the document check, and puts the parts together."""

from pathlib import Path

import httpx

from documents import NotConfined, Pool, probe
from intake.handover.backoffice import BackOffice
from intake.service import Intake
from storage.blobs import BlobKeyWrong, BlobStoreUnknown
from storage.database import Database
from storage.migrations import run_migrations
from storage.opening import open_blobs, prove_key

__all__ = ["BlobKeyWrong", "BlobStoreUnknown", "NotConfined", "open_intake", "probe", "prove_area"]

MIGRATIONS = Path(__file__).parent / "migrations"
AREA = "intake"


async def open_intake(
    database_url: str, blob_url: str, blob_key: str, backoffice: httpx.AsyncClient, workers: int, unconfined: bool = False
) -> Intake:
    """An intake that is ready; `backoffice` is a client with its address as base, which shows the service token. `unconfined`: see Pool.

    Raises what the database, the blob store or the document check raise when they can't be opened.
    """
    await run_migrations(database_url, MIGRATIONS)
    pool = Pool(workers, unconfined=unconfined)
    await pool.start()
    return Intake(Database.open(database_url), open_blobs(blob_url, blob_key, AREA), pool, BackOffice(backoffice))


def prove_area(blob_url: str, blob_key: str) -> None:
    """Raises BlobKeyWrong where the intake's blobs were written with another key, BlobStoreUnknown where the URL names no store."""
    prove_key(blob_url, blob_key, AREA)
