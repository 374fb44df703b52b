"""Takes the sends that are to go out now, several in one transaction, and hands them out one by one."""

import uuid
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.contacts.models import Contact
from bot.contacts.window import window_open
from bot.conversations.models import ConversationQueue
from bot.outbox import failures, repository
from bot.outbox.limits import PAIR, Limit
from bot.outbox.models import Number, Sending, State
from standard.clock import Clock
from storage.database import Database

LEASE = timedelta(seconds=45)
LEASE_WITH_FILE = timedelta(seconds=180)
"""Longer than the client's own timeouts, so that only a dead process lets one run out."""


FRESH = timedelta(seconds=5)
"""What was taken ahead and not begun within this is given back: where Graph is slow its lease would run out in the middle of the send."""


@dataclass(frozen=True)
class Job:
    """One send in one worker's hands."""

    id: str
    claim: str
    body: dict[str, Any]
    address: dict[str, str]
    blob: str | None
    mime: str | None
    filename: str | None


class Taker:
    """`most` is how many may be taken ahead: as many as there are workers to send them at once."""

    def __init__(self, database: Database, clock: Clock, number: str, limit: Limit, unsure_wait: timedelta, most: int) -> None:
        self._database, self._clock, self._number, self._limit = database, clock, number, limit
        self._unsure_wait, self._most = unsure_wait, most
        self._taken: deque[Job] = deque()
        self._taken_at = clock()

    async def claim(self) -> Job | None:
        """The next send that order, window and limits allow, marked as being sent."""
        if self._taken and self._clock() - self._taken_at > FRESH:
            await self.give_back()
        if not self._taken:
            self._taken_at = self._clock()
            self._taken.extend(await self._take_some())
        return self._taken.popleft() if self._taken else None

    async def give_back(self) -> None:
        """What was taken and not begun waits again: sending has stopped, or this process ends."""
        taken, self._taken = list(self._taken), deque()
        if not taken:
            return
        now = self._clock()
        again = {"state": State.QUEUED, "state_at": now, "next_try_at": now, "claim": None, "attempts": Sending.attempts - 1}
        async with self._database.write() as session:
            mine = Sending.claim.in_([job.claim for job in taken])
            await session.execute(update(Sending).where(Sending.state == State.SENDING, mine).values(again))

    async def _take_some(self) -> list[Job]:
        now = self._clock()
        async with self._database.look() as session:
            if not (due := await repository.due(session, now)):
                return []
        jobs: list[Job] = []
        async with self._database.write() as session:
            number = await repository.number(session, self._number)
            if State.SENDING in due:
                await repository.doubt_abandoned(session, now, self._unsure_wait)
            if number.paused_until is not None and number.paused_until > now:
                return []
            if self._limit.wait(number.free_at, now):
                return []
            rows = await repository.heads(session, now)
            people = await contacts.load(session, {row.contact_id for row in rows})
            queues = await _lock(session, people.values())
            for row in rows:
                if (job := await self._take(session, row, people.get(row.contact_id), queues, number, now)) is not None:
                    jobs.append(job)
                if len(jobs) >= self._most or self._limit.wait(number.free_at, now) or (jobs and number.alarm_at is not None):
                    break
        return jobs

    async def _take(
        self,
        session: AsyncSession,
        row: Sending,
        contact: Contact | None,
        queues: dict[str, ConversationQueue],
        number: Number,
        now: datetime,
    ) -> Job | None:
        if contact is None or (contact.wa_id is None and contact.user_id is None):
            row.error = "no_address"
            await failures.set_aside(session, row, None, now)
            return None
        if row.stands_for is None and not window_open(contact, now):
            await repository.hold(session, row, now)
            return None
        queue = queues.get(contact.id)
        if queue is None:  # somebody is at it, and may wait for what we hold
            return None
        if wait := PAIR.wait(queue.pair_free_at, now):
            row.next_try_at = now + wait
            return None
        queue.pair_free_at = PAIR.spend(queue.pair_free_at, now)
        number.free_at = self._limit.spend(number.free_at, now)
        if number.alarm_at is not None:
            number.paused_until = now + failures.ALARM_PROBE  # this send is the probe; the others wait for its outcome
        row.claim, row.attempts = uuid.uuid4().hex, row.attempts + 1
        row.next_try_at = now + (LEASE if row.blob is None else LEASE_WITH_FILE)
        row.state, row.state_at = State.SENDING, now
        return Job(row.id, row.claim, row.body, address(contact), row.blob, row.mime, row.filename)


def address(contact: Contact) -> dict[str, str]:
    """How Graph is told to whom: the number with its plus, else the BSUID in a field of its own (contract, 1.7)."""
    if contact.phone is not None:
        return {"to": contact.phone}
    return {"recipient": str(contact.user_id)}


async def _lock(session: AsyncSession, people: Iterable[Contact]) -> dict[str, ConversationQueue]:
    """The conversation queues of these contacts that nobody else holds."""
    ids = {contact.id for contact in people}
    queues = select(ConversationQueue).where(ConversationQueue.contact_id.in_(ids)).order_by(ConversationQueue.contact_id)
    return {queue.contact_id: queue for queue in await session.scalars(queues.with_for_update(skip_locked=True))}
