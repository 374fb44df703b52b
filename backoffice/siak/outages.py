"""Notes when the central SIAK can't be used and when it can again, and counts that time apart."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.audit.service import Audit
from backoffice.siak.models import SiakOutage

BEGAN, ENDED = "siak_pusat_terganggu", "siak_pusat_pulih"
"""Acts of the audit."""

Span = tuple[datetime, datetime]


async def current(session: AsyncSession) -> SiakOutage | None:
    """The one that has begun and not ended."""
    return await session.scalar(select(SiakOutage).where(SiakOutage.is_open.is_(True)))


async def begin(session: AsyncSession, actor: Actor, now: datetime) -> bool:
    """Notes that it can't be used from now on; false where that was noted already, also by somebody in this very moment."""
    if await current(session) is not None:
        return False
    try:
        async with session.begin_nested():
            session.add(SiakOutage(id=str(uuid.uuid4()), began_at=now, began_by=actor.id, is_open=True))
    except IntegrityError:
        return False
    await Audit(session, now).note(BEGAN, actor.id, None, {})
    return True


async def end(session: AsyncSession, actor: Actor, now: datetime) -> bool:
    """Notes that it can be used again; false where nothing had begun."""
    outage = await session.scalar(select(SiakOutage).where(SiakOutage.is_open.is_(True)).with_for_update())
    if outage is None:
        return False
    outage.ended_at, outage.ended_by, outage.is_open = now, actor.id, None
    await Audit(session, now).note(ENDED, actor.id, None, {"minutes": int((now - outage.began_at).total_seconds() // 60)})
    return True


async def spans(session: AsyncSession, since: datetime, until: datetime, now: datetime) -> list[Span]:
    """The times between two moments, each cut to them; one that goes on counts up to now."""
    over = or_(SiakOutage.ended_at.is_(None), SiakOutage.ended_at > since)
    rows = await session.scalars(select(SiakOutage).where(SiakOutage.began_at < until, over).order_by(SiakOutage.began_at))
    cut = [(max(row.began_at, since), min(row.ended_at or now, until)) for row in rows]
    return [(begin, end) for begin, end in cut if begin < end]


def length(held: Sequence[Span]) -> timedelta:
    """How long they were together. They never overlap: there is one at a time."""
    return sum((until - since for since, until in held), timedelta())


def touches(held: Sequence[Span], since: datetime, until: datetime) -> bool:
    """Whether one of them lies, in part, between two moments."""
    return any(begin < until and end > since for begin, end in held)
