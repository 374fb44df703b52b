"""Counts the files that are to be fetched."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.media.models import Media


async def count_waiting(session: AsyncSession) -> int:
    """How many files are still to be fetched."""
    return (await session.execute(select(func.count()).select_from(Media).where(Media.next_try_at.is_not(None)))).scalar_one()
