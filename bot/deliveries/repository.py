"""Stores webhook bodies durably and hands out those whose updates are not yet split."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, delete, func, insert, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.deliveries.models import Delivery, Fate, Update

STATUSES_PATIENCE = timedelta(seconds=2)
"""A body of statuses waits for what people say, but no longer than this."""

BYTES_MOST = 1_000_000
"""Of bodies that are split in one transaction; one alone may be larger."""

# Asked for every message, and built once: to build such a statement takes SQLAlchemy longer than to run it.
_AT, _PATIENT = (bindparam(name, type_=Delivery.received_at.type) for name in ("at", "patient"))
_WAITING = (Delivery.next_try_at.is_not(None), Delivery.next_try_at <= _AT)
_RIPE = or_(Delivery.statuses_only.is_(False), Delivery.received_at <= _PATIENT)
ANY = select(Delivery.id).where(*_WAITING).limit(1)
RIPE, UNRIPE = (
    select(Delivery.id, func.length(Delivery.body)).where(*_WAITING, group).order_by(Delivery.id).limit(bindparam("most", type_=Integer()))
    for group in (_RIPE, not_(_RIPE))
)


async def store(session: AsyncSession, bodies: Sequence[tuple[bytes, bool, datetime]]) -> None:
    """Keeps raw bodies in the order of their arrival, to be split at once; the flag says that one holds statuses only."""
    rows = [{"body": body, "statuses_only": statuses, "received_at": at, "next_try_at": at} for body, statuses, at in bodies]
    await session.execute(insert(Delivery), rows)


async def due(session: AsyncSession, now: datetime) -> int | None:
    """The id of a body that waits to be split."""
    return (await session.scalars(ANY, {"at": now})).one_or_none()


async def take(session: AsyncSession, now: datetime, most: int) -> Sequence[Delivery]:
    """The oldest bodies that wait, in the order of their arrival; those of statuses only where there is room behind the others."""
    chosen: list[int] = []
    room = BYTES_MOST
    given = {"at": now, "patient": now - STATUSES_PATIENCE}
    for group in (RIPE, UNRIPE):
        sized = (await session.execute(group, {**given, "most": most - len(chosen)})).all() if len(chosen) < most and room > 0 else ()
        for id, size in sized:
            if chosen and size > room:
                room = 0
                break
            chosen.append(id)
            room -= size
    found = {delivery.id: delivery for delivery in await session.scalars(select(Delivery).where(Delivery.id.in_(chosen)))}
    return [found[id] for id in chosen]


async def seen(session: AsyncSession, keys: Sequence[str]) -> set[str | None]:
    """Which of these keys were handled before."""
    return set((await session.execute(select(Update.key).where(Update.key.in_(keys)))).scalars()) if keys else set()


async def count_parked(session: AsyncSession) -> int:
    """How many updates wait for a person or a later version."""
    return (await session.execute(select(func.count()).select_from(Update).where(Update.fate == Fate.PARKED))).scalar_one()


async def count_faults(session: AsyncSession, since: datetime) -> int:
    """How many updates our code has failed at since then."""
    failed = Update.reason.startswith("fault:") | (Update.reason == "too_deep")
    query = select(func.count()).select_from(Update).where(Update.fate == Fate.PARKED, Update.at >= since, failed)
    return (await session.execute(query)).scalar_one()


async def oldest_unsplit(session: AsyncSession) -> datetime | None:
    """When the oldest body was received that is not split yet."""
    return (await session.execute(select(func.min(Delivery.received_at)).where(Delivery.next_try_at.is_not(None)))).scalar_one()


async def erase_split(session: AsyncSession, now: datetime, kept: timedelta) -> None:
    """Erases bodies that were split so long ago; what was parked of them stays in its update."""
    await session.execute(delete(Delivery).where(Delivery.next_try_at.is_(None), Delivery.split_at < now - kept))
