"""Writes what staff did besides acting on a case, each row covering the one before it by its hash."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.audit.models import AuditEvent

ADVISORY_LOCK = 3316_2612
"""Writers of the chain take turns (PostgreSQL; SQLite has one writer anyway)."""

GENESIS = "0" * 64
"""The hash before the first act."""

LOOK_LASTS = timedelta(minutes=10)
"""So long after a look was noted what is fetched by itself belongs to it: pictures of a page, its parts that come again."""

ARRIVED = "permohonan_masuk"
"""Notes that a case came, and the hash of its first event: so a case that was taken out with all its events is missed."""


class Audit:
    """The append-only list. The caller holds the transaction and commits it."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session, self._now = session, now

    async def noted_since(self, since: datetime, action: str, staff_id: str | None, subject: str) -> bool:
        """Whether that person did this with that subject after `since`."""
        query = select(AuditEvent.id).where(AuditEvent.subject == subject, AuditEvent.at > since, AuditEvent.action == action)
        return await self._session.scalar(query.where(AuditEvent.staff_id == staff_id).limit(1)) is not None

    async def note(self, action: str, staff_id: str | None, subject: str | None, data: dict[str, Any]) -> None:
        """Appends one act. `subject` is a username, a number, never a citizen's name."""
        if self._session.get_bind().dialect.name == "postgresql":
            await self._session.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        await self._session.flush()
        last = await self._session.scalar(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1))
        event = AuditEvent(at=self._now, action=action, staff_id=staff_id, subject=subject, data=data)
        event.hash = hash_of(last.hash if last else GENESIS, event)
        self._session.add(event)
        await self._session.flush()


def hash_of(previous: str, event: AuditEvent) -> str:
    """SHA-256 over the hash before and all of the event, written in one canonical way."""
    content = [previous, event.at.isoformat(), event.action, event.staff_id, event.subject, event.data]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
