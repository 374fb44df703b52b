"""Keeps the outbox: adds rows, hands out the next to send in each contact's order, and writes down what became of them."""

import contextlib
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.blob_owners import of_sending
from bot.conversations.models import Turn
from bot.deliveries.models import Delivery
from bot.graph import limits
from bot.graph.rendering import render, render_template
from bot.notices import repository as notices
from bot.outbox.models import Number, Sending, State
from bot.outbox.statuses import of_notice
from contracts import whatsapp
from contracts.answer import Message, Template
from storage.kept_blobs import need

ORDER_PATIENCE = timedelta(seconds=2)
"""Meta keeps no order between messages, so the next one waits for the former's first status, but no longer than this."""


REFUSED = (State.STUCK, State.FAILED)
"""What a person may have tried again."""


INSTEAD = "_instead"
"""Of a form's body: what is sent where Meta does not take the form."""


async def add(session: AsyncSession, turn: Turn, messages: Sequence[Message], now: datetime) -> None:
    """Queues the sends of an answer. The turn's id and their places are unique together: an answer can't be queued twice."""
    position = 0
    for message in messages:
        for n, part in enumerate(render(message)):
            row = Sending(contact_id=turn.contact_id, turn_id=turn.id, position=position, notice_id=turn.notice_id, created_at=now)
            row.body, row.text = {**part.body, "_slot": list(part.slot)}, part.text
            if part.instead is not None:
                row.body[INSTEAD] = {"body": part.instead.body, "text": part.instead.text}
            if part.file is not None:
                row.blob, row.mime = part.file.blob, part.file.mime
                row.filename = limits.cut(part.file.filename, whatsapp.FILENAME) if part.file.filename else None
            # Only the first send of a message has its template: one push outside the window is enough for all of them.
            row.template = message.template.model_dump() if message.template and n == 0 else None
            _queue(session, row, now)
            position += 1
            if row.blob is not None:
                await need(session, of_sending(row.id), [row.blob], now)
    await session.flush()


async def say(session: AsyncSession, contact_id: str, text: str, now: datetime) -> None:
    """Queues a text of our own that is no answer to anything."""
    (part,) = render(Message(text=text))
    _queue(session, Sending(contact_id=contact_id, body={**part.body, "_slot": []}, text=part.text, created_at=now), now)
    await session.flush()


async def hold(session: AsyncSession, row: Sending, now: datetime) -> None:
    """Keeps a send until the citizen writes, and queues its template, if it has one, in its stead, once."""
    await change(session, row, State.HELD, now)
    row.next_try_at = None
    stands_in = exists().where(Sending.stands_for == row.id)
    if row.template is None or (await session.execute(select(stands_in))).scalar():
        return
    template = Template.model_validate(row.template)
    body = {**render_template(template), "_slot": []}
    stand_in = Sending(contact_id=row.contact_id, stands_for=row.id, body=body, text=f"[{template.name}]", created_at=now)
    _queue(session, stand_in, now)
    await session.flush()


async def without_form(session: AsyncSession, row: Sending, number: Number | None, code: int | None, now: datetime) -> None:
    """Puts a form's question in words in its place, and notes for the operator that Meta did not take the form."""
    instead = row.body[INSTEAD]
    row.body, row.text = {**instead["body"], "_slot": []}, instead["text"]
    row.attempts, row.next_try_at = 0, now
    await change(session, row, State.QUEUED, now)
    if number is not None:
        number.form_refused_at, number.form_code = now, code


async def release_held(session: AsyncSession, contact_ids: Collection[str], now: datetime) -> bool:
    """These citizens have written: what was held for them goes out. Whether anything was."""
    held = select(Sending.seq).where(Sending.contact_id.in_(contact_ids), Sending.state == State.HELD)
    if not (released := (await session.scalars(held)).all()):
        return False
    again = update(Sending).where(Sending.seq.in_(released), Sending.state == State.HELD)
    await session.execute(again.values(state=State.QUEUED, state_at=now, next_try_at=now))
    return True


def _heads() -> Select[Sending]:
    row, earlier, at = Sending, aliased(Sending), bindparam("at", type_=Sending.created_at.type)
    patient = bindparam("patient", type_=Sending.created_at.type)
    in_the_way = or_(
        earlier.state.in_([State.QUEUED, State.SENDING, State.UNSURE]),
        and_(earlier.state == State.ACCEPTED, earlier.accepted_at > patient),
    )
    blocked = exists().where(earlier.contact_id == row.contact_id, earlier.seq < row.seq, in_the_way)
    # A status that ends the doubt may lie in a body that was received in time and is not split yet.
    unheard = exists().where(Delivery.next_try_at.is_not(None), Delivery.received_at <= row.next_try_at)
    decided = or_(row.state.in_([State.QUEUED, State.STUCK]), and_(row.state == State.UNSURE, ~unheard))
    found = select(row).where(decided, row.next_try_at <= at, ~blocked)
    return found.order_by(row.next_try_at, row.seq).limit(bindparam("most", type_=Integer())).with_for_update(skip_locked=True)


def _due() -> Select[str]:
    active = Sending.state.in_([State.QUEUED, State.UNSURE, State.SENDING, State.STUCK])
    at = bindparam("at", type_=Sending.created_at.type)
    return select(Sending.state).where(active, Sending.next_try_at <= at).distinct()


# Asked for every message, and built once: to build such a statement takes SQLAlchemy longer than to run it.
HEADS, DUE = _heads(), _due()


async def heads(session: AsyncSession, now: datetime, limit: int = 20) -> Sequence[Sending]:
    """The sends that are due and come first of their contacts, locked until the transaction ends; who waited longest for a try is first."""
    return (await session.scalars(HEADS, {"at": now, "patient": now - ORDER_PATIENCE, "most": limit})).all()


async def due(session: AsyncSession, now: datetime) -> set[State]:
    """The states of what may have to be sent; SENDING where a process has died."""
    return set(map(State, await session.scalars(DUE, {"at": now})))


async def doubt_abandoned(session: AsyncSession, now: datetime, wait: timedelta) -> None:
    """Sends in the hands of a process that has died: nobody knows whether Meta has them, so a status may tell before they go again."""
    abandoned = update(Sending).where(Sending.state == State.SENDING, Sending.next_try_at <= now)
    await session.execute(abandoned.values(state=State.UNSURE, state_at=now, next_try_at=now + wait, claim=None))


async def number(session: AsyncSession, number_id: str) -> Number:
    """The row of our number, locked until the transaction ends; whoever holds it is the only one to take sends."""
    if (row := await session.get(Number, number_id, with_for_update=True)) is not None:
        return row
    with contextlib.suppress(IntegrityError):  # another process was first
        async with session.begin_nested():
            session.add(Number(id=number_id))
    return await session.get_one(Number, number_id, with_for_update=True)


async def by_id(session: AsyncSession, sending_id: str) -> Sending:
    """The send of that id, locked until the transaction ends."""
    return (await session.execute(select(Sending).where(Sending.id == sending_id).with_for_update())).scalar_one()


async def by_ids(session: AsyncSession, ids: Collection[str]) -> Sequence[Sending]:
    """The sends of these ids, locked until the transaction ends."""
    return (await session.scalars(select(Sending).where(Sending.id.in_(ids)).order_by(Sending.seq).with_for_update())).all()


async def change(session: AsyncSession, row: Sending, state: State, now: datetime) -> None:
    """Moves a send to a state; its notice's state follows."""
    row.state, row.state_at = state, now
    await session.flush()
    if row.notice_id is not None:
        await refresh_notice(session, row.notice_id, now)


async def refresh_notice(session: AsyncSession, notice_id: str, now: datetime) -> bool:
    """Reckons a notice's state anew from its sends. Whether it is another one, which the back office is to be told."""
    if (notice := await notices.lock(session, notice_id)) is None:
        return False
    states = await session.scalars(select(Sending.state).where(Sending.notice_id == notice_id))
    reached = of_notice(map(State, states))
    if reached is None or reached == notice.state:
        return False
    await notices.tell(session, notice, reached, now)
    return True


async def retry_refused(session: AsyncSession, now: datetime, ids: Collection[str]) -> list[str]:
    """Queues these sends again, as new, where they are stuck or given up. Returns the ids of those that can be sent."""
    query = select(Sending).where(Sending.state.in_(REFUSED), Sending.id.in_(ids))
    rows = (await session.execute(query.order_by(Sending.seq).with_for_update())).scalars()
    again = [row for row in rows if row.body and (row.mime is None or row.blob is not None)]  # what was erased is gone
    for row in again:
        row.attempts, row.next_try_at = 0, now
        await change(session, row, State.QUEUED, now)
    return [row.id for row in again]


async def give_up(session: AsyncSession, now: datetime, ids: Collection[str]) -> list[str]:
    """Ends these sends for good where they are stuck; their notices have failed. Returns their ids."""
    query = select(Sending).where(Sending.state == State.STUCK, Sending.id.in_(ids))
    rows = (await session.scalars(query.order_by(Sending.seq).with_for_update())).all()
    for row in rows:
        row.next_try_at = None
        await change(session, row, State.FAILED, now)
    return [row.id for row in rows]


async def hurry_stuck(session: AsyncSession, now: datetime, before: datetime) -> None:
    """Queues the stuck sends that would be tried before that moment. Their attempts stay: one that is refused for itself stops nobody."""
    query = select(Sending).where(Sending.state == State.STUCK, Sending.next_try_at <= before)
    for row in (await session.execute(query.order_by(Sending.seq).with_for_update())).scalars().all():
        row.next_try_at = now
        await change(session, row, State.QUEUED, now)


async def unsent(session: AsyncSession) -> list[Sending]:
    """What was refused and is stuck or given up, the oldest first."""
    query = select(Sending).where(Sending.state.in_(REFUSED), Sending.wamid.is_(None)).order_by(Sending.seq)
    return list((await session.execute(query)).scalars())


async def count_refused(session: AsyncSession, since: datetime) -> int:
    """How many sends are stuck now or were given up since then."""
    given_up = and_(Sending.state == State.FAILED, Sending.state_at >= since)
    query = select(func.count()).select_from(Sending).where(or_(Sending.state == State.STUCK, given_up))
    return (await session.execute(query)).scalar_one()


async def count_stuck_templates(session: AsyncSession) -> dict[int, int]:
    """How many templates stand still, by Meta's error code: one that is unknown, paused or not as it was approved."""
    query = select(Sending.error_code, func.count()).where(Sending.state == State.STUCK, Sending.stands_for.is_not(None))
    rows = await session.execute(query.group_by(Sending.error_code))
    return {code or 0: count for code, count in rows}


async def oldest_unsent(session: AsyncSession) -> datetime | None:
    """When the oldest send was queued that should have gone out by now."""
    waiting = Sending.state.in_([State.QUEUED, State.SENDING, State.UNSURE, State.STUCK])
    return (await session.execute(select(func.min(Sending.created_at)).where(waiting))).scalar_one()


async def count_states(session: AsyncSession) -> dict[str, int]:
    """How many sends there are in each state."""
    rows = await session.execute(select(Sending.state, func.count()).group_by(Sending.state))
    return {str(state): count for state, count in rows.all()}


async def count_prices(session: AsyncSession, since: datetime) -> dict[tuple[str, str], int]:
    """How many messages Meta has priced since then, by category and type (contract, 0.1)."""
    priced = select(Sending.price_category, Sending.price_type, func.count()).where(Sending.price_category.is_not(None))
    rows = await session.execute(priced.where(Sending.created_at >= since).group_by(Sending.price_category, Sending.price_type))
    return {(str(category), str(type_)): count for category, type_, count in rows.all()}


def _queue(session: AsyncSession, row: Sending, now: datetime) -> None:
    row.id, row.state, row.state_at, row.next_try_at = str(uuid.uuid4()), State.QUEUED, now, now
    session.add(row)
