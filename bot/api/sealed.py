"""Seals contacts: `PUT` and `DELETE /internal/sealed/{name}`."""

from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request, empty

from bot.access import refusal
from bot.contacts import sealed
from bot.retention.erasing import erase_concealed
from contracts.sealing import Sealing, is_sealed
from runtime.entrance import only_callers

blueprint = Blueprint("sealed", url_prefix="/internal/sealed")
blueprint.on_request(only_callers())
NAME_LONGEST = 80


@blueprint.put("/<name:str>", ctx_callers=("actions",))
async def put(request: Request, name: str) -> HTTPResponse:
    """204 noted, 404 unknown contact, 422 no such name."""
    bot = request.app.ctx.bot
    if not is_sealed(name) or len(name) > NAME_LONGEST:
        return refusal(422, "bad_name", "No name of that kind.")
    try:
        given = Sealing.model_validate_json(request.body)
    except ValidationError:
        return refusal(422, "bad_body", "Wrong or missing: contact.")
    async with bot.database.write() as session:
        known = await sealed.seal(session, name, given.contact)
    return empty() if known else refusal(404, "unknown_contact", "No such contact.")


@blueprint.delete("/<name:str>", ctx_callers=("backoffice",))
async def remove(request: Request, name: str) -> HTTPResponse:
    """Nobody can tell any more whose name it was, and the words of concealed turns go with it. 204, also where there was none."""
    bot = request.app.ctx.bot
    async with bot.database.write() as session:
        contact_id = await sealed.forget(session, name)
        if contact_id is not None:
            await erase_concealed(session, contact_id)
    await bot.database.forget_log()
    return empty()
