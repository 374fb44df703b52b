"""Counts the files that are to be fetched."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.blob_owners import of_media
from bot.conversations.media import Media
from bot.conversations.models import Item
from storage.kept_blobs import let_go


async def answered(session: AsyncSession, turn_id: str) -> set[str]:
    """The bot needs the files of a turn that was answered no more; returns their blobs."""
    files = select(Media.id).join(Item, Item.id == Media.item_id).where(Item.turn_id == turn_id, Media.blob.is_not(None))
    return await let_go(session, map(of_media, await session.scalars(files)))


async def count_waiting(session: AsyncSession) -> int:
    """How many files are still to be fetched."""
    return (await session.execute(select(func.count()).select_from(Media).where(Media.next_try_at.is_not(None)))).scalar_one()
