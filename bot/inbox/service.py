"""Splits one stored body into its updates and handles each by the policy: none is lost, none holds up the others."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.contacts.identity import Identity, recipient_of, sender_of
from bot.conversations import repository as conversations
from bot.conversations.message import Message
from bot.deliveries import envelope, repository
from bot.deliveries.models import Delivery, Fate, Update
from bot.inbox import reading
from bot.inbox.policy import Treatment, rule_of_update
from bot.outbox import reports
from bot.outbox import repository as outbox
from standard.clock import Clock
from storage.database import Database, is_lost_race, one_at_a_time
from storage.jobs import growing, pause

log = structlog.get_logger()

RETRY = growing(first=1, factor=3, longest=300)
CHUNK = 20
"""Updates handled in one transaction, of one body or of many: some fifty milliseconds, in which a webhook waits for SQLite's write lock."""

MEDIA_LIVES = timedelta(days=7)
"""Ids of media in webhooks die after seven days (contract, 0.4)."""

SAID_ENOUGH = timedelta(minutes=10)
"""Five things in a row that we can't read are answered once."""

WAKES = {"message": ("turns", "media", "outbox"), "call": ("turns", "outbox"), "status": ("notices", "outbox")}
"""For whom there is something to do after an update of that kind."""

Outcome = tuple[Fate, str | None]
HANDLED: Outcome = (Fate.HANDLED, None)


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
        async with self._database.read() as session:
            return await repository.due(session, self._clock())

    async def split(self, _delivery_id: int) -> None:
        """Splits the oldest bodies that wait, as many as one transaction holds. A fault of the database puts one off; others go on."""
        taken: int | None = None
        fates: list[tuple[str, str]] = []
        try:
            async with self._database.write() as session:
                await one_at_a_time(session, "bot_inbox")
                for delivery in await repository.take(session, self._clock(), CHUNK):
                    taken, room = delivery.id, CHUNK - len(fates)
                    found = await self._split(session, delivery, room)
                    fates += found
                    if len(found) == room:  # it may hold more
                        break
                    delivery.split_at, delivery.next_try_at = self._clock(), None
        except Exception as error:
            if taken is None:
                raise
            if is_lost_race(error):
                log.info("delivery_split_again", delivery=taken)
                return
            log.exception("delivery_not_split", delivery=taken)
            await self._put_off(taken)
            return
        for kind, fate in fates:
            self._counted(kind, fate)
        if woken := {name for kind, fate in fates if fate == Fate.HANDLED for name in WAKES.get(kind, ())}:
            self._notify(*sorted(woken))

    async def _put_off(self, delivery_id: int) -> None:
        async with self._database.write() as session:
            delivery = await session.get_one(Delivery, delivery_id)
            delivery.attempts += 1
            delivery.next_try_at = self._clock() + pause(RETRY, delivery.attempts)

    async def _split(self, session: AsyncSession, delivery: Delivery, room: int) -> list[tuple[str, str]]:
        """Settles the next updates of a body, `room` at most."""
        updates = list(islice(enumerate(envelope.split(delivery.body)), delivery.splits, delivery.splits + room))
        seen = await repository.seen(session, [update.key for _, update in updates if update.key is not None])
        rows = []
        for position, update in updates:
            # Updates of one body arrive together, yet in an order: a microsecond apart, they keep it.
            at = delivery.received_at + timedelta(microseconds=position)
            duplicate = update.key in seen
            fate, reason = (Fate.DUPLICATE, None) if duplicate else await self._settle(session, update, at)
            body = update.content if fate is Fate.PARKED or rule_of_update(update.kind).treatment is Treatment.ALARM else None
            row = Update(delivery_id=delivery.id, position=position, kind=update.kind[:80], key=None if duplicate else update.key, at=at)
            row.fate, row.reason, row.body = fate, reason, body
            rows.append(row)
            seen |= {update.key} - {None}
        session.add_all(rows)
        await session.flush()
        delivery.splits += len(rows)
        return [(update.kind, row.fate) for (_, update), row in zip(updates, rows, strict=True)]

    async def _settle(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        """Handles one update; a message that has to be parked is answered all the same."""
        outcome = await self._try(session, update, at)
        if outcome[0] is Fate.PARKED and update.number == self._number and update.key is not None and reading.is_said_to_us(update):
            await self._answer_unreadable(session, update, at)
        return outcome

    async def _try(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        """Handles one update inside a savepoint. Whatever is wrong with it parks it; only a fault of database or disk is raised."""
        try:
            async with session.begin_nested():
                return await self._handle(session, update, at)
        except reading.Unreadable as unreadable:
            return Fate.PARKED, unreadable.reason
        except Exception as error:
            if isinstance(error, SQLAlchemyError | OSError) and not isinstance(error, DataError | IntegrityError):
                raise
            log.exception("update_parked", kind=update.kind, position=at.microsecond)
            return Fate.PARKED, f"fault:{type(error).__name__}"[:80]

    async def _answer_unreadable(self, session: AsyncSession, update: envelope.Update, at: datetime) -> None:
        """Tells whoever sent something that we can't read so, once in `SAID_ENOUGH`."""
        sender = sender_of(update.content, update.contacts)
        if not sender:
            return
        contact = await contacts.see(session, sender, at)
        if await conversations.has_unreadable(session, contact.id, at - SAID_ENOUGH):
            return
        await self._queue(session, sender, reading.UNREADABLE, update.content, at)

    async def _handle(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        if update.kind == "malformed":
            return Fate.PARKED, update.reason
        if update.kind in {"message", "status", "call"} and update.number != self._number:
            return Fate.PARKED, "other_number"
        if update.kind == "message":
            return await self._message(session, update, at)
        rule = rule_of_update(update.kind)
        match rule.treatment:
            case Treatment.STATUS:
                return await self._status(session, update, at)
            case Treatment.OTHER:
                return await self._call(session, update, at)
            case Treatment.ALARM:
                log.warning("operator_update", kind=update.kind, operator_event=_short_event(update.content))
                return HANDLED
            case Treatment.IGNORE:
                return Fate.IGNORED, None
        return Fate.PARKED, rule.why

    async def _message(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        if update.key is None:
            raise reading.Unreadable("no_id")
        sender = sender_of(update.content, update.contacts)
        if not sender:
            raise reading.Unreadable("no_sender")
        found = reading.read(update.content)
        if found.rule.treatment is Treatment.SYSTEM:
            system = update.content["system"]
            new = Identity(_id(system.get("wa_id") or system.get("new_wa_id")), _id(system.get("user_id")))
            if not new:
                raise reading.Unreadable("no_new_identity")
            await contacts.change(session, sender, new, at)
            return HANDLED
        if found.message is None:
            return (Fate.IGNORED, None) if found.rule.treatment is Treatment.IGNORE else (Fate.PARKED, found.rule.why)
        await self._queue(session, sender, found.message, update.content, at)
        return HANDLED

    async def _call(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        message = reading.read_call(update.content)
        if message is None:
            return Fate.IGNORED, None
        sender = sender_of(update.content, update.contacts)
        if not sender or update.key is None:
            raise reading.Unreadable("no_sender")
        await self._queue(session, sender, message, {**update.content, "id": None}, at)
        return HANDLED

    async def _queue(self, session: AsyncSession, sender: Identity, message: Message, content: dict[str, Any], at: datetime) -> None:
        """Into the queue of whoever sent it; and the 24-hour window is open again, so what was held back for it may go."""
        contact = await contacts.see(session, sender, at)
        sent_at = reading.moment_of(content, at)
        contact.last_inbound_at = max(contact.last_inbound_at or sent_at, sent_at)
        now, wamid = self._clock(), content.get("id")
        await conversations.add_item(session, contact.id, message, wamid, sent_at, at, at + MEDIA_LIVES, now)
        await outbox.release_held(session, contact.id, now)

    async def _status(self, session: AsyncSession, update: envelope.Update, at: datetime) -> Outcome:
        if update.key is None:
            raise reading.Unreadable("no_id")
        sending = await reports.merge_status(session, update.content, reading.moment_of(update.content, at), at, self._number)
        if sending is None:
            return Fate.PARKED, "unknown_message"
        contact = await contacts.find(session, sending.contact_id)
        if contact is not None:
            await contacts.learn(session, contact, recipient_of(update.content, update.contacts))
        return HANDLED


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value) and len(str(value)) <= 200 else None


def _short_event(content: dict[str, Any]) -> str:
    """What an account update is called; such names are Meta's own words, no one's data."""
    return str(content.get("event") or content.get("code") or "")[:60]
