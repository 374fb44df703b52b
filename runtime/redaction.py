"""Decides what of a log event may leave the process: named keys only, without personal values, and of an error its kind and place alone.

Runs on Rasa's Python 3.10, too, so it needs the standard library only.
"""

import os
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from enum import Enum
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any

KEYS = frozenset({
    "alarms", "asked", "at", "attempt", "attempts", "became_pixels", "bytes", "cases", "cause", "channel", "code", "count", "delivery",
    "documents", "end", "error", "event", "failures", "files", "host", "http_status", "intent", "job", "jobs", "key", "kind", "layers",
    "left", "level", "limit", "limit_mb", "logger", "media", "messages", "method", "missing", "model", "month", "notice", "operator_event",
    "outcome", "part", "path", "pid", "port", "policy", "position", "post", "problem", "process", "room", "round", "says", "seconds",
    "sending", "size", "state", "status", "subcode", "table", "timestamp", "tried_again", "turn", "turn_kind", "why", "withheld", "worker",
})  # fmt: skip
"""All keys that a log line may have. None of them is for what a person wrote, is called, or can be reached at."""

NAME = re.compile(r"[A-Za-z0-9_.-]{1,80}")
"""An event's name is one word of the code; anything else may be what somebody wrote."""

PERSONAL = re.compile(
    r"(?<![\w-])\+?\d(?:[ .-]?\d){9,18}(?![\w-])"  # phones, NIK, nomor KK, also in groups
    r"|\d{12,}"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<=://)[^/\s@]+@"  # user and password of an address
    r"|wamid\.[A-Za-z0-9+/=_-]+"  # holds the phone in base64
    r"|Bearer\s+\S+"
    r"|(?<=[?&])[\w.-]+=[^&\s]+"  # what a URL asks for: tokens, numbers
)
OWN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{64}|\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?")
"""Ids of our own (UUIDs, hashes) and moments: never taken for a number of a person."""

HIDDEN = "[…]"
LONGEST = 120
"""Characters of a value. What is longer is a text."""
MOST = 20
"""Members of a list; what came before and after tells no more."""
FRAMES = 12
"""So many of the last frames are logged, and as many of our own before them: a library's may be all that the last ones are."""
CAUSES = 4
NAME_OF_FAULT = re.compile(r"[A-Z0-9_]{2,40}")
"""What SQLite (`SQLITE_BUSY`) and PostgreSQL (`40P01`) call a fault; never their sentence, which quotes values."""
ROOT = str(Path(__file__).resolve().parent.parent)
LIBRARIES = f"{os.sep}site-packages{os.sep}"


def redacted(event: Mapping[str, Any]) -> dict[str, Any]:
    """The event with its allowed keys, their values without anything personal, and the names of what was withheld."""
    shown = {key: clean(value) for key, value in event.items() if key in KEYS}
    if not NAME.fullmatch(str(event.get("event", ""))):
        shown["event"] = "unnamed"
    withheld = sorted(key for key in event if key not in KEYS)
    return {**shown, "withheld": [key for key in withheld if NAME.fullmatch(key)]} if withheld else shown


def masked(text: str) -> str:
    """The text without phone numbers, NIK, addresses, tokens."""
    return text if OWN_ID.fullmatch(text) else PERSONAL.sub(HIDDEN, text)


def clean(value: Any) -> Any:
    """A value as it may be written: numbers and short texts, lists and tables of them; of anything else its type."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, Enum):
        return clean(value.value)
    if isinstance(value, int):
        return HIDDEN if abs(value) >= 10**9 else value
    if isinstance(value, (str, PurePath)):
        text = masked(str(value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Mapping):
        return {masked(str(key)): clean(member) for key, member in list(value.items())[:MOST]}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [clean(member) for member in list(value)[:MOST]]
    return type(value).__name__


def without_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: puts in place of `exc_info` which error it was and where, never what it says.

    Errors quote what they stumbled over: a validation the stored draft, a statement its parameters, a KeyError the name.
    """
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = described(error)
    return event


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """A structlog processor: see `redacted`. What `without_values` made of an error stays whole."""
    error = event.pop("error", None)
    shown = redacted(event)
    return {**shown, "error": error if isinstance(error, dict) else clean(error)} if error is not None else shown


def described(error: BaseException, deep: int = 0) -> dict[str, Any]:
    """The error's class, its frames as `module:line function`, and the error that it came from."""
    kind = type(error)
    description: dict[str, Any] = {
        "type": f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins."),
        "frames": _frames(error.__traceback__),
    }
    if isinstance(code := getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None), str) and NAME_OF_FAULT.fullmatch(
        code
    ):
        description["code"] = code
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if deep < CAUSES:
        if cause is not None:
            description["from"] = described(cause, deep + 1)
        if members := getattr(error, "exceptions", None):  # an ExceptionGroup, which Python 3.10 has not
            description["group"] = [described(member, deep + 1) for member in list(members)[:CAUSES] if isinstance(member, BaseException)]
    return description


def _frames(trace: TracebackType | None) -> list[str]:
    found = [(frame.f_globals.get("__name__", "?"), line, frame.f_code) for frame, line in traceback.walk_tb(trace)]
    ours = [one for one in found[:-FRAMES] if one[2].co_filename.startswith(ROOT) and LIBRARIES not in one[2].co_filename]
    return [f"{module}:{line} {code.co_name}" for module, line, code in [*ours[-FRAMES:], *found[-FRAMES:]]]
