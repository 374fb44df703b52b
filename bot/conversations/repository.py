"""Keeps the queues' rows: what waits, and which turn is open."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.agenda import Waiting
from bot.conversations.media import Media, Source
from bot.conversations.message import File, Message
from bot.conversations.models import UNSUPPORTED, ConversationQueue, Item, Turn, TurnState
from contracts.answer import Message as Answer
from contracts.turn import TurnKind

OFFICERS_WORDS = frozenset({"pesan_petugas", "jawaban_aduan"})
"""Notices in which a person speaks (contracts.md, Notices)."""

# Asked for every message, and built once: to build such a statement takes SQLAlchemy longer than to run it.
UNANSWERED = select(Turn).where(Turn.contact_id == bindparam("contact"), Turn.state == TurnState.OPEN).order_by(Turn.opened_at)
WAITING = select(Item).where(Item.contact_id == bindparam("contact"), Item.turn_id.is_(None)).order_by(Item.at, Item.id)

WITH_FILES = frozenset({TurnKind.DOCUMENTS, TurnKind.NOTICE})


@dataclass(frozen=True)
class Incoming:
    """A message for a contact's queue; `deadline` is its files'."""

    contact_id: str
    message: Message
    wamid: str | None
    sent_at: datetime
    received_at: datetime
    deadline: datetime


async def wake(session: AsyncSession, contact_ids: Collection[str], at: datetime) -> None:
    """Makes these contacts' queues due at that moment, where they were not due earlier."""
    sooner = case((or_(ConversationQueue.due_at.is_(None), ConversationQueue.due_at > at), at), else_=ConversationQueue.due_at)
    late = update(ConversationQueue).where(ConversationQueue.contact_id.in_(contact_ids)).values(due_at=sooner)
    await session.execute(late, execution_options={"synchronize_session": False})


async def conceal(session: AsyncSession, contact_id: str, answer: Sequence[Answer]) -> None:
    """Marks the turns of this contact that an answer conceals, and takes the mark off those that it reveals."""
    for concealed, turns in ((True, {id for m in answer for id in m.conceals}), (False, {id for m in answer for id in m.reveals})):
        if turns:
            named = update(Turn).where(Turn.contact_id == contact_id, Turn.id.in_(turns))
            await session.execute(named.values(concealed=concealed))


async def add_items(session: AsyncSession, incoming: Sequence[Incoming], now: datetime) -> None:
    """Puts messages into their queues, which the caller has woken, with the files to fetch for them."""
    rows = [
        {
            "contact_id": i.contact_id,
            "wamid": i.wamid,
            "kind": i.message.kind,
            "body": i.message.body,
            "at": i.sent_at,
            "received_at": i.received_at,
            "ready": all(file.problem is not None for file in i.message.files),
        }
        for i in incoming
    ]
    await session.execute(insert(Item), rows)
    with_files = {i.wamid: i for i in incoming if i.message.files}
    if not with_files:
        return
    ids = (await session.execute(select(Item.id, Item.wamid).where(Item.wamid.in_(with_files)))).all()
    files = [
        _file(id, place, file, now, with_files[wamid].deadline)
        for id, wamid in sorted(ids)
        for place, file in enumerate(with_files[wamid].message.files)
    ]
    await session.execute(insert(Media), files)


def _file(item_id: int, position: int, file: File, now: datetime, deadline: datetime) -> dict[str, object]:
    return {
        "item_id": item_id,
        "position": position,
        "source": Source.WHATSAPP,
        "media_id": file.media_id,
        "url": file.url,
        "mime": file.mime,
        "sha256": file.sha256,
        "filename": file.filename,
        "problem": file.problem,
        "next_try_at": now if file.problem is None else None,
        "deadline": deadline,
        "attempts": 0,
    }


async def open_turns(session: AsyncSession, contact_id: str) -> list[Turn]:
    """The turns that have no answer yet, the oldest first: one, or those that a person had asked again."""
    return list((await session.scalars(UNANSWERED, {"contact": contact_id})).all())


async def waiting(session: AsyncSession, contact_id: str) -> Sequence[Item]:
    """What waits in a queue, in the order in which it was sent."""
    return (await session.scalars(WAITING, {"contact": contact_id})).all()


def agenda_of(items: Sequence[Item]) -> list[Waiting]:
    """What the agenda knows of them."""
    texts = [i.body.get("text") or "" for i in items]
    return [Waiting(i.id, TurnKind(i.kind), i.received_at, i.ready, len(text), "?" in text) for i, text in zip(items, texts, strict=True)]


def takeover_waits(items: Sequence[Item]) -> bool:
    """Whether an officer's own words wait behind the turn that is being answered."""
    return any(item.kind == TurnKind.NOTICE and item.body["notice"].get("kind") in OFFICERS_WORDS for item in items)


async def has_unreadable(session: AsyncSession, contact_id: str, since: datetime) -> bool:
    """Whether the last thing that came of that person, since then, could not be opened either."""
    last = select(Item).where(Item.contact_id == contact_id, Item.received_at >= since).order_by(Item.received_at.desc(), Item.id.desc())
    item = (await session.execute(last.limit(1))).scalar_one_or_none()
    return item is not None and (item.body.get("other") or {}).get("type") == UNSUPPORTED


async def with_files(session: AsyncSession, items: Sequence[Item]) -> list[tuple[Item, list[Media]]]:
    """Items with their files, in the queue's order."""
    ids = [item.id for item in items if item.kind in WITH_FILES]
    rows = select(Media).where(Media.item_id.in_(ids)).order_by(Media.position, Media.id)
    files = (await session.scalars(rows)).all() if ids else []
    return [(item, [f for f in files if f.item_id == item.id]) for item in items]


async def take(session: AsyncSession, ids: Sequence[int], turn: Turn) -> None:
    """Opens a turn and puts items into it."""
    session.add(turn)
    await session.flush()
    await session.execute(update(Item).where(Item.id.in_(ids)).values(turn_id=turn.id))


async def items_of(session: AsyncSession, turn_id: str) -> Sequence[Item]:
    """What a turn is made of, in order."""
    return (await session.scalars(select(Item).where(Item.turn_id == turn_id).order_by(Item.at, Item.id))).all()


async def give_back(session: AsyncSession, ids: Sequence[int]) -> None:
    """Takes items out of their turn: they wait again."""
    await session.execute(update(Item).where(Item.id.in_(ids)).values(turn_id=None))


async def lock_queue_of(session: AsyncSession, item_id: int) -> ConversationQueue:
    """The queue in which an item waits, locked until the transaction ends."""
    contact = select(Item.contact_id).where(Item.id == item_id).scalar_subquery()
    return (await session.execute(select(ConversationQueue).where(ConversationQueue.contact_id == contact).with_for_update())).scalar_one()


async def settle_item(session: AsyncSession, item_id: int, queue: ConversationQueue, now: datetime) -> None:
    """Marks an item as ready when all its files are settled, and makes its queue due, which the caller has locked."""
    open_files = select(Media.id).where(Media.item_id == item_id, Media.blob.is_(None), Media.problem.is_(None))
    if (await session.execute(open_files)).first() is None:
        (await session.get_one(Item, item_id)).ready = True
        queue.due_at = min(queue.due_at or now, now)


async def count_turns(session: AsyncSession) -> dict[str, int]:
    """How many turns there are in each state."""
    rows = await session.execute(select(Turn.state, func.count()).group_by(Turn.state))
    return {str(state): count for state, count in rows.all()}


async def oldest_open(session: AsyncSession) -> datetime | None:
    """Since when the oldest unanswered turn waits."""
    return (await session.execute(select(func.min(Turn.opened_at)).where(Turn.state == TurnState.OPEN))).scalar_one()
