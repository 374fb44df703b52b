"""Lets only our own processes in, by the service token, and says in one form what is wrong with a request."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import HTTPResponse, Request, json

from runtime.tokens import Tokens


def refusal(status: int, code: str, message: str) -> HTTPResponse:
    """An error as rooms tell it to each other (contracts.md)."""
    return json({"error": {"code": code, "message": message}}, status)


def for_services(handler: Callable[..., Awaitable[HTTPResponse]]) -> Callable[..., Awaitable[HTTPResponse]]:
    """A handler that answers 401 unless the request carries the service token."""

    @wraps(handler)
    async def guarded(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
        tokens = Tokens(request.app.ctx.bot.settings.service_token.get_secret_value())
        if not tokens.accept(request.headers.get("authorization")):
            return refusal(401, "unauthorized", "The service token is missing or wrong.")
        return await handler(request, *args, **kwargs)

    return guarded
