"""Puts the public pages together: an application without a staff route, service token or cookie."""

from typing import Any

from sanic import HTTPResponse, Request, Sanic, text

from backoffice.public.papers import papers_pages
from backoffice.public.routes import public_pages
from backoffice.services import Services
from backoffice.web import look, problems
from backoffice.web.bodies import ReadableRequest
from backoffice.web.edge import refuse_unreadable
from backoffice.web.pages import STATIC, see_other
from backoffice.web.security import add_headers
from runtime.bodies import SMALL, Bodies, nobody_brings_more, receive_bodies
from runtime.entrance import require_host
from runtime.patience import SILENT_SECONDS


async def _nobody(_services: Services, _staff_id: str) -> str:
    return ""


async def show_first(_request: Request) -> HTTPResponse:
    return see_other("/lacak")


async def show_health(_request: Request) -> HTTPResponse:
    return text("ok")


def create_public_app(services: Services) -> Sanic[Any, Any]:
    """The application; it shares the office's resources, which the office opens and closes."""
    app: Sanic[Any, Any] = Sanic("backoffice-public", log_config=None, configure_logging=False, request_class=ReadableRequest)
    app.config.update(
        FALLBACK_ERROR_FORMAT="text", OAS=False, RESPONSE_TIMEOUT=20, REQUEST_TIMEOUT=SILENT_SECONDS,
        KEEP_ALIVE_TIMEOUT=10, ACCESS_LOG=False, MOTD=False, AUTO_EXTEND=False, TOUCHUP=False,
    )  # fmt: skip
    if services.settings.trusted_proxies:
        app.config.PROXIES_COUNT = services.settings.trusted_proxies
    receive_bodies(app, Bodies(SMALL, nobody_brings_more))
    app.ctx.services = services
    app.blueprint(public_pages)
    app.blueprint(papers_pages)
    app.add_route(show_first, "/")
    app.add_route(show_health, "/healthz")
    look.install(app)
    app.static("/static", STATIC, name="static")
    app.on_request(require_host)
    app.on_request(refuse_unreadable)
    app.on_response(add_headers)  # type: ignore[no-untyped-call]
    problems.install(app, _nobody)
    return app
