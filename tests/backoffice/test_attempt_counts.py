"""The rows that count failed attempts: forgotten after a day, telling nobody's name, written at once by many."""

import asyncio
import re
from datetime import timedelta

from sqlalchemy import func, select

from backoffice.staff import throttle
from backoffice.staff.models import AttemptCount
from backoffice.staff.throttle import Attempt, Counter, Throttle


async def test_counts_are_forgotten_after_a_day_and_hold_neither_name_nor_address(services, clock):
    attempt = throttle.at_password(services.settings, "siti", "203.0.113.7", None)
    for _ in range(5):
        await throttle.admit(services, attempt)
    async with services.database.read() as session:
        keys = list(await session.scalars(select(AttemptCount.key)))
    assert len(keys) == 3 and all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
    clock.pass_by(hours=25)
    await throttle.admit(services, Attempt(Counter("other")))
    async with services.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AttemptCount)) == 1


async def test_attempts_at_once_on_the_same_counts_do_not_stumble_over_one_another(services):
    attempts = [throttle.at_password(services.settings, f"orang-{n % 3}", "203.0.113.7", None) for n in range(24)]

    async def once(attempt):
        async with services.database.write() as session:
            return await Throttle(session, services.clock()).begin(attempt)

    waits = await asyncio.gather(*(once(attempt) for attempt in attempts))
    assert sum(wait == timedelta() for wait in waits) == 15
