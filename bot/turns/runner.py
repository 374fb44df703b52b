"""Runs one person's queue: opens a turn, asks the dialogue, puts the answer into the outbox, until nothing is due."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.capture import links
from bot.capture.links import Capturing
from bot.contacts import repository as contacts
from bot.conversations import repository
from bot.conversations.agenda import Rules, Wait, decide, is_passed_over
from bot.conversations.models import ConversationQueue, Item, Turn, TurnState
from bot.dialogue import turn as turns
from bot.dialogue.client import DialogueClient, DialogueDown, DialogueFailed, NoAnswer
from bot.media import repository as media
from bot.notices import repository as notices
from bot.notices.models import Notice
from bot.outbox import repository as outbox
from bot.retention.erasing import erase_chat
from bot.turns import replay
from bot.turns.presence import Presence
from contracts.answer import Message
from contracts.turn import TurnKind
from standard.clock import Clock
from storage.database import Database, may_pass
from storage.jobs import Queue, growing, pause
from storage.jobs.queue import release
from storage.kept_blobs import KeptBlobs

log = structlog.get_logger()

NOT_OFFERED = Capturing()

LEASE = timedelta(seconds=10)
"""When a process is killed, the turns that it was asking are asked by another after so long."""

WHILE_DOWN = growing(first=1, longest=5)
AFTER_FAILURE = growing(first=1, factor=3, longest=30)
FAILURES_UNTIL_PARKED = 5
"""With the waits between them, the dialogue gets some 40 seconds to recover before a turn is given up."""


ASK_AGAIN = growing(first=300, longest=3600)
"""A parked turn is asked again after so long (`bot.turns.replay`)."""


@dataclass(frozen=True)
class Sentences:
    """What the bot says without the dialogue; None where the texts lack it."""

    out_of_order: str | None
    still_fetching: str | None


@dataclass(frozen=True)
class TurnObserver:
    """What is called when a turn has ended and when the outbox has something to send."""

    turn_ended: Callable[[str, str, float], None]
    turns_opened: Callable[[], None]
    outbox_filled: Callable[[bool], None]
    """With whether it was a notice's turn."""
    erased: Callable[[str], None] = lambda _contact: None
    """With the contact whose words are erased on their wish, before they are: noted outside the database (`storage.erasures`)."""


@dataclass(frozen=True)
class Work:
    """A leased conversation queue, and the turn to ask first."""

    queue: ConversationQueue
    turn: Turn


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
        sentences: Sentences,
        observer: TurnObserver,
        capturing: Capturing = NOT_OFFERED,
    ) -> None:
        self.jobs = Queue(database, ConversationQueue, ConversationQueue.due_at, clock, lease=LEASE)
        self._database = database
        self._blobs = blobs
        self._dialogue = dialogue
        self._presence = presence
        self._clock = clock
        self._rules = rules
        self._sentences = sentences
        self._observer = observer
        self._capturing = capturing

    async def claim(self) -> Work | None:
        """The next queue that is due, leased, with the turn to ask; both in one transaction. Without a turn it was given back."""
        while await self.jobs.may_be_due():
            try:
                async with self._database.write() as session:
                    queue = await self.jobs.claim_within(session)
                    if queue is None:
                        return None
                    turn = await self._next_turn(session, queue)
            except Exception as error:
                if may_pass(error) or (leased := await self.jobs.claim()) is None:
                    raise
                log.exception("queue_put_off", attempts=leased.attempts)
                await self.jobs.put_off(leased)
                continue
            if turn is not None:
                return Work(queue, turn)
        return None

    async def ask_again(self) -> None:
        """Opens the parked turns whose time has come."""
        async with self._database.write() as session:
            turns = await replay.ask_again(session, self._clock())
        if turns:
            log.info("parked_turns_asked_again", count=len(turns))
            self._observer.turns_opened()

    async def work(self, work: Work) -> None:
        """Turn after turn, until the queue has nothing due or is lost to another worker."""

        async def answer(queue: ConversationQueue) -> None:
            turn: Turn | None = work.turn
            while turn is not None:
                turn = await self._answer(queue, turn)

        await self.jobs.doing(answer)(work.queue)

    async def _next_turn(self, session: AsyncSession, queue: ConversationQueue) -> Turn | None:
        """The turn to ask now: the one left unanswered, or a new one. None gives the queue back."""
        contact_id = queue.contact_id
        opened, items = await repository.open_turns(session, contact_id), await repository.waiting(session, contact_id)
        return await self._among(session, queue, opened, items, self._clock())

    async def _among(
        self, session: AsyncSession, queue: ConversationQueue, opened: Sequence[Turn], items: Sequence[Item], now: datetime
    ) -> Turn | None:
        await self._tell_delays(session, queue.contact_id, items, now)
        turn = next(iter(opened), None)
        while turn is None:
            step = decide(repository.agenda_of(items), now, self._rules)
            if isinstance(step, Wait):
                _give_back(queue, step.until)
                return None
            new, taken = await self._open(session, queue.contact_id, [item for item in items if item.id in step.items], now)
            if new.state == TurnState.OPEN:
                return new
            items = [item for item in items if item.id not in taken]
        if turn.next_try_at is not None and turn.next_try_at > now:
            _give_back(queue, turn.next_try_at)
            return None
        turn.attempts += 1
        return turn

    async def _tell_delays(self, session: AsyncSession, contact_id: str, items: Sequence[Item], now: datetime) -> None:
        """Says once that files are still being fetched, so that nobody sends them again or thinks that they are lost."""
        waiting = zip(items, repository.agenda_of(items), strict=True)
        late = [item for item, known in waiting if is_passed_over(known, now, self._rules) and not item.delay_told]
        if not late or self._sentences.still_fetching is None:
            return
        for item in late:
            item.delay_told = True
        await outbox.say(session, contact_id, self._sentences.still_fetching, now)

    async def _open(self, session: AsyncSession, contact_id: str, items: Sequence[Item], now: datetime) -> tuple[Turn, set[int]]:
        """A turn of these items, asked for the first time, with their ids; parked where what they hold makes no question.

        Of texts that make none together the first is tried alone.
        """
        contact, formerly = await contacts.with_former_ids(session, contact_id)
        assert contact is not None, "a queue belongs to a contact"
        found = await repository.with_files(session, items)
        first = items[0]
        turn = Turn(id=str(uuid.uuid4()), contact_id=contact_id, kind=first.kind, notice_id=first.notice_id, request={}, opened_at=now)
        turn.state, turn.attempts, turn.failures = TurnState.OPEN, 1, 0
        try:
            turn.request = turns.request(turn.id, contact, found, formerly)
        except SQLAlchemyError:
            raise
        except Exception:
            if turn.kind == TurnKind.TEXT and len(items) > 1:
                return await self._open(session, contact_id, items[:1], now)
            log.exception("turn_not_opened", turn=turn.id, turn_kind=turn.kind)
            await repository.take(session, [item.id for item in items], turn)
            await self._park(session, turn, now)
        else:
            await repository.take(session, [item.id for item in items], turn)
        return turn, {item.id for item in items}

    async def _answer(self, leased: ConversationQueue, turn: Turn) -> Turn | None:
        """Asks and keeps the answer; the turn to ask then."""
        showing = asyncio.create_task(self._presence.show(turn.request["metadata"]["messages"], first=turn.attempts == 1))
        try:
            answer: list[Message] | NoAnswer = await self._dialogue.ask(turn.request)
        except NoAnswer as failure:
            answer = failure
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        try:
            return await self._conclude(leased, turn.id, answer)
        except Exception as error:  # an answer that can't be kept counts as none, or the queue would stand still for good
            log.exception("answer_not_kept", turn=turn.id)
            return await self._conclude(leased, turn.id, DialogueFailed(type(error).__name__))

    async def _conclude(self, leased: ConversationQueue, turn_id: str, answer: list[Message] | NoAnswer) -> Turn | None:
        """The answer, the turn's end and the next turn, in one transaction; nothing when the queue was lost meanwhile.

        Where an officer has written meanwhile, only files go out (a receipt, a form): from then on the bot is silent.
        """
        answered: set[str] = set()
        erases = False
        async with self._database.write() as session:
            now = self._clock()
            if (queue := await self.jobs.hold(session, leased)) is None:
                return None
            opened = await repository.open_turns(session, queue.contact_id)
            turn = next((turn for turn in opened if turn.id == turn_id), None)
            if turn is None:
                return None
            items = await repository.waiting(session, queue.contact_id)
            if isinstance(answer, list):
                self._close(turn, TurnState.DONE, now)
                if erases := any(message.erase for message in answer):
                    await asyncio.to_thread(self._observer.erased, turn.contact_id)
                    await erase_chat(session, turn.contact_id)
                await repository.conceal(session, turn.contact_id, answer)
                if turn.notice_id is None and repository.takeover_waits(items):
                    answer = [message for message in answer if message.document or message.image]
                said = await links.offer(session, turn.contact_id, answer, self._capturing, now)
                await outbox.add(session, turn, [message for message in said if not message.silence], now)
                if turn.kind in repository.WITH_FILES:
                    answered = await media.answered(session, turn.id)
            else:
                await self._put_off(session, turn, answer, now)
            left = [turn for turn in opened if turn.state == TurnState.OPEN]
            following = await self._among(session, queue, left, items, now)
        if answered:
            await self._blobs.erase_unneeded(answered)
        if erases:
            await self._database.forget_log()
        if turn.state != TurnState.OPEN:
            self._observer.turn_ended(turn.kind, turn.state, (now - turn.opened_at).total_seconds())
            self._observer.outbox_filled(turn.notice_id is not None)
        return following

    async def _put_off(self, session: AsyncSession, turn: Turn, failure: NoAnswer, now: datetime) -> None:
        if isinstance(failure, DialogueDown):
            log.warning("dialogue_down", turn=turn.id, attempts=turn.attempts, why=failure.why)
            turn.next_try_at = now + pause(WHILE_DOWN, turn.attempts)
            return
        turn.failures += 1
        log.warning("dialogue_failed", turn=turn.id, failures=turn.failures, why=failure.why)
        turn.next_try_at = now + pause(AFTER_FAILURE, turn.failures)
        if turn.failures >= FAILURES_UNTIL_PARKED:
            await self._park(session, turn, now)
        elif turn.kind == TurnKind.TEXT:
            await self._divide(session, turn)

    async def _divide(self, session: AsyncSession, turn: Turn) -> None:
        """Of texts that failed together only the first is asked again, the others wait for their turn: one that can't be answered takes no
        other with it."""
        first, *others = await repository.items_of(session, turn.id)
        if not others:
            return
        contact, formerly = await contacts.with_former_ids(session, turn.contact_id)
        assert contact is not None, "a turn belongs to a contact"
        turn.request = turns.request(turn.id, contact, await repository.with_files(session, [first]), formerly)
        await repository.give_back(session, [item.id for item in others])

    async def _park(self, session: AsyncSession, turn: Turn, now: datetime) -> None:
        log.error("turn_parked", turn=turn.id, turn_kind=turn.kind, failures=turn.failures)
        self._close(turn, TurnState.PARKED, now)
        turn.next_try_at = now + pause(ASK_AGAIN, turn.failures - FAILURES_UNTIL_PARKED + 1)
        if turn.notice_id is not None:  # the citizen asked nothing and waits for nothing; the back office has to know
            await notices.tell(session, await session.get_one(Notice, turn.notice_id), "failed", now)
        elif self._sentences.out_of_order is not None and turn.failures <= FAILURES_UNTIL_PARKED:
            await outbox.add(session, turn, [Message(text=self._sentences.out_of_order)], now)

    @staticmethod
    def _close(turn: Turn, state: TurnState, now: datetime) -> None:
        turn.state, turn.closed_at, turn.next_try_at = state, now, None


def _give_back(queue: ConversationQueue, due_at: datetime | None) -> None:
    """To be looked at again at that moment, or when something comes."""
    queue.due_at = due_at
    release(queue)
