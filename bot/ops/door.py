"""Lets only our own processes in, by the service token, and says in one form what is wrong with a request."""

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import HTTPResponse, Request, json


def refusal(status: int, code: str, message: str) -> HTTPResponse:
    """An error as rooms tell it to each other (contracts.md)."""
    return json({"error": {"code": code, "message": message}}, status)


def for_services(handler: Callable[..., Awaitable[HTTPResponse]]) -> Callable[..., Awaitable[HTTPResponse]]:
    """A handler that answers 401 unless the request carries the service token."""

    @wraps(handler)
    async def guarded(request: Request, *args: Any, **kwargs: Any) -> HTTPResponse:
        expected = f"Bearer {request.app.ctx.bot.settings.service_token.get_secret_value()}"
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(errors="surrogatepass"), expected.encode()):
            return refusal(401, "unauthorized", "The service token is missing or wrong.")
        return await handler(request, *args, **kwargs)

    return guarded
