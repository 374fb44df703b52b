"""Hands out files that are to be fetched, and writes down what came of it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.lanes.repository import settle_item
from bot.media.models import Media, Problem


async def is_due(session: AsyncSession, now: datetime) -> bool:
    """Whether a file waits to be fetched."""
    return (await session.execute(select(Media.id).where(Media.next_try_at <= now).limit(1))).first() is not None


async def claim(session: AsyncSession, now: datetime, lease_until: datetime) -> Media | None:
    """The file that has waited longest; nobody else tries it until `lease_until`."""
    waiting = select(Media).where(Media.next_try_at <= now).order_by(Media.next_try_at).limit(1).with_for_update(skip_locked=True)
    file = (await session.execute(waiting)).scalar_one_or_none()
    if file is not None:
        file.next_try_at, file.attempts = lease_until, file.attempts + 1
    return file


async def settle(session: AsyncSession, media_id: int, now: datetime, blob: str | None, problem: Problem | None, mime: str | None) -> None:
    """The file is here, or never will be; its item is ready when it was the last."""
    file = await session.get_one(Media, media_id, with_for_update=True)
    file.blob, file.problem, file.mime, file.next_try_at = blob, problem, mime or file.mime, None
    await session.flush()
    await settle_item(session, file.item_id, now)


async def put_off(session: AsyncSession, media_id: int, until: datetime) -> None:
    """Tries the file again at that moment."""
    (await session.get_one(Media, media_id, with_for_update=True)).next_try_at = until


async def count_waiting(session: AsyncSession) -> int:
    """How many files are still to be fetched."""
    return (await session.execute(select(func.count()).select_from(Media).where(Media.next_try_at.is_not(None)))).scalar_one()
