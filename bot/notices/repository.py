"""Keeps notices, and which of their states the back office does not know yet."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.media import Media, Source
from bot.conversations.models import Item
from bot.conversations.repository import wake
from bot.notices.models import Notice
from contracts.turn import TurnKind


async def store(session: AsyncSession, contact_id: str, body: dict[str, Any], at: datetime, deadline: datetime) -> bool:
    """Puts a notice into its contact's queue with its attachments to fetch; False when it was there."""
    if await session.get(Notice, body["id"]) is not None:
        return False
    await wake(session, [contact_id], at)  # first of all, as the queue's rule says
    attachments = body["attachments"]
    session.add(Notice(id=body["id"], contact_id=contact_id, body=body, received_at=at))
    item = Item(contact_id=contact_id, notice_id=body["id"], kind=TurnKind.NOTICE, body={"notice": body}, at=at, received_at=at)
    item.ready = not attachments
    session.add(item)
    await session.flush()
    for position, a in enumerate(attachments):
        file = Media(item_id=item.id, position=position, source=Source.BACKOFFICE, url=a["url"], mime=a["mime"], sha256=a["sha256"])
        file.filename, file.next_try_at, file.deadline = a["filename"], at, deadline
        session.add(file)
    return True


async def lock(session: AsyncSession, notice_id: str) -> Notice | None:
    """The notice of that id, locked until the transaction ends; None where it is erased."""
    return await session.get(Notice, notice_id, with_for_update=True)


async def tell(session: AsyncSession, notice: Notice, state: str, now: datetime) -> None:
    """Notes a notice's new state, to be told to the back office."""
    notice.state, notice.state_at, notice.next_try_at, notice.attempts = state, now, now, 0
    await session.flush()
