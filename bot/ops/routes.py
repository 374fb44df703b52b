"""What operators ask: `/healthz`, `/readyz`, `/metrics`."""

from sanic import Blueprint, HTTPResponse, Request, json, raw, text

from bot.conversations import repository as conversations
from bot.deliveries import repository as inbox
from bot.media import repository as media
from bot.outbox import repository as outbox
from bot.outbox.models import Number
from standard.clock import to_jakarta

blueprint = Blueprint("ops")


@blueprint.get("/healthz")
async def alive(_request: Request) -> HTTPResponse:
    """200 as long as the process answers."""
    return text("ok")


@blueprint.get("/readyz")
async def ready(request: Request) -> HTTPResponse:
    """200, or 503 with what does not answer; `alarms` names what works but needs a person."""
    readiness = request.app.ctx.bot.readiness
    missing, alarms = await readiness.missing(), await readiness.alarms()
    return json({"ready": not missing, "missing": missing, "alarms": alarms}, 503 if missing else 200)


@blueprint.get("/metrics")
async def metrics(request: Request) -> HTTPResponse:
    """Counters of this process, and gauges of what lies in the database."""
    bot = request.app.ctx.bot
    now = bot.clock()
    month = to_jakarta(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    m = bot.metrics
    for gauge in (m.sendings, m.turns_now, m.prices):
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
        m.alarm.set(1 if number is not None and number.alarm_at is not None else 0)
    return raw(m.text(), content_type="text/plain; version=0.0.4; charset=utf-8")
