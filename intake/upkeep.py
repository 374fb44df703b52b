"""Looks after what lies still: reminds once of an unfinished draft inside the 24-hour window, and erases what nobody came back to."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

import httpx

from contracts.notice import CeritaUsai, Nothing, Notice, Pengingat
from intake.drafts.model import Draft, DraftState
from intake.drafts.repository import Repository
from intake.handover.dispatches import forget_arrived, handed_over_kept_from
from intake.questions.table import open_question
from intake.service import Intake
from standard.clock import to_local
from standard.complaints import telling
from standard.requirements import standard
from storage.points import last_backup

REMIND_AFTER = timedelta(hours=20)
WINDOW = timedelta(hours=23)
"""WhatsApp lets us write freely for 24 hours after the last message; the reminder comes with an hour to spare."""

AWAKE = (7, 20)
"""Hours of the day in Blora between which a reminder disturbs nobody's sleep."""

EARLIEST = timedelta(hours=12)
"""The shortest silence behind which one is due: who wrote at half past six in the morning is reminded at seven in the evening."""

CLOSED_KEPT = timedelta(days=90)
ANSWERS_KEPT = timedelta(days=7)
EVERY = timedelta(minutes=5)
OFTEN = timedelta(seconds=30)


def reminder_due(last: datetime) -> datetime:
    """When to remind who wrote last then: 20 hours later; at night rather in the morning, or the evening before."""
    due = to_local(last) + REMIND_AFTER
    wakes, sleeps = AWAKE
    if wakes <= due.hour < sleeps:
        return due
    morning = due.replace(hour=wakes, minute=0, second=0, microsecond=0) + timedelta(days=due.hour >= sleeps)
    return morning if morning <= last + WINDOW else morning - timedelta(hours=24 + wakes - sleeps + 1)


class Upkeep:
    """The housekeeping. `bot` is an HTTP client with the bot's address as its base and the service token in its headers."""

    def __init__(self, intake: Intake, bot: httpx.AsyncClient) -> None:
        self.intake, self.bot = intake, bot

    def schedule(self) -> None:
        """Adds them to the intake's jobs: done every so often, by one process at a time."""
        self.intake.jobs.every(EVERY, "remind", self.remind)
        self.intake.jobs.every(EVERY, "erase", self.erase)
        self.intake.jobs.every(OFTEN, "stories", self.end_stories)

    async def remind(self) -> int:
        """Has every contact reminded whose draft waits, once in one silence; returns how many."""
        now = self.intake.clock()
        async with self.intake.database.read() as session:
            waiting = await Repository(session).waiting_conversations(now - EARLIEST, now - WINDOW)
        reminded = 0
        for conversation in waiting:
            if conversation.last_in_at is None or reminder_due(conversation.last_in_at) > now:
                continue
            draft = await self._draft(conversation.draft)
            if draft is not None and draft.agreed and open_question(draft) is not None and conversation.officer is None:
                key = f"pengingat-{draft.id}-{conversation.last_in_at:%Y%m%d%H%M%S}"
                if not await self._send(Pengingat, "pengingat", key, conversation.contact, draft.number or ""):
                    continue
                reminded += 1
            async with self.intake.database.write() as session:
                await Repository(session).note_reminder(conversation.contact, now)
        return reminded

    async def erase(self) -> int:
        """Deletes drafts in which nothing happened for the days of `requirements.yml`, with their photos, and old answers.

        What the intake remembers of a case or complaint that is over goes too, 90 days later: its record is the back office's. So does the
        talk of who has only asked something, with the days of silence.
        """
        now, backed_up = self.intake.clock(), await last_backup(self.intake.database)
        async with self.intake.database.write() as session:
            repository = Repository(session)
            silent = await repository.silent_drafts(DraftState.OPEN, now - timedelta(days=standard().settings.draft_days))
            for draft in [*silent, *await repository.silent_drafts(DraftState.CLOSED, now - CLOSED_KEPT)]:
                await repository.delete_draft(draft.id)
                await repository.forget_papers(draft)
                await repository.forget_conversation(draft.contact)
            await repository.forget_silent(now - timedelta(days=standard().settings.draft_days), now - CLOSED_KEPT)
            await repository.forget_answers(now - ANSWERS_KEPT)
            await forget_arrived(session, handed_over_kept_from(now, backed_up))
        await self.intake.blobs.erase_unneeded()
        await self.intake.database.forget_log()
        return len(silent)

    async def _draft(self, draft: str | None) -> Draft | None:
        if draft is None:
            return None
        async with self.intake.database.read() as session:
            return await Repository(session).draft(draft)

    async def end_stories(self) -> int:
        """Has every complaint filed that was being told and is not gone on with; returns how many."""
        async with self.intake.database.read() as session:
            silent = await Repository(session).quiet_stories(self.intake.clock() - telling().quiet)
        ended = 0
        for conversation in silent:
            if conversation.story is not None:
                key = f"cerita-{uuid5(NAMESPACE_OID, conversation.contact)}-{conversation.story.last_at:%Y%m%d%H%M%S}"
                ended += await self._send(CeritaUsai, "cerita_usai", key, conversation.contact, "")
        return ended

    async def _send(self, shape: type[Notice], kind: str, key: str, contact: str, number: str) -> bool:
        """A notice of our own to the bot (docs/contracts.md); by its id it is one, however often it is sent."""
        now = self.intake.clock()
        notice = shape(id=key, contact=contact, kind=kind, number=number, at=now, data=Nothing(), attachments=[])
        try:
            answer = await self.bot.post("/internal/notices", json=notice.body())
        except httpx.HTTPError:
            return False
        return answer.is_success or answer.status_code == httpx.codes.NOT_FOUND
