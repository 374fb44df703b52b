"""Tells once, while a turn's photos are being looked at, how far it is, so that nobody sends them again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Item, Turn, TurnState
from bot.outbox import repository as outbox
from contracts.turn import Progress


async def tell(session: AsyncSession, turn_id: str, progress: Progress, sentences: tuple[str, str] | None, now: datetime) -> bool:
    """False where there is no such turn. Of a turn that has ended, or whose person was told of a delay before, nothing is said.

    `sentences`: of one photo, and of several, with `{selesai}` and `{jumlah}`.
    """
    turn = await session.get(Turn, turn_id, with_for_update=True)
    if turn is None:
        return False
    items = (await session.scalars(select(Item).where(Item.turn_id == turn_id))).all()
    if turn.state != TurnState.OPEN or sentences is None or any(item.delay_told for item in items):
        return True
    for item in items:
        item.delay_told = True
    one, several = sentences
    words = one if progress.total == 1 else several.format(selesai=progress.done, jumlah=progress.total)
    await outbox.say(session, turn.contact_id, words, now)
    return True
