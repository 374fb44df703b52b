"""Reads a contact's chat for staff: both directions by time, newest first, in pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.models import Item, Turn, TurnState
from bot.outbox.models import Sending
from contracts.turn import TurnKind

PAGE_MOST = 200


class CursorWrong(ValueError):
    """`before` names no message of this chat."""


@dataclass(frozen=True)
class Line:
    """One message as staff see it. Its id is `in-…` or `out-…`."""

    at: datetime
    order: tuple[int, int]
    id: str
    direction: Literal["in", "out"]
    type: str
    text: str
    state: str
    concealed: bool


async def page(session: AsyncSession, contact_id: str, before: str | None, limit: int) -> tuple[list[Line], str | None]:
    """Up to `limit` messages before that one, newest first, and the id to ask for the next page with. Raises CursorWrong."""
    end = await _moment(session, contact_id, before) if before else None
    received = (
        select(Item, Turn)
        .outerjoin(Turn, Turn.id == Item.turn_id)
        .where(Item.contact_id == contact_id, Item.kind != TurnKind.NOTICE)
        .order_by(Item.received_at.desc(), Item.id.desc())
    )
    sent = select(Sending, Turn.concealed).outerjoin(Turn, Turn.id == Sending.turn_id).where(Sending.contact_id == contact_id)
    sent = sent.order_by(Sending.created_at.desc(), Sending.seq.desc())
    if end is not None:
        at, (direction, number) = end
        in_tie = Item.received_at == at
        out_tie = Sending.created_at == at
        received = received.where(or_(Item.received_at < at, in_tie if direction else in_tie & (Item.id < number)))
        sent = sent.where(or_(Sending.created_at < at, out_tie & (Sending.seq < number) if direction else false()))
    items = [_received(item, turn) for item, turn in await session.execute(received.limit(limit + 1))]
    sendings = [_sent(row, bool(concealed)) for row, concealed in await session.execute(sent.limit(limit + 1))]
    lines = sorted([*items, *sendings], key=lambda line: (line.at, line.order), reverse=True)
    return lines[:limit], lines[limit - 1].id if len(lines) > limit else None


def _received(item: Item, turn: Turn | None) -> Line:
    """What has not been heard yet may be anything: it is concealed until it is."""
    body: dict[str, Any] = item.body
    other = body.get("other") or {}
    words = body.get("text") or body.get("title") or body.get("caption") or other.get("text") or ""
    type_ = body.get("type") or other.get("type") or item.kind
    heard = turn is not None and turn.state == TurnState.DONE
    concealed = not heard or (turn is not None and turn.concealed)
    state = "handled" if item.turn_id else "waiting"
    return Line(item.received_at, (0, item.id), item.line, "in", str(type_), str(words), state, concealed)


def _sent(row: Sending, concealed: bool) -> Line:
    return Line(row.created_at, (1, row.seq), f"out-{row.seq}", "out", str(row.body.get("type")), row.text, row.state, concealed)


async def _moment(session: AsyncSession, contact_id: str, before: str) -> tuple[datetime, tuple[int, int]]:
    direction, _, number = before.partition("-")
    if direction not in {"in", "out"} or not number.isdecimal() or len(number) > 18:
        raise CursorWrong(before)
    row: Item | Sending | None = await session.get(Item, int(number)) if direction == "in" else await session.get(Sending, int(number))
    if row is None or row.contact_id != contact_id:
        raise CursorWrong(before)
    return (row.received_at, (0, row.id)) if isinstance(row, Item) else (row.created_at, (1, row.seq))
