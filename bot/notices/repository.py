"""Keeps notices, and which of their states the back office does not know yet."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts.repository import wake
from bot.conversations.media import Media, Source
from bot.conversations.models import Item, Kind
from bot.notices.models import Notice
from bot.outbox.models import Sending, State
from bot.outbox.statuses import of_notice


async def store(session: AsyncSession, contact_id: str, body: dict[str, Any], at: datetime, deadline: datetime) -> bool:
    """Puts a notice into its contact's lane with its attachments to fetch; False when it was there."""
    if await session.get(Notice, body["id"]) is not None:
        return False
    await wake(session, contact_id, at)  # first of all, as the lane's rule says
    attachments = body["attachments"]
    session.add(Notice(id=body["id"], contact_id=contact_id, body=body, received_at=at))
    item = Item(contact_id=contact_id, notice_id=body["id"], kind=Kind.NOTICE, body={"notice": body}, at=at, received_at=at)
    item.ready = not attachments
    session.add(item)
    await session.flush()
    for position, a in enumerate(attachments):
        file = Media(item_id=item.id, position=position, source=Source.BACKOFFICE, url=a["url"], mime=a["mime"], sha256=a["sha256"])
        file.filename, file.next_try_at, file.deadline = a["filename"], at, deadline
        session.add(file)
    return True


async def refresh(session: AsyncSession, notice_id: str, now: datetime) -> None:
    """Works out a notice's state anew from its messages; a new one is to be told."""
    rows = (await session.execute(select(Sending.state).where(Sending.notice_id == notice_id))).scalars()
    notice = await session.get(Notice, notice_id, with_for_update=True)
    state = of_notice(State(row) for row in rows)
    if notice is not None and state is not None and state != notice.state:
        await tell(session, notice, state, now)


async def tell(session: AsyncSession, notice: Notice, state: str, now: datetime) -> None:
    """Notes a notice's new state, to be told to the back office."""
    notice.state, notice.state_at, notice.next_try_at, notice.attempts = state, now, now, 0
    await session.flush()
