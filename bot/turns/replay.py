"""Tries again what a person asks to be tried again: turns that the dialogue failed at, and what of a notice did not reach its reader."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Turn, TurnState
from bot.conversations.repository import wake
from bot.notices.models import Notice
from bot.outbox import repository as outbox
from bot.outbox.models import Sending, State


async def parked(session: AsyncSession) -> list[Turn]:
    """The parked turns that can be asked again; those of an erased chat can't."""
    rows = await session.execute(select(Turn).where(Turn.state == TurnState.PARKED).order_by(Turn.opened_at))
    return [turn for turn in rows.scalars() if turn.request]


async def replay(session: AsyncSession, ids: list[str], now: datetime) -> list[str]:
    """Opens the parked turns of these ids, or all, once more; returns their ids.

    The request is the same to the letter, so a dialogue that did answer it gives that answer again.
    """
    again = [turn for turn in await parked(session) if not ids or turn.id in ids]
    for turn in again:
        turn.state, turn.failures, turn.next_try_at, turn.closed_at = TurnState.OPEN, 0, now, None
        # the apology that the person read keeps no claim on the places of the answer
        await session.execute(update(Sending).where(Sending.turn_id == turn.id).values(turn_id=None))
        await wake(session, [turn.contact_id], now)
    return [turn.id for turn in again]


async def tell_again(session: AsyncSession, notice_id: str, now: datetime) -> bool:
    """The office sends a notice once more that had failed: its refused sends go out again, or the dialogue is asked again."""
    notice = await session.get_one(Notice, notice_id)
    if notice.state != State.FAILED:
        return False
    await wake(session, [notice.contact_id], now)  # queue, sends, notice: locked in the order in which everybody locks them
    refused = list(await session.scalars(select(Sending.id).where(Sending.notice_id == notice_id, Sending.state.in_(outbox.REFUSED))))
    if refused:
        await outbox.retry_refused(session, now, refused)
    turns = [turn.id for turn in await parked(session) if turn.notice_id == notice_id]
    if turns:
        await replay(session, turns, now)
    await session.refresh(notice, with_for_update=True)
    notice.state = None  # a new failure is told anew
    return bool(refused or turns)
