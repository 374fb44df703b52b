"""Says what the bot lacks to do its work: database, blob store, dialogue, actions, or Meta's goodwill."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.dialogue.catalogue import OUT_OF_ORDER
from bot.dialogue.client import DialogueClient
from bot.outbox.models import Number, State
from bot.outbox.repository import count_states
from storage.blobs import BlobStore
from storage.database import Database

CHECK_WITHIN = 5.0


class Readiness:
    """The checks of `GET /readyz`, run side by side."""

    def __init__(self, database: Database, blobs: BlobStore, dialogue: DialogueClient, number: str, apology: str | None) -> None:
        self._database = database
        self._number = number
        self._apology = apology
        self._checks: dict[str, Callable[[], Awaitable[str | None]]] = {
            "database": lambda: _raised(database.check),
            "blobs": lambda: _raised(blobs.check),
            "dialogue": dialogue.dialogue_missing,
            "actions": dialogue.actions_missing,
            "whatsapp": self._alarm,
            "catalogue": self._catalogue,
        }

    async def missing(self) -> dict[str, str]:
        """What does not answer, and why; empty when the bot is ready."""
        found = await asyncio.gather(*(_within(check) for check in self._checks.values()))
        return {name: why for name, why in zip(self._checks, found, strict=True) if why is not None}

    async def alarms(self) -> dict[str, str]:
        """What needs a person though the bot works: sends that Meta refused and that are stuck."""
        try:
            async with self._database.read() as session:
                stuck = (await count_states(session)).get(State.STUCK, 0)
        except Exception:
            return {}  # the database's own check tells
        return {"outbox": f"{stuck} sends were refused and are stuck (python -m bot unsent)"} if stuck else {}

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
        return None if self._apology is not None else f"no response {OUT_OF_ORDER} in domain.yml"


async def _raised(check: Callable[[], Awaitable[None]]) -> str | None:
    try:
        await check()
    except Exception as error:
        return type(error).__name__
    return None


async def _within(check: Callable[[], Awaitable[str | None]]) -> str | None:
    try:
        return await asyncio.wait_for(check(), CHECK_WITHIN)
    except TimeoutError:
        return "no answer"
