"""Runs one person's queue: opens a turn, asks the dialogue, puts the answer into the outbox, until nothing is due."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts import repository as contacts
from bot.conversations import repository
from bot.conversations.agenda import Rules, Wait, decide
from bot.conversations.models import ConversationQueue, Turn, TurnState
from bot.dialogue import turn as turns
from bot.dialogue.client import DialogueClient, DialogueDown, DialogueFailed, NoAnswer
from bot.media import repository as media
from bot.notices import repository as notices
from bot.notices.models import Notice
from bot.outbox import repository as outbox
from bot.retention.erasing import erase_chat
from bot.turns.presence import Presence
from contracts.answer import Message
from standard.clock import Clock
from storage.database import Database
from storage.jobs import Queue, growing, pause
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

LEASE = timedelta(seconds=10)
"""When a process is killed, the turns that it was asking are asked by another after so long."""

WHILE_DOWN = growing(first=1, longest=5)
AFTER_FAILURE = growing(first=1, factor=3, longest=30)
FAILURES_UNTIL_PARKED = 5
"""With the waits between them, the dialogue gets some 40 seconds to recover before a turn is given up."""


@dataclass(frozen=True)
class TurnObserver:
    """What is called when a turn has ended and when the outbox has something to send."""

    turn_ended: Callable[[str, str, float], None]
    outbox_filled: Callable[[], None]


class TurnRunner:
    """Any number of runners, in any number of processes, may work side by side; a queue is in the hands of one."""

    def __init__(
        self,
        database: Database,
        blobs: KeptBlobs,
        dialogue: DialogueClient,
        presence: Presence,
        clock: Clock,
        rules: Rules,
        apology: str | None,
        observer: TurnObserver,
    ) -> None:
        self.jobs = Queue(database, ConversationQueue, ConversationQueue.due_at, clock, lease=LEASE)
        self._database = database
        self._blobs = blobs
        self._dialogue = dialogue
        self._presence = presence
        self._clock = clock
        self._rules = rules
        self._apology = apology
        self._observer = observer

    async def run(self, leased: ConversationQueue) -> None:
        """Turn after turn, until the queue has nothing due or is lost to another worker."""
        while (turn := await self._next_turn(leased)) is not None:
            await self._answer(leased, turn)

    async def _next_turn(self, leased: ConversationQueue) -> Turn | None:
        """The turn to ask now: the one left unanswered, or a new one. None gives the queue back."""
        async with self._database.write() as session:
            now = self._clock()
            queue = await self.jobs.hold(session, leased)
            if queue is None:
                return None
            turn = await repository.open_turn(session, leased.contact_id)
            if turn is None:
                step = decide(await repository.waiting(session, leased.contact_id), now, self._rules)
                if isinstance(step, Wait):
                    _give_back(queue, step.until)
                    return None
                turn = await self._open(session, leased.contact_id, step.items, now)
            elif turn.next_try_at is not None and turn.next_try_at > now:
                _give_back(queue, turn.next_try_at)
                return None
            turn.attempts += 1
            return turn

    async def _open(self, session: AsyncSession, contact_id: str, ids: tuple[int, ...], now: datetime) -> Turn:
        contact = await contacts.find(session, contact_id)
        assert contact is not None, "a queue belongs to a contact"
        found = await repository.items(session, ids)
        turn_id = str(uuid.uuid4())
        request = turns.request(turn_id, contact, found, await contacts.former_ids(session, contact.id))
        first = found[0][0]
        turn = Turn(id=turn_id, contact_id=contact_id, kind=first.kind, notice_id=first.notice_id, request=request, opened_at=now)
        turn.state, turn.attempts, turn.failures = TurnState.OPEN, 0, 0
        await repository.take(session, ids, turn)
        return turn

    async def _answer(self, leased: ConversationQueue, turn: Turn) -> None:
        showing = asyncio.create_task(self._presence.show(turn.request["metadata"]["messages"], first=turn.attempts == 1))
        try:
            answer: list[Message] | NoAnswer = await self._dialogue.ask(turn.request)
        except NoAnswer as failure:
            answer = failure
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        try:
            await self._conclude(leased, turn.id, answer)
        except Exception as error:  # an answer that can't be kept counts as none, or the queue would stand still for good
            log.exception("answer_not_kept", turn=turn.id)
            await self._conclude(leased, turn.id, DialogueFailed(type(error).__name__))

    async def _conclude(self, leased: ConversationQueue, turn_id: str, answer: list[Message] | NoAnswer) -> None:
        """The answer and the turn's end, in one transaction; nothing when the queue was lost meanwhile.

        Where an officer has written meanwhile, only files go out (a receipt, a form): from then on the bot is silent.
        """
        answered: set[str] = set()
        async with self._database.write() as session:
            now = self._clock()
            if await self.jobs.hold(session, leased) is None:
                return
            turn = await session.get_one(Turn, turn_id)
            if turn.state != TurnState.OPEN:
                return
            if isinstance(answer, list):
                self._close(turn, TurnState.DONE, now)
                if any(message.erase for message in answer):
                    await erase_chat(session, turn.contact_id)
                if turn.notice_id is None and await repository.takeover_waits(session, turn.contact_id):
                    answer = [message for message in answer if message.document or message.image]
                await outbox.add(session, turn, answer, now)
                answered = await media.answered(session, turn.id)
            else:
                await self._put_off(session, turn, answer, now)
        await self._blobs.erase_unneeded(answered)
        if turn.state != TurnState.OPEN:
            self._observer.turn_ended(turn.kind, turn.state, (now - turn.opened_at).total_seconds())
            self._observer.outbox_filled()

    async def _put_off(self, session: AsyncSession, turn: Turn, failure: NoAnswer, now: datetime) -> None:
        if isinstance(failure, DialogueDown):
            log.warning("dialogue_down", turn=turn.id, attempts=turn.attempts, why=failure.why)
            turn.next_try_at = now + pause(WHILE_DOWN, turn.attempts)
            return
        turn.failures += 1
        log.warning("dialogue_failed", turn=turn.id, failures=turn.failures, why=failure.why)
        turn.next_try_at = now + pause(AFTER_FAILURE, turn.failures)
        if turn.failures >= FAILURES_UNTIL_PARKED:
            log.error("turn_parked", turn=turn.id, turn_kind=turn.kind)
            self._close(turn, TurnState.PARKED, now)
            if turn.notice_id is not None:  # the citizen asked nothing and waits for nothing; the back office has to know
                await notices.tell(session, await session.get_one(Notice, turn.notice_id), "failed", now)
            elif self._apology is not None:
                await outbox.add(session, turn, [Message(text=self._apology)], now)

    @staticmethod
    def _close(turn: Turn, state: TurnState, now: datetime) -> None:
        turn.state, turn.closed_at, turn.next_try_at = state, now, None


def _give_back(queue: ConversationQueue, due_at: datetime | None) -> None:
    """To be looked at again at that moment, or when something comes."""
    queue.due_at = due_at
    release(queue)
