"""Erases what was said: one person's chat on their wish, everybody's once it is old, and the files that we sent.

What stays are ids: a delivery that comes again is still known, and a state of a message still finds its row.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, null, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.blob_owners import of_media, of_sending
from bot.capture import links
from bot.contacts.models import Contact
from bot.conversations.media import Media
from bot.conversations.models import Item, Turn, TurnState
from bot.deliveries.models import Delivery, Update
from bot.notices.models import Notice
from bot.outbox.models import Sending, State
from storage.kept_blobs import let_go

UNDER_WAY = (State.QUEUED, State.SENDING, State.UNSURE, State.HELD)
"""Sends whose words and file are still needed, however long it takes."""

WAITING = (*UNDER_WAY, State.STUCK)
"""The same, and those that Meta refused: they wait for a person as long as the chat is kept."""

AT_ONCE = 200
"""Keys of one question."""

STATUSES = ("sent", "delivered", "read", "played", "failed")
"""As Meta names them in the key of an update: each tells the number that it was sent to."""


async def erase_chat(session: AsyncSession, contact_id: str) -> None:
    """Takes the words out of everything that was said with that person up to now; what waits to be sent or answered keeps its own."""
    await _erase_words(session, contact_id, true(), true())
    await session.execute(update(Contact).where(Contact.id == contact_id).values(name=None))
    await links.forget(session, contact_id)


async def erase_concealed(session: AsyncSession, contact_id: str) -> None:
    """The same of the turns alone that belong to complaints which are kept secret."""
    concealed = select(Turn.id).where(Turn.contact_id == contact_id, Turn.concealed)
    await _erase_words(session, contact_id, Item.turn_id.in_(concealed), Sending.turn_id.in_(concealed))


async def _erase_words(session: AsyncSession, contact_id: str, said: ColumnElement[bool], answered_by: ColumnElement[bool]) -> None:
    answered = Item.turn_id.is_not(None) & ~_open(Item.turn_id)
    mine = select(Item.id).where(Item.contact_id == contact_id, answered, said)
    said_ids = await session.scalars(select(Item.wamid).where(Item.id.in_(mine), Item.wamid.is_not(None)))
    keys = [f"message:{wamid}" for wamid in said_ids]
    ours = (Sending.contact_id == contact_id, Sending.wamid.is_not(None), answered_by)
    sent_ids = await session.scalars(select(Sending.wamid).where(*ours))
    keys += [f"status:{wamid}:{state}" for wamid in sent_ids for state in STATUSES]
    for at in range(0, len(keys), AT_ONCE):
        told = Update.key.in_(keys[at : at + AT_ONCE])
        bodies = select(Update.delivery_id).where(told)
        await session.execute(delete(Delivery).where(Delivery.id.in_(bodies), Delivery.next_try_at.is_(None)))
        await session.execute(update(Update).where(told, Update.body.is_not(None)).values(body=null()))
    await session.execute(update(Media).where(Media.item_id.in_(mine)).values(url=None, filename=None))
    await session.execute(update(Item).where(Item.id.in_(mine)).values(body={}))
    turns = (
        select(Item.turn_id).where(Item.id.in_(mine)).union(select(Sending.turn_id).where(Sending.contact_id == contact_id, answered_by))
    )
    closed = (Turn.contact_id == contact_id, Turn.state != TurnState.OPEN, Turn.id.in_(turns))
    notices = select(Turn.notice_id).where(*closed, Turn.notice_id.is_not(None))
    read = update(Notice).where(Notice.contact_id == contact_id, Notice.next_try_at.is_(None), Notice.id.in_(notices))
    await session.execute(read.values(body={}))
    await session.execute(update(Turn).where(*closed).values(request={}))
    given_up = update(Sending).where(Sending.contact_id == contact_id, Sending.state == State.STUCK, answered_by)
    await session.execute(given_up.values(state=State.FAILED, next_try_at=None))
    gone = update(Sending).where(Sending.contact_id == contact_id, Sending.state.not_in(WAITING), answered_by)
    await session.execute(gone.values(body={}, text="", filename=None, template=null(), error=None))


async def erase_old(session: AsyncSession, before: datetime) -> None:
    """Deletes the chats up to that moment, the bodies of parked updates, and the turns behind them."""
    old = select(Item.id).where(Item.received_at < before, Item.turn_id.is_not(None), ~_open(Item.turn_id))
    await let_go(session, map(of_media, await session.scalars(delete(Media).where(Media.item_id.in_(old)).returning(Media.id))))
    await session.execute(delete(Item).where(Item.id.in_(old)))
    sent = delete(Sending).where(Sending.created_at < before, Sending.state.not_in(UNDER_WAY))
    await let_go(session, map(of_sending, await session.scalars(sent.returning(Sending.id))))
    unused = ~exists().where(Item.turn_id == Turn.id) & ~exists().where(Sending.turn_id == Turn.id)
    await session.execute(delete(Turn).where(Turn.opened_at < before, Turn.state != TurnState.OPEN, unused))
    unused_notices = ~exists().where(Item.notice_id == Notice.id) & ~exists().where(Sending.notice_id == Notice.id)
    await session.execute(delete(Notice).where(Notice.received_at < before, Notice.next_try_at.is_(None), unused_notices))
    await session.execute(update(Update).where(Update.at < before, Update.body.is_not(None)).values(body=null()))
    silent = (
        Contact.name.is_not(None),
        Contact.created_at < before,
        Contact.last_inbound_at.is_(None) | (Contact.last_inbound_at < before),
    )
    await session.execute(update(Contact).where(*silent).values(name=None).execution_options(synchronize_session=False))


async def let_sent_files_go(session: AsyncSession, before: datetime) -> None:
    """The files that went out before that moment are not needed for those sends any more."""
    sent = update(Sending).where(Sending.blob.is_not(None), Sending.created_at < before, Sending.state.not_in(WAITING))
    await let_go(session, map(of_sending, await session.scalars(sent.values(blob=None).returning(Sending.id))))


def _open(turn_id: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    return exists().where(Turn.id == turn_id, Turn.state == TurnState.OPEN)
