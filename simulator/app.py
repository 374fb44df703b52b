"""Puts the simulator together: one Sanic app over one world."""

from typing import Any

from sanic import Request, Sanic
from sanic.exceptions import Forbidden

from simulator.delivery import Delivery
from simulator.routes import control, graph, page, phones
from simulator.routes.asking import HANDLERS
from simulator.settings import Settings
from simulator.world import World

MAX_REQUEST = 110 * 1024 * 1024
"""The largest document that Meta takes is 100 MB, plus its multipart wrapping."""


def create_app(settings: Settings, name: str = "simulator") -> Sanic[Any, Any]:
    """The app; its world is made before the server starts and closed after it stops."""
    app = Sanic(name, configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=MAX_REQUEST, RESPONSE_TIMEOUT=300, REQUEST_TIMEOUT=300, GRACEFUL_SHUTDOWN_TIMEOUT=1.0, FALLBACK_ERROR_FORMAT="json"
    )
    for blueprint in (graph.blueprint, control.blueprint, phones.blueprint, page.blueprint):
        app.blueprint(blueprint.copy(blueprint.name))
    for error, handler in HANDLERS.items():
        app.exception(error)(handler)

    @app.on_request
    async def refuse_other_sites(request: Request) -> None:
        """A web page from elsewhere may not work the control API through the developer's browser."""
        origin = request.headers.get("origin")
        if origin and origin.split("://")[-1] != request.host:
            raise Forbidden("another site's page may not call the simulator")

    @app.before_server_start
    async def open_world(app: Sanic[Any, Any]) -> None:
        app.ctx.world = World(settings)
        app.ctx.delivery = Delivery(app.ctx.world)

    @app.before_server_stop
    async def close_world(app: Sanic[Any, Any]) -> None:
        await app.ctx.world.close()
        await app.ctx.delivery.close()

    return app
