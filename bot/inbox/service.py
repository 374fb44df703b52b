"""Splits stored bodies into their updates and sees to each: none is lost, none holds up the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.deliveries import envelope, repository
from bot.deliveries.models import Delivery, Fate, Update
from bot.inbox.batch import Batch, Outcome
from bot.inbox.deciding import Decision, decide, fault_of, park
from bot.inbox.policy import Treatment, rule_of_update
from standard.clock import Clock
from storage.database import Database, is_lost_race, may_pass, one_at_a_time
from storage.jobs import growing, pause

log = structlog.get_logger()

RETRY = growing(first=1, factor=3, longest=300)
CHUNK = 50
"""Updates of one transaction, of one body or of many: a webhook waits for SQLite's write lock no longer than they take."""


@dataclass
class _Split:
    """What a transaction has done: the kind and fate of each update, and which workers have something to do."""

    fates: list[tuple[str, Fate]] = field(default_factory=list)
    woken: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Row:
    """One update of a body, where it stands, and what is to become of it; None for one that was seen before."""

    delivery: Delivery
    position: int
    update: envelope.Update
    at: datetime
    decision: Decision | None


class Inbox:
    """The splitter. What a transaction splits has its fate and is never split again; what a crash cut off is split after the start.

    However many bots there are, bodies are split one after another, as they arrived: so nobody's messages change places. What comes of
    them is then worked side by side, person by person.
    """

    def __init__(
        self, database: Database, clock: Clock, number: str, notify: Callable[..., None], counted: Callable[[str, str], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._number = number
        self._notify = notify
        self._counted = counted

    async def claim(self) -> int | None:
        """The id of a body to split."""
        async with self._database.look() as session:
            return await repository.due(session, self._clock())

    async def split(self, _delivery_id: int) -> None:
        """Splits the bodies that wait, as many as one transaction holds. Where one fails, each is split by itself, update by update."""
        taken: Sequence[int] = ()
        try:
            async with self._database.write() as session:
                await one_at_a_time(session, "bot_inbox")
                deliveries = await repository.take(session, self._clock(), CHUNK)
                taken = [delivery.id for delivery in deliveries]
                done = await self._together(session, deliveries)
        except Exception as error:
            if is_lost_race(error):
                log.info("deliveries_split_again", count=len(taken))
            elif not taken:
                raise
            else:
                log.info("deliveries_split_singly", count=len(taken), cause=type(error).__name__)
                for delivery_id in taken:
                    await self._singly(delivery_id)
            return
        self._end(done)

    async def _together(self, session: AsyncSession, deliveries: Sequence[Delivery]) -> _Split:
        rows = await self._read(session, deliveries)
        batch = Batch(session, self._clock(), self._number)
        outcomes = await batch.carry_out([(row.decision, row.at) for row in rows if row.decision is not None])
        return await self._note(session, rows, outcomes, batch.woken)

    async def _singly(self, delivery_id: int) -> None:
        """A body whose updates have a savepoint each: what is wrong with one parks it. Where the database may take it later, it waits."""
        try:
            async with self._database.write() as session:
                await one_at_a_time(session, "bot_inbox")
                delivery = await session.get_one(Delivery, delivery_id)
                rows = await self._read(session, [delivery])
                outcomes: list[Outcome] = []
                woken: set[str] = set()
                for row in rows:
                    if row.decision is not None:
                        outcomes.append(await self._one(session, row, row.decision, woken))
                done = await self._note(session, rows, outcomes, woken)
        except Exception as error:
            log.exception("delivery_not_split", delivery=delivery_id, cause=type(error).__name__)
            await self._put_off(delivery_id)
        else:
            self._end(done)

    async def _one(self, session: AsyncSession, row: _Row, decision: Decision, woken: set[str]) -> Outcome:
        try:
            async with session.begin_nested():
                batch = Batch(session, self._clock(), self._number)
                (outcome,) = await batch.carry_out([(decision, row.at)])
        except Exception as error:
            if may_pass(error):
                raise
            log.exception("update_parked", kind=row.update.kind, position=row.position)
            parked = park(row.update, self._number, fault_of(error), row.at)
            async with session.begin_nested():
                batch = Batch(session, self._clock(), self._number)
                (outcome,) = await batch.carry_out([(parked, row.at)])
        woken |= batch.woken
        return outcome

    async def _read(self, session: AsyncSession, deliveries: Sequence[Delivery]) -> list[_Row]:
        """The next updates of these bodies, `CHUNK` at most, with what is to become of each."""
        found: list[tuple[Delivery, int, envelope.Update]] = []
        ended: list[Delivery] = []
        for delivery in deliveries:
            room = CHUNK - len(found)
            updates = list(islice(envelope.split(delivery.body, delivery.splits), room))
            found += [(delivery, position, update) for position, update in enumerate(updates, delivery.splits)]
            if len(updates) == room:  # it may hold more
                break
            ended.append(delivery)
        seen = await repository.seen(session, [update.key for _, _, update in found if update.key is not None])
        rows = []
        for delivery, position, update in found:
            # Updates of one body arrive together, yet in an order: a microsecond apart, they keep it.
            at = delivery.received_at + timedelta(microseconds=position)
            duplicate = update.key is not None and update.key in seen
            rows.append(_Row(delivery, position, update, at, None if duplicate else decide(update, self._number, at)))
            seen.add(update.key)
            delivery.splits = position + 1
        for delivery in ended:
            delivery.split_at, delivery.next_try_at = self._clock(), None
            if delivery.statuses_only:  # it names the number of who was written to; what it told stands with the send
                await session.delete(delivery)
        return rows

    async def _note(self, session: AsyncSession, rows: Sequence[_Row], outcomes: Sequence[Outcome], woken: set[str]) -> _Split:
        """Puts down every update with its fate."""
        left = iter(outcomes)
        done = _Split(woken=woken)
        kept: list[dict[str, Any]] = []
        for row in rows:
            fate, reason = next(left) if row.decision is not None else (Fate.DUPLICATE, None)
            done.fates.append((row.update.kind, fate))
            whole = fate is Fate.PARKED or rule_of_update(row.update.kind).treatment is Treatment.ALARM
            kept.append(
                {
                    "delivery_id": row.delivery.id,
                    "position": row.position,
                    "kind": row.update.kind[:80],
                    "key": row.update.key if row.decision is not None else None,
                    "fate": fate,
                    "reason": reason,
                    "body": row.update.content if whole else None,
                    "at": row.at,
                }
            )
        if kept:
            await session.execute(insert(Update), kept)
        return done

    async def _put_off(self, delivery_id: int) -> None:
        async with self._database.write() as session:
            delivery = await session.get_one(Delivery, delivery_id)
            delivery.attempts += 1
            delivery.next_try_at = self._clock() + pause(RETRY, delivery.attempts)

    def _end(self, done: _Split) -> None:
        for kind, fate in done.fates:
            self._counted(kind, fate)
        if done.woken:
            self._notify(*sorted(done.woken))
