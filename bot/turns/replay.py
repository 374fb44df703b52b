"""Tries again what a person asks to be tried again: turns that the dialogue failed at, and what of a notice did not reach its reader."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.conversations.models import Item, Turn, TurnState
from bot.conversations.repository import wake
from bot.notices.models import Notice
from bot.outbox import repository as outbox
from bot.outbox.models import Sending, State

ASKED_AGAIN_FOR = timedelta(hours=23)
"""For so long a parked turn is asked again by itself: the person was promised an answer, and may get one while the window is open."""


async def parked(session: AsyncSession) -> list[Turn]:
    """The parked turns that can be asked again; those of an erased chat can't."""
    turns = (await session.scalars(select(Turn).where(Turn.state == TurnState.PARKED).order_by(Turn.opened_at))).all()
    unasked = [turn.id for turn in turns if not turn.request]
    items = await session.execute(select(Item.turn_id, Item.body).where(Item.turn_id.in_(unasked))) if unasked else ()
    kept = {turn_id for turn_id, body in items if body}
    return [turn for turn in turns if turn.request or turn.id in kept]


async def replay(session: AsyncSession, ids: Collection[str], now: datetime) -> list[str]:
    """Opens the parked turns of these ids once more; returns their ids. Their failures count anew."""
    again = [turn for turn in await parked(session) if turn.id in ids]
    for turn in again:
        turn.failures = 0
        await _reopen(session, turn, now)
    return [turn.id for turn in again]


async def ask_again(session: AsyncSession, now: datetime) -> list[str]:
    """Opens the parked turns whose time has come, as long as nothing that the person said later was answered; returns their ids.

    All of one person's are opened together, in their order. One that fails again is parked at once, without another apology.
    """
    later = aliased(Turn)
    answered = exists().where(later.contact_id == Turn.contact_id, later.opened_at > Turn.opened_at, later.state == TurnState.DONE)
    asked = answered.where(later.notice_id.is_(None))
    mine = (Turn.state == TurnState.PARKED, Turn.notice_id.is_(None), Turn.opened_at > now - ASKED_AGAIN_FOR, ~asked)
    people = set(await session.scalars(select(Turn.contact_id).where(*mine, Turn.next_try_at <= now).distinct()))
    if not people:
        return []
    keepable = {turn.id for turn in await parked(session)}
    rows = (await session.scalars(select(Turn).where(*mine, Turn.contact_id.in_(people)).order_by(Turn.opened_at))).all()
    again = [turn for turn in rows if turn.id in keepable]
    for turn in again:
        await _reopen(session, turn, now)
    return [turn.id for turn in again]


async def _reopen(session: AsyncSession, turn: Turn, now: datetime) -> None:
    """The request is the same to the letter, so a dialogue that did answer it gives that answer again; one that was never made is made."""
    await wake(session, [turn.contact_id], now)
    # the apology that the person read keeps no claim on the places of the answer
    await session.execute(update(Sending).where(Sending.turn_id == turn.id).values(turn_id=None))
    if turn.request:
        turn.state, turn.next_try_at, turn.closed_at = TurnState.OPEN, now, None
        return
    await session.execute(update(Item).where(Item.turn_id == turn.id).values(turn_id=None))
    await session.delete(turn)
    await session.flush()


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
