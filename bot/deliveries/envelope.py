"""Takes a webhook body apart into its updates, up to a thousand; whatever can't be read becomes an update too. Pure."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

KEY_LONGEST = 400
"""A wamid has about 60 characters; what is longer than this is no id."""

NESTED_MOST = 40
"""Objects and lists inside one another in one update; Meta's deepest have seven."""


class BodyWrong(Exception):
    """A body is no JSON, or nested deeper than any parser follows."""


class TooDeep(ValueError):
    """Something is nested deeper than `NESTED_MOST`."""


@dataclass(frozen=True)
class Update:
    """One update as it came: `kind` is message, status, error, call, call_status, malformed, or the name of its field."""

    kind: str
    content: dict[str, Any]
    number: str | None = None
    """The business number's id to which it was sent."""
    contacts: tuple[dict[str, Any], ...] = ()
    reason: str | None = None
    """Of a malformed one: what is wrong with it."""

    @property
    def key(self) -> str | None:
        """What names this update for good (contract, 1.2: Meta repeats, we deduplicate); None where nothing does."""
        given = self.content.get("id")
        if not isinstance(given, str) or not 0 < len(given) <= KEY_LONGEST:
            return None
        match self.kind:
            case "message":
                return f"message:{given}"
            case "status" | "call_status":
                return f"{self.kind}:{given}:{str(self.content.get('status'))[:40]}"
            case "call":
                return f"call:{given}:{str(self.content.get('event'))[:40]}"
        return None


LISTS = {
    "messages": {"messages": "message", "statuses": "status", "errors": "error"},
    "calls": {"calls": "call", "statuses": "call_status", "errors": "error"},
}
"""For each field that carries several updates: its lists, and what one of each is. Any other field is one update."""


def parse(raw: bytes) -> Any:
    """The body as JSON. Raises BodyWrong."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BodyWrong(type(error).__name__) from None


def statuses_only(body: Any) -> bool:
    """Whether a parsed body tells only what became of messages of ours: that can wait while somebody says something."""
    entries = body.get("entry") if isinstance(body, dict) else None
    values = [
        change.get("value") if isinstance(change, dict) and change.get("field") == "messages" else None
        for entry in (entries if isinstance(entries, list) else [])
        for change in (entry["changes"] if isinstance(entry, dict) and isinstance(entry.get("changes"), list) else [None])
    ]
    return bool(values) and all(isinstance(value, dict) and "statuses" in value and "messages" not in value for value in values)


def split(raw: bytes, start: int = 0) -> Iterator[Update]:
    """Every update of a body from the one numbered `start`, in its order, in a form that every database keeps. Never raises."""
    try:
        body = parse(raw)
    except BodyWrong:
        if start == 0:
            yield _malformed("no_json", {"text": cleaned(raw.decode(errors="replace"))})
        return
    for update in islice(_split(body), start, None):
        try:
            contacts = tuple(map(cleaned, update.contacts))
            yield replace(update, kind=cleaned(update.kind), content=cleaned(update.content), contacts=contacts)
        except TooDeep:
            yield _malformed("too_deep", {"json": _text_of(update.content)})


def _split(body: Any) -> Iterator[Update]:
    entries = body.get("entry") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        yield _malformed("no_entry", body)
        return
    for entry in entries:
        changes = entry.get("changes") if isinstance(entry, dict) else None
        if not isinstance(changes, list):
            yield _malformed("no_changes", entry)
            continue
        for change in changes:
            if isinstance(change, dict) and isinstance(change.get("value"), dict) and isinstance(change.get("field"), str):
                yield from _of_change(change["field"], change["value"])
            else:
                yield _malformed("no_value", change)


def _of_change(field: str, value: dict[str, Any]) -> Iterator[Update]:
    metadata = value.get("metadata")
    number = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    number = str(number) if number is not None else None
    if field not in LISTS:
        yield Update(field, value, number)
        return
    contacts = value.get("contacts")
    people = tuple(c for c in contacts if isinstance(c, dict)) if isinstance(contacts, list) else ()
    found = False
    for name, kind in LISTS[field].items():
        if name not in value:
            continue
        found = True
        if not isinstance(value[name], list):
            yield _malformed(f"{name}_no_list", value)
            continue
        for content in value[name]:
            if isinstance(content, dict):
                yield Update(kind, content, number, people)
            else:
                yield _malformed(f"{kind}_no_object", content)
    if not found:
        yield _malformed("empty_value", value)


def _malformed(reason: str, content: Any) -> Update:
    return Update("malformed", content if isinstance(content, dict) else {"content": content}, reason=reason)


def cleaned(value: Any, room: int = NESTED_MOST) -> Any:
    """The same JSON without what no database keeps: NUL characters, halves of surrogate pairs (they become `?`), infinite numbers.

    Raises TooDeep.
    """
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "replace").decode()
        case float() if not math.isfinite(value):
            return str(value)
        case dict() | list() if room == 0:
            raise TooDeep
        case dict():
            return {cleaned(k): cleaned(v, room - 1) for k, v in value.items()}
        case list():
            return [cleaned(v, room - 1) for v in value]
    return value


def _text_of(value: Any) -> str:
    """JSON as text, ASCII only; nothing where it is nested so deep that it can't be written."""
    try:
        return json.dumps(value).replace("\\u0000", "")
    except RecursionError:
        return ""
