"""Carries out what was decided about many updates of one transaction, with as few statements as one update would need."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.contacts.identity import Identity, recipient_of
from bot.contacts.models import Contact
from bot.contacts.people import People
from bot.conversations import repository as conversations
from bot.conversations.message import Message
from bot.deliveries.models import Fate
from bot.inbox.deciding import Changed, Decision, Enqueue, Ignore, Park, Rename, Report
from bot.outbox import reports
from bot.outbox import repository as outbox

MEDIA_LIVES = timedelta(days=7)
"""Ids of media in webhooks die after seven days (contract, 0.4)."""

SAID_ENOUGH = timedelta(minutes=10)
"""Five things in a row that we can't read are answered once."""

Outcome = tuple[Fate, str | None]
HANDLED: Outcome = (Fate.HANDLED, None)


class Batch:
    """One transaction's updates. `woken` names the workers that have something to do after it."""

    def __init__(self, session: AsyncSession, now: datetime, number: str) -> None:
        self.woken: set[str] = set()
        self._session, self._now, self._number = session, now, number
        self._people = People(session, [])
        self._new: list[Contact] = []
        self._messages: list[tuple[Contact, Enqueue, datetime]] = []

    async def carry_out(self, decided: Sequence[tuple[Decision, datetime]]) -> list[Outcome]:
        """The fate of each, in their order; each comes with the moment of its arrival. What people say goes before what became of sends."""
        senders = [sender for decision, _ in decided if (sender := _sender(decision)) is not None]
        self._people = await People.load(self._session, senders)
        for decision, at in decided:
            await self._take_in(decision, at)
        await self._write()
        statuses = [decision for decision, _ in decided if isinstance(decision, Report)]
        known = iter(await self._merge(statuses))
        return [_outcome(decision, known) for decision, _ in decided]

    async def _take_in(self, decision: Decision, at: datetime) -> None:
        match decision:
            case Enqueue():
                contact = await self._see(decision.sender, at)
                self._messages.append((contact, decision, at))
            case Rename():
                await self._write()
                contact = await contacts.change(self._session, decision.old, decision.new, at)
                contact.changed_at = at if decision.new.wa_id else contact.changed_at
                self._people.add(contact)
            case Changed():
                (await self._see(decision.sender, at)).changed_at = at
            case Park(answered=Enqueue() as unreadable):
                contact = await self._see(unreadable.sender, at)
                await self._write()
                if not await conversations.has_unreadable(self._session, contact.id, at - SAID_ENOUGH):
                    self._messages.append((contact, unreadable, at))

    async def _see(self, sender: Identity, at: datetime) -> Contact:
        if (contact := self._people.known(sender)) is not None:
            return contact
        if self._people.is_new(sender):
            contact = contacts.new(sender, at)
            self._new.append(contact)
        else:
            await self._write()
            contact = await contacts.see(self._session, sender, at)
        self._people.add(contact)
        return contact

    async def _write(self) -> None:
        """Puts down what has gathered: new people, then their messages, then the files of these."""
        messages, self._messages = self._messages, []
        await contacts.add_all(self._session, self._new)
        self._new = []
        if not messages:
            return
        for contact, said, _ in messages:
            contact.last_inbound_at = max(contact.last_inbound_at or said.sent_at, said.sent_at)
        ids = {contact.id for contact, _, _ in messages}
        await conversations.wake(self._session, ids, self._now)
        incoming = [
            conversations.Incoming(contact.id, said.message, said.wamid, said.sent_at, at, at + MEDIA_LIVES)
            for contact, said, at in messages
        ]
        await conversations.add_items(self._session, incoming, self._now)
        self.woken.add("turns")
        if any(_has_files(said.message) for _, said, _ in messages):
            self.woken.add("media")
        if await outbox.release_held(self._session, ids, self._now):
            self.woken.add("outbox")

    async def _merge(self, statuses: Sequence[Report]) -> list[bool]:
        """Which of these statuses are of messages of ours."""
        if not statuses:
            return []
        merged = await reports.merge(self._session, [(s.content, s.at) for s in statuses], self._now, self._number)
        self.woken |= merged.woken
        for person, status in zip(merged.people, statuses, strict=True):
            contact = await contacts.find(self._session, person.id) if person is not None else None
            if contact is not None:
                await contacts.learn(self._session, contact, recipient_of(status.content, status.contacts))
        return [person is not None for person in merged.people]


def _sender(decision: Decision) -> Identity | None:
    match decision:
        case Enqueue(sender=sender) | Changed(sender=sender) | Park(answered=Enqueue(sender=sender)):
            return sender
        case Rename(old=old):
            return old
    return None


def _outcome(decision: Decision, known: Iterator[bool]) -> Outcome:
    match decision:
        case Ignore():
            return Fate.IGNORED, None
        case Park(reason=reason):
            return Fate.PARKED, reason
        case Report():
            return HANDLED if next(known) else (Fate.PARKED, "unknown_message")
    return HANDLED


def _has_files(message: Message) -> bool:
    return any(file.problem is None for file in message.files)
