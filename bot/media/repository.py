"""Counts the files that are to be fetched, and notes those that are to be deleted at Meta."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.blob_owners import of_media
from bot.conversations.media import Media
from bot.conversations.models import Item
from bot.outbox.models import MetaFile
from storage.kept_blobs import let_go

AFTER = timedelta(days=1)
"""So long a file that came in stays at Meta: a back-up has it by then, and until then it can be fetched once more."""


async def answered(session: AsyncSession, turn_id: str) -> set[str]:
    """The bot needs the files of a turn that was answered no more; returns their blobs."""
    files = select(Media.id).join(Item, Item.id == Media.item_id).where(Item.turn_id == turn_id, Media.blob.is_not(None))
    return await let_go(session, map(of_media, await session.scalars(files)))


async def delete_at_meta(session: AsyncSession, media_id: str, blob: str, now: datetime) -> None:
    """Has a file that we keep now deleted at Meta, which would keep it for a month; one that came twice only once."""
    if await session.get(MetaFile, media_id) is None:
        session.add(MetaFile(media_id=media_id, blob=blob, uploaded_at=now, next_try_at=now + AFTER))


async def count_waiting(session: AsyncSession) -> int:
    """How many files are still to be fetched."""
    return (await session.execute(select(func.count()).select_from(Media).where(Media.next_try_at.is_not(None)))).scalar_one()
