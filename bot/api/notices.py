"""Takes the back office's notices: `POST /internal/notices`."""

from datetime import timedelta

from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request, json

from bot.access import refusal
from bot.contacts import repository as contacts
from bot.contacts.sealed import behind
from bot.deliveries.envelope import TooDeep, cleaned
from bot.notices import repository
from bot.turns.replay import tell_again
from contracts.moments import moment
from contracts.notice import read_notice
from contracts.sealing import is_sealed
from contracts.shape import wrong_fields
from runtime.entrance import only_callers

blueprint = Blueprint("notices", url_prefix="/internal/notices")
blueprint.on_request(only_callers())

ATTACHMENTS_LIVE = timedelta(days=7)
"""How long the bot tries to fetch an attachment before the notice goes out without it."""


@blueprint.post("/", ctx_callers=("backoffice",))
async def take(request: Request) -> HTTPResponse:
    """202 stored, 200 when it was there (one that had failed is tried again), 404 unknown contact, 422 not a notice."""
    bot = request.app.ctx.bot
    now = bot.clock()
    try:
        notice = read_notice(request.body)
        body = cleaned({**notice.body(), "at": moment(notice.at or now)})
    except ValidationError as error:
        return refusal(422, "not_a_notice", f"Wrong or missing: {', '.join(wrong_fields(error))}.")
    except TooDeep:
        return refusal(422, "not_a_notice", "Nested too deep: data.")
    async with bot.database.write() as session:
        sealed = is_sealed(notice.contact)
        contact = await (behind if sealed else contacts.find)(session, notice.contact)
        if contact is None:
            return refusal(404, "unknown_contact", "No such contact.")
        fresh = await repository.store(session, contact.id, body, now, now + ATTACHMENTS_LIVE)
        if not fresh:
            await tell_again(session, notice.id, now)
    bot.jobs.notify()
    return json({"id": notice.id}, 202 if fresh else 200)
