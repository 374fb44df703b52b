"""What operators ask: `/healthz`, `/readyz`, `/metrics`."""

from functools import partial
from typing import Any

from sanic import Request

from bot.conversations import repository as conversations
from bot.deliveries import repository as inbox
from bot.graph.errors import Stopped, what_stopped
from bot.media import repository as media
from bot.ops.readiness import form_alarm
from bot.outbox import repository as outbox
from bot.outbox.models import Number
from runtime.health import Health, health_routes
from standard.clock import to_local


def health_of(request: Request) -> Health:
    """What operators ask of the bot that serves this request."""
    bot = request.app.ctx.bot
    return Health(bot.readiness.checks, bot.readiness.alarms, partial(figures, bot), bot.settings.landa_mewa_var)


blueprint = health_routes(health_of)


async def figures(bot: Any) -> bytes:
    """Counters of this process, and gauges of what lies in the database."""
    now = bot.clock()
    month = to_local(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    m = bot.metrics
    for gauge in (m.sendings, m.turns_now, m.prices, m.templates, m.form, m.model):
        gauge.clear()
    for name, backlog in (await bot.jobs.backlogs()).items():
        m.jobs.labels(name).set(backlog.jobs)
        m.oldest_job.labels(name).set((now - backlog.oldest).total_seconds() if backlog.oldest else 0)
    async with bot.database.read() as session:
        for state, count in (await outbox.count_states(session)).items():
            m.sendings.labels(state).set(count)
        for state, count in (await conversations.count_turns(session)).items():
            m.turns_now.labels(state).set(count)
        for (category, type_), count in (await outbox.count_prices(session, month)).items():
            m.prices.labels(category, type_).set(count)
        oldest = await conversations.oldest_open(session)
        m.oldest_turn.set((now - oldest).total_seconds() if oldest else 0)
        unsent_since = await outbox.oldest_unsent(session)
        m.oldest_unsent.set((now - unsent_since).total_seconds() if unsent_since else 0)
        unsplit_since = await inbox.oldest_unsplit(session)
        m.oldest_unsplit.set((now - unsplit_since).total_seconds() if unsplit_since else 0)
        m.parked.set(await inbox.count_parked(session))
        m.media_waiting.set(await media.count_waiting(session))
        number = await session.get(Number, bot.settings.phone_number_id)
        stopped = what_stopped(number.alarm_code) if number is not None and number.alarm_at is not None else None
        for what in Stopped:
            m.alarm.labels(what).set(1 if what is stopped else 0)
        if number is not None and form_alarm(number, now) is not None:
            m.form.labels(str(number.form_code or 0)).set(1)
        for code, count in (await outbox.count_stuck_templates(session)).items():
            m.templates.labels(str(code)).set(count)
    if (model := await bot.dialogue.model()) is not None:
        m.model.labels(model).set(1)
    text: bytes = m.text()
    return text
