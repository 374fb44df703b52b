"""Says what the bot lacks to do its work: database, blob store, dialogue, actions, or Meta's goodwill; and what needs a person's look."""

from datetime import datetime, timedelta

from bot.conversations import repository as conversations
from bot.deliveries import repository as inbox
from bot.dialogue.catalogue import OUT_OF_ORDER
from bot.dialogue.client import DialogueClient
from bot.outbox import repository as outbox
from bot.outbox.models import Number
from runtime.health import Check
from standard.clock import Clock
from storage.blobs import BlobStore
from storage.database import Database
from storage.jobs import Jobs
from storage.jobs.runner import LATE
from storage.kept_blobs import stray_alarm

RECENT = timedelta(days=1)
"""For so long what was given up or parked is an alarm; the lists keep it."""


class Readiness:
    """The checks and alarms of `GET /readyz`."""

    def __init__(
        self, database: Database, blobs: BlobStore, dialogue: DialogueClient, number: str, apology: str | None, jobs: Jobs, clock: Clock
    ) -> None:
        self._database, self._blobs = database, blobs
        self._jobs = jobs
        self._clock = clock
        self._number = number
        self._apology = apology
        self.checks: dict[str, Check] = {
            "database": database.check,
            "blobs": blobs.check,
            "dialogue": dialogue.dialogue_missing,
            "actions": dialogue.actions_missing,
            "whatsapp": self._alarm,
            "catalogue": self._catalogue,
        }

    async def alarms(self) -> dict[str, str]:
        """What needs a person's look though the bot works: what was refused or parked, and what has waited for long."""
        now = self._clock()
        try:
            async with self._database.read() as session:
                number = await session.get(Number, self._number)
                refused = await outbox.count_refused(session, now - RECENT)
                faults = await inbox.count_faults(session, now - RECENT)
                oldest = {
                    "received and not split": await inbox.oldest_unsplit(session),
                    "to be sent": await outbox.oldest_unsent(session),
                    "to be answered": await conversations.oldest_open(session),
                }
            late = {**await self._jobs.late(), **await stray_alarm(self._blobs)}
        except Exception:
            return {}  # the database's own check tells
        waits = [f"{what} for {round((now - since).total_seconds())} s" for what, since in oldest.items() if since and now - since > LATE]
        found = {
            "outbox": f"{refused} sends were refused (python -m bot unsent)" if refused else None,
            "inbox": f"{faults} updates were parked that our code failed at (bot_update)" if faults else None,
            "form": form_alarm(number, now),
            "late": "; ".join(waits) or None,
        }
        return {**late, **{name: why for name, why in found.items() if why is not None}}

    async def _alarm(self) -> str | None:
        try:
            async with self._database.read() as session:
                number = await session.get(Number, self._number)
        except Exception:
            return None  # the database's own check tells
        if number is None or number.alarm_at is None:
            return None
        return f"sending stopped by error {number.alarm_code if number.alarm_code is not None else number.alarm}"

    async def _catalogue(self) -> str | None:
        return None if self._apology is not None else f"no response {OUT_OF_ORDER} in data/responses"


def form_alarm(number: Number | None, now: datetime) -> str | None:
    """That Meta did not take a form (a Flow) lately."""
    if number is None or number.form_refused_at is None or now - number.form_refused_at > RECENT:
        return None
    return f"Meta does not take the form (error {number.form_code}): its questions go out in words"
