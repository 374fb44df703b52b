"""Notes in a database of when it was last backed up, and that it was restored and not yet reconciled with its neighbours.

The tables are the installation's, not a service's: several services may share a database, and a restored one has to say so before any of
them has started. They are made when first written to, and a database without them was never backed up or restored.
"""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, func, insert, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.model import Moment, new_metadata

TABLES = new_metadata()
BACKUPS = Table("backups", TABLES, Column("at", Moment(), primary_key=True))
"""Points in time that a whole back-up holds."""
RESTORED = Table("restored", TABLES, Column("service", String(40), primary_key=True), Column("point", Moment(), nullable=False))
"""Services whose work stands still until they are reconciled, and the point that their database was put back to."""


async def note_backup(database: Database, at: datetime) -> None:
    """Notes that a back-up holds everything up to that moment."""
    async with database.write() as session:
        connection = await session.connection()
        await _make(connection, BACKUPS)
        await connection.execute(delete(BACKUPS))
        await connection.execute(insert(BACKUPS).values(at=at))


async def last_backup(database: Database) -> datetime | None:
    """Up to when a back-up holds everything; None where there is none."""
    async with database.read() as session:
        connection = await session.connection()
        if not await connection.run_sync(_has, BACKUPS):
            return None
        found: datetime | None = await session.scalar(select(func.max(BACKUPS.c.at)))
        return found


async def note_restored(database: Database, services: tuple[str, ...], point: datetime) -> None:
    """Has the work of these services stand still. `point`: the moment that the back-up holds."""
    async with database.write() as session:
        connection = await session.connection()
        await _make(connection, RESTORED)
        await connection.execute(delete(RESTORED).where(RESTORED.c.service.in_(services)))
        await connection.execute(insert(RESTORED), [{"service": service, "point": point} for service in services])


async def restored_to(database: Database, service: str) -> datetime | None:
    """The point to which a service's database was put back and not yet reconciled; None where its work may go on."""
    async with database.read() as session:
        connection = await session.connection()
        if not await connection.run_sync(_has, RESTORED):
            return None
        found: datetime | None = await session.scalar(select(RESTORED.c.point).where(RESTORED.c.service == service))
        return found


async def note_reconciled(database: Database, service: str) -> None:
    """Lets the work of a service go on."""
    async with database.write() as session:
        connection = await session.connection()
        if await connection.run_sync(_has, RESTORED):
            await connection.execute(delete(RESTORED).where(RESTORED.c.service == service))


async def _make(connection: AsyncConnection, table: Table) -> None:
    await connection.run_sync(lambda sync: table.create(sync, checkfirst=True))


def _has(connection: Connection, table: Table) -> bool:
    return inspect(connection).has_table(table.name)
