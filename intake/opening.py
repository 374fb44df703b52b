"""Opens the intake of one process: migrates its tables, starts the document check, and puts the parts together."""

from datetime import timedelta
from pathlib import Path

import httpx

from documents import NotConfined, Pool, probe
from documents import figures as of_documents
from intake.drafts.tables import Base
from intake.handover.backoffice import BackOffice, BackOfficeDown
from intake.handover.dispatches import HANDED_OVER_MOST
from intake.handover.reconciling import reconcile
from intake.service import Intake
from intake.subject import write_copy
from standard.clock import now
from storage.blobs import BlobKeyWrong, BlobStoreUnknown
from storage.database import Database
from storage.kept_blobs import KeptBlobs
from storage.keyring import Keyring, SealBroken
from storage.migrations import DatabaseNotCurrent, require_current, run_migrations
from storage.opening import open_blobs, prove_key
from storage.points import note_reconciled, restored_to
from storage.sealed import reseal

__all__ = [
    "BlobKeyWrong",
    "BlobStoreUnknown",
    "NotConfined",
    "NotReconciled",
    "of_documents",
    "open_intake",
    "probe",
    "prove_area",
    "reconcile_intake",
    "reseal_intake",
]

MIGRATIONS = Path(__file__).parent / "migrations"
AREA = "intake"
RECONCILE_MARGIN = timedelta(hours=1)
"""The office is asked for what came or moved from so long before the restored point on."""


class NotReconciled(Exception):
    """The message says why, and what to do."""


async def open_intake(
    database_url: str,
    blob_url: str,
    blob_key: str,
    backoffice: httpx.AsyncClient,
    workers: int,
    unconfined: bool = False,
    bot: httpx.AsyncClient | None = None,
) -> Intake:
    """An intake that is ready; `backoffice` is a client with its address as base, which shows the service token, `bot` the same of
    the bot. `unconfined`: see Pool.

    Raises what the database, the blob store or the document check raise when they can't be opened.
    """
    await run_migrations(database_url, MIGRATIONS)
    pool = Pool(workers, unconfined=unconfined)
    await pool.start()
    database = Database.open(database_url, Keyring(blob_key))
    return Intake(database, open_blobs(blob_url, blob_key, AREA), pool, BackOffice(backoffice), bot=bot)


def prove_area(blob_url: str, blob_key: str) -> None:
    """Raises BlobKeyWrong where the intake's blobs were written with another key, BlobStoreUnknown where the URL names no store."""
    prove_key(blob_url, blob_key, AREA)


async def reseal_intake(database_url: str, blob_key: str) -> tuple[str, int]:
    """Brings every row to the newest key, and encrypts what is plain, while everything runs; what was done, and how many rows are left.

    Raises NotReconciled where the database is not there or a key is missing.
    """
    try:
        await require_current(database_url, MIGRATIONS)
    except DatabaseNotCurrent as fault:
        raise NotReconciled(f"Not done: {fault}") from fault
    database = Database.open(database_url, Keyring(blob_key))
    try:
        rows, left = await reseal(database, Base.metadata)
    except SealBroken as fault:
        raise NotReconciled(f"Not done: {fault}.") from fault
    finally:
        await database.close()
    return f"{rows} rows brought to the newest key; {left} rows are left{': once more' if left else ''}.", left


async def copy_of_subject(database_url: str, blob_url: str, blob_key: str, folder: Path) -> str:
    """Writes the copy of one person's drafts beside the bot's. Raises NotReconciled where the bot has not written its own there."""
    database = Database.open(database_url, Keyring(blob_key))
    try:
        rows = await write_copy(database, open_blobs(blob_url, blob_key, AREA), folder)
    except (OSError, ValueError, KeyError) as fault:
        raise NotReconciled(f"Not done: {folder} holds no contact.json; first: python -m bot subject NUMBER {folder}") from fault
    finally:
        await database.close()
    return f"{rows} rows of drafts in {folder}."


async def reconcile_intake(database_url: str, blob_url: str, blob_key: str, backoffice: httpx.AsyncClient, folder: Path) -> str:
    """Brings the intake and the back office together after a restore, lets the intake's work go on, and says what was done.

    Raises NotReconciled where the database is not there or the office does not answer.
    """
    try:
        await require_current(database_url, MIGRATIONS)
    except DatabaseNotCurrent as fault:
        raise NotReconciled(f"Not done: {fault}") from fault
    database = Database.open(database_url, Keyring(blob_key))
    try:
        point = await restored_to(database, "intake")
        since = point - RECONCILE_MARGIN if point else now() - HANDED_OVER_MOST
        blobs = KeptBlobs(database, open_blobs(blob_url, blob_key, AREA), now)
        done = await reconcile(database, blobs, BackOffice(backoffice), since, now(), folder)
        await note_reconciled(database, "intake")
    except BackOfficeDown as down:
        raise NotReconciled(f"Not done: the back office does not answer ({down}). Start it; then once more.") from down
    finally:
        await database.close()
    return (
        f"{done.cases} cases and {done.complaints} complaints taken over from the office, {done.sent_again} writes sent to it again, "
        f"{done.erased} erasures repeated."
    )
