"""Sets logging up: one JSON line for each event, and a safety net that hides whatever looks like a number of a person."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = re.compile(
    r"(?<![\w-])\+?\d(?:[ .-]?\d){9,18}(?![\w-])"  # phones, NIK, nomor KK
    r"|wamid\.[A-Za-z0-9+/=_-]+"  # holds the phone in base64
    r"|Bearer\s+\S+"
)
HIDDEN = "[…]"


def hide_personal(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: no value leaves with a phone number, NIK, wamid or token in it."""
    return {key: _hidden(value) for key, value in event.items()}


def _hidden(value: Any) -> Any:
    match value:
        case str():
            return PERSONAL.sub(HIDDEN, value)
        case dict():
            return {k: _hidden(v) for k, v in value.items()}
        case list() | tuple():
            return [_hidden(v) for v in value]
        case int() if not isinstance(value, bool) and abs(value) >= 10**9:
            return HIDDEN
    return value


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return PERSONAL.sub(HIDDEN, super().format(record))


def set_up(level: int = logging.INFO) -> None:
    """Once, at start. Libraries' own lines pass the same net; httpx, which logs every address, only warns."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Redacting("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in ("httpx", "httpcore", "sanic.access", "alembic", "aiosqlite", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            hide_personal,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=True,
    )
