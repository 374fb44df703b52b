"""Takes from the actions how far they are with a turn's photos: `PUT /internal/turns/{id}/progress`."""

from pydantic import ValidationError
from sanic import Blueprint, HTTPResponse, Request, empty

from bot.access import refusal
from bot.turns.progress import tell
from contracts.turn import Progress
from runtime.entrance import only_callers

blueprint = Blueprint("turns", url_prefix="/internal/turns")
blueprint.on_request(only_callers())


@blueprint.put("/<turn_id:str>/progress", ctx_callers=("actions",))
async def put(request: Request, turn_id: str) -> HTTPResponse:
    """204 told, or nothing to tell any more; 404 unknown turn, 422 no such numbers."""
    bot = request.app.ctx.bot
    try:
        progress = Progress.model_validate_json(request.body)
    except ValidationError:
        return refusal(422, "bad_body", "Wrong or missing: done, total.")
    async with bot.database.write() as session:
        known = await tell(session, turn_id, progress, bot.progress_sentences, bot.clock())
    bot.jobs.notify("outbox")
    return empty() if known else refusal(404, "unknown_turn", "No such turn.")
