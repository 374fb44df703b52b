"""Answers what is no turn, and what failed, with a status and a name; rasa-sdk calls all of it 500 and hands the turn back."""

from typing import Any

import structlog
from sanic import HTTPResponse, Request, Sanic, json
from sanic.exceptions import SanicException
from sanic.handlers import ErrorHandler

log = structlog.get_logger()

CODES = {400: "bad_request", 404: "unknown", 405: "wrong_method", 413: "too_large", 415: "encoded"}


def install(app: Sanic[Any, Any]) -> None:
    """Takes the place of every handler that rasa-sdk has set, and refuses packed bodies, which it would unpack without an end."""
    app.error_handler = ErrorHandler()
    app.exception(SanicException)(on_http_error)
    app.exception(Exception)(on_fault)
    app.on_request(refuse_packed)


async def refuse_packed(request: Request) -> HTTPResponse | None:
    """Rasa sends its turns as they are: a few packed kilobytes could become gigabytes here."""
    return _named(415) if "content-encoding" in request.headers else None


async def on_http_error(_request: Request, error: SanicException) -> HTTPResponse:
    """Unknown addresses, wrong methods, bodies that are too large or are no JSON."""
    return _named(error.status_code)


async def on_fault(request: Request, error: Exception) -> HTTPResponse:
    """A fault of ours: its class and frames go to the log, nothing of the turn does, nor into the answer."""
    log.error("request_failed", path=request.uri_template, method=request.method, exc_info=error)
    return _named(500)


def _named(status: int) -> HTTPResponse:
    return json({"error": {"code": CODES.get(status, "fault" if status >= 500 else "refused")}}, status)
