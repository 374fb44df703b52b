"""Notes in the database who needs which blob, and erases a blob only when nobody does: of two who sent the same picture neither loses it.

Services that share a blob area share these tables, too. Whoever puts a blob is noted as needing it before the bytes are written, and a
blob is erased under the lock of its row, so that none is erased between being put and being referred to. What is killed half-way leaves a
row without a need, which the next `erase_unneeded` finds.
"""

import asyncio
import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Column, ForeignKey, Index, MetaData, String, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage import backfills
from storage.blobs import BlobError, BlobStore, TooManyStrays
from storage.database import Database
from storage.model import Moment, new_metadata

log = structlog.get_logger()

BATCH = 100
"""Blobs that are erased in one transaction; on SQLite it holds the write lock."""

STRAYS_AFTER = timedelta(days=7)
"""For so long no row tells of a file before it is erased, at every look: a database may have been put back, or be the wrong one."""

NEEDS = ("needs_of_blobs", "needs_of_products")
"""Backfills until whose end not everybody who needs a blob is noted: nothing is erased meanwhile."""

TABLES = new_metadata()
KEPT = Table("kept_blobs", TABLES, Column("blob", String(64), primary_key=True))
USES = Table(
    "blob_uses",
    TABLES,
    Column("owner", String(), primary_key=True),
    Column("blob", String(64), ForeignKey("kept_blobs.blob"), primary_key=True),
    Column("noted_at", Moment(), nullable=False),
    Index(None, "blob"),
)
"""An owner is named `<kind>:<id>`: `media:17`, `document:<submission>`."""


def add_tables(metadata: MetaData) -> None:
    """Makes the tables part of a service's own, for its migrations and their check."""
    for table in TABLES.sorted_tables:
        table.to_metadata(metadata)


class KeptBlobs:
    """A blob area and the needs that a database notes for it. `store` is the area itself."""

    def __init__(self, database: Database, store: BlobStore, clock: Callable[[], datetime]) -> None:
        self.database, self.store, self.clock = database, store, clock
        self._complete = False

    async def put(self, data: bytes, owner: str) -> str:
        """Keeps the bytes for that owner, in a transaction of its own; returns the blob's name."""
        name = await asyncio.to_thread(lambda: hashlib.sha256(data).hexdigest())
        async with self.database.write() as session:
            await need(session, owner, [name], self.clock())
        return await self.store.put(data)

    async def get(self, blob: str) -> bytes:
        """The bytes; raises what the store raises."""
        return await self.store.get(blob)

    def of(self, owner: str) -> "OwnedBlobs":
        """The same, in the hands of one owner."""
        return OwnedBlobs(self, owner)

    async def erase_unneeded(self, among: Collection[str] | None = None) -> int:
        """Erases what nobody needs any more, of all or `among` these; returns how many.

        The bytes go within the transaction that holds their row: until it ends nobody can begin to need them. Where it is cut off, the
        row stays without a need. Nothing goes as long as not all needs are noted.
        """
        if not await self.complete():
            return 0
        if among is not None:
            names = sorted(among)
            return sum([await self._erase(names[at : at + BATCH]) for at in range(0, len(names), BATCH)])
        erased, last = 0, ""
        while names := await self._unneeded(last):
            erased, last = erased + await self._erase(names), names[-1]
        return erased

    async def complete(self) -> bool:
        """Whether every need is noted: not while an update's backfill is under way."""
        if not self._complete:
            async with self.database.read() as session:
                self._complete = not await backfills.unfinished(session, *NEEDS)
        return self._complete

    async def reseal(self) -> int:
        """Writes every blob anew that an older key closed, while others go on; returns how many. One that is damaged stays."""
        done = 0
        for name in await self._names():
            try:
                done += await self.store.reseal(name)
            except BlobError as error:
                log.warning("blob_not_resealed", cause=type(error).__name__)
        await self.store.reseal_sentinel()
        return done

    async def erase_strays(self) -> int:
        """Erases bytes of which no row has told for STRAYS_AFTER: a version without rows left them, or a database set back.

        Leaves them, and says so in the log, where they are too many to be remains: the database may be the wrong one, or empty.
        """
        if not await self.complete():
            return 0
        try:
            erased = await self.store.erase_strays(self._names, self.clock(), STRAYS_AFTER)
        except TooManyStrays as many:
            log.error("stray_blobs_left", count=many.count, why="too many: is this the database that the files belong to?")
            return 0
        if erased:
            log.info("stray_blobs_erased", count=erased)
        return erased

    async def _names(self) -> list[str]:
        async with self.database.look() as session:
            return list(await session.scalars(select(KEPT.c.blob)))

    async def _unneeded(self, after: str) -> list[str]:
        needed = select(USES.c.blob).where(USES.c.blob == KEPT.c.blob).exists()
        rows = select(KEPT.c.blob).where(~needed, KEPT.c.blob > after).order_by(KEPT.c.blob).limit(BATCH)
        async with self.database.read() as session:
            return list(await session.scalars(rows))

    async def _erase(self, names: Collection[str]) -> int:
        async with self.database.write() as session:
            locked = select(KEPT.c.blob).where(KEPT.c.blob.in_(names)).with_for_update(skip_locked=True)
            ours = set(await session.scalars(locked))
            ours -= set(await session.scalars(select(USES.c.blob).where(USES.c.blob.in_(ours))))
            for blob in sorted(ours):
                try:
                    await self.store.delete(blob)
                except (BlobError, OSError) as error:
                    log.warning("blob_not_erased", cause=type(error).__name__)
                    ours.discard(blob)
            await session.execute(delete(KEPT).where(KEPT.c.blob.in_(ours)))
        return len(ours)


async def stray_alarm(store: BlobStore) -> dict[str, str]:
    """What needs a person's look: files that were left because the database may not be theirs."""
    left = await store.strays_left()
    return {"strays": f"{left} files have no row: is this the database that the files belong to? (docs/operations.md)"} if left else {}


@dataclass(frozen=True)
class OwnedBlobs:
    """A blob area in which whatever is put is needed by one owner."""

    blobs: KeptBlobs
    owner: str

    async def put(self, data: bytes) -> str:
        """Keeps the bytes for the owner; returns the blob's name."""
        return await self.blobs.put(data, self.owner)

    async def get(self, blob: str) -> bytes:
        """The bytes; raises what the store raises."""
        return await self.blobs.get(blob)


async def need(session: AsyncSession, owner: str, blobs: Iterable[str], at: datetime) -> None:
    """Notes that the owner needs these blobs too."""
    names = sorted(set(blobs))
    if not names:
        return
    held = select(KEPT.c.blob).where(KEPT.c.blob.in_(names)).with_for_update(read=True, key_share=True)
    while True:  # a row that is just being erased is waited for, and made anew
        await session.execute(_insert(session, KEPT, [{"blob": name} for name in names]))
        if set(await session.scalars(held)) == set(names):
            break
    await session.execute(_insert(session, USES, [{"owner": owner, "blob": name, "noted_at": at} for name in names]))


async def need_only(session: AsyncSession, owner: str, blobs: Iterable[str], at: datetime) -> set[str]:
    """Notes that the owner needs these and no others any more; returns those that it has let go."""
    names = set(blobs)
    await need(session, owner, names, at)
    return await _let_go(session, (USES.c.owner == owner) & USES.c.blob.not_in(names))


async def let_go(session: AsyncSession, owners: Iterable[str]) -> set[str]:
    """Notes that these owners need nothing any more; returns what they needed, for `erase_unneeded` after the transaction."""
    return await _let_go(session, USES.c.owner.in_(list(owners)))


async def needed_by_others(session: AsyncSession, blobs: Collection[str], owners: Collection[str]) -> set[str]:
    """Those of the blobs that somebody else than these owners needs."""
    return set(await session.scalars(select(USES.c.blob).where(USES.c.blob.in_(blobs), USES.c.owner.not_in(owners))))


async def let_go_since(session: AsyncSession, kind: str, before: datetime) -> set[str]:
    """The same for every owner of a kind that was noted before that moment."""
    return await _let_go(session, USES.c.owner.startswith(f"{kind}:", autoescape=True) & (USES.c.noted_at < before))


async def _let_go(session: AsyncSession, those: Any) -> set[str]:
    return set(await session.scalars(delete(USES).where(those).returning(USES.c.blob)))


def _insert(session: AsyncSession, table: Table, rows: list[dict[str, Any]]) -> Any:
    """An insert that leaves alone what is there already."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table).values(rows).on_conflict_do_nothing()
