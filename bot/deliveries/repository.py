"""Stores webhook bodies durably and hands out those whose updates are not yet split."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.deliveries.models import Delivery, Fate, Update


async def store(session: AsyncSession, body: bytes, at: datetime) -> None:
    """Keeps one raw body, to be split at once."""
    session.add(Delivery(body=body, received_at=at, next_try_at=at))


async def due(session: AsyncSession, now: datetime) -> int | None:
    """The id of the oldest body that waits to be split."""
    waiting = select(Delivery.id).where(Delivery.next_try_at <= now).order_by(Delivery.id).limit(1)
    return (await session.execute(waiting)).scalar_one_or_none()


async def take(session: AsyncSession, now: datetime, most: int) -> Sequence[Delivery]:
    """The oldest bodies that wait, in the order of their arrival."""
    waiting = select(Delivery).where(Delivery.next_try_at <= now).order_by(Delivery.id).limit(most)
    return (await session.execute(waiting)).scalars().all()


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
