"""Sets logging up, the same for every process, Rasa's too: one line an event, in UTC, as JSON or for a person at a terminal.

Runs on Rasa's Python 3.10 with the structlog of its lock: nothing else may be imported here.
"""

import contextlib
import linecache
import logging
import os
import sys
import threading
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from runtime.redaction import redact, without_values

FORMAT = "LOG_FORMAT"
"""The setting: `json` or `console`; without it JSON, but for a terminal."""

QUIET = ("sanic.access", "httpx", "httpcore")
"""Loggers that name every request with its address."""


def set_up(process: str, level: int = logging.INFO) -> None:
    """Once, at start, before anything is logged. `process` stands on every line. Libraries only warn."""
    tail: list[Any] = [
        without_values,
        redact,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _named(process),
        _renderer(),
    ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level, *tail],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = LibraryLines(tail)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.lastResort = handler  # for a logger that a library cut off from the root
    logging.captureWarnings(True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)
    threading.excepthook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)


class LibraryLines(logging.Handler):
    """What a library logs, as a line of ours: who says it and where, and the words only if they stand in its source.

    A message that was put together (`f"can't handle {text}"`) may hold what a citizen wrote; its place tells a developer as much.
    """

    def __init__(self, tail: list[Any]) -> None:
        super().__init__()
        self._tail = tail

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record's line. One that can't be written is lost: logging itself would print the message with its arguments."""
        with contextlib.suppress(Exception):
            sys.stdout.write(f"{self._line(record)}\n")
            sys.stdout.flush()

    def _line(self, record: logging.LogRecord) -> str:
        event: Any = {"event": "library", "level": record.levelname.lower(), "logger": record.name}
        event["at"] = f"{record.module}:{record.lineno}"
        if is_written_in_source(record):
            event["says"] = record.msg
        if record.exc_info:
            event["exc_info"] = record.exc_info
        for processor in self._tail:
            event = processor(None, record.levelname.lower(), event)
        return str(event)


def is_written_in_source(record: logging.LogRecord) -> bool:
    """Whether the message, before its arguments, is a literal of the file that logs it."""
    if not isinstance(record.msg, str):
        return False
    source = "".join(linecache.getlines(record.pathname))
    return any(f"{quote}{record.msg}{quote}" in source for quote in "\"'")


def _named(process: str) -> Any:
    def add(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {"timestamp": event.pop("timestamp"), "process": process, **event}

    return add


def _renderer() -> Any:
    wanted = os.environ.get(FORMAT) or ("console" if sys.stdout.isatty() else "json")
    if wanted == "console":
        return structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """An error that ends the process, a thread or a destructor. Python would print its message."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger().error("process_failed", exc_info=error or kind())
