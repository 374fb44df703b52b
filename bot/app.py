"""Makes the web application around a bot: its routes, its start and its end."""

from typing import Any

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.access import refusal
from bot.api.contacts import blueprint as contacts
from bot.api.notices import blueprint as notices
from bot.api.sealed import blueprint as sealed
from bot.api.turns import blueprint as turns
from bot.assembly import Bot
from bot.ops.routes import blueprint as ops
from bot.webhook.routes import BODY_MOST, WEBHOOK
from bot.webhook.routes import blueprint as webhook
from bot.webhook.signature import looks_signed
from runtime.bodies import SMALL, Allowance, Bodies, CarefulRequest, receive_bodies
from runtime.entrance import FIRST, is_caller, keep_private, know_callers, require_host
from runtime.patience import SILENT_SECONDS

REQUEST_MOST = 10_000_000
"""Bytes that the server reads at all; each route has its own, lower limit."""

STRANGERS_SHARE = 64 * 1024 * 1024
"""Bytes that large bodies hold together whose signature nobody could prove yet; what comes then gets 503, and Meta sends it again."""


def create_app(bot: Bot, name: str = "bot", *, work: bool = True) -> Sanic[Any, Any]:
    """The application. With `work` off its workers stand still, so that a test can move them step by step."""
    app = Sanic(name, configure_logging=False, request_class=CarefulRequest)
    receive_bodies(app, Bodies(REQUEST_MOST, allowance_of, shared=STRANGERS_SHARE))
    app.config.REQUEST_TIMEOUT = SILENT_SECONDS
    app.config.ACCESS_LOG = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 15.0
    app.ctx.bot = bot
    know_callers(app, actions=bot.settings.actions_bot_token, backoffice=bot.settings.backoffice_bot_token)
    for blueprint in (webhook, notices, contacts, sealed, turns, ops):
        app.blueprint(blueprint)

    app.on_request(require_host, priority=FIRST)
    app.on_request(keep_private("/internal"), priority=FIRST)

    @app.exception(SanicException)
    async def tell(_request: Request, error: SanicException) -> HTTPResponse:
        return refusal(error.status_code, "refused", str(error) or "refused")

    if work:

        @app.before_server_start
        async def start(_app: Sanic[Any, Any]) -> None:
            bot.start()

        @app.before_server_stop
        async def stop(_app: Sanic[Any, Any]) -> None:
            await bot.stop()

    return app


async def allowance_of(request: Request) -> Allowance:
    """Large bodies come from our own processes, and from Meta, whose signature is proved only when all of it is there."""
    if is_caller(request):
        return Allowance(REQUEST_MOST)
    promising = request.path.rstrip("/") == WEBHOOK and looks_signed(request.headers.get("x-hub-signature-256"))
    return Allowance(BODY_MOST if promising else SMALL, stranger=True)
