"""Lets only our own processes in: each caller has tokens of its own, and each route names the callers that need it."""

from collections.abc import Callable, Collection
from typing import Any

from sanic import HTTPResponse, Request, Sanic, json

from runtime.tokens import Tokens

Guard = Callable[[Request], HTTPResponse | None]


def know_callers(app: Sanic[Any, Any], **callers: Tokens) -> None:
    """Notes by which tokens the application knows each caller."""
    app.ctx.callers = callers


def only_callers(*everywhere: str, open_paths: Collection[str] = ()) -> Guard:
    """For `on_request` of an application or a blueprint: 401 unless a caller of the route shows one of its tokens.

    A route says who calls it (`ctx_callers=("bot",)`); where it says nothing, `everywhere` may, so a route that was forgotten is closed.
    """

    def guard(request: Request) -> HTTPResponse | None:
        if request.path in open_paths:
            return None
        allowed = getattr(request.route.ctx, "callers", everywhere) if request.route else everywhere
        shown = request.headers.get("authorization")
        if any([tokens.accept(shown) for name, tokens in request.app.ctx.callers.items() if name in allowed]):
            return None
        return json({"error": {"code": "unauthorized", "message": "The token is missing or wrong."}}, 401)

    return guard
