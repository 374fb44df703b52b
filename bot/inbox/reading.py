"""Reads one message of a webhook into what a queue holds: its kind, its text or choice, its files. Pure."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversations.message import File, Message
from bot.conversations.models import UNSUPPORTED
from bot.deliveries.envelope import Update
from bot.inbox.policy import TAKEN_AWAY, Rule, Treatment, rule_of_message
from contracts.turn import FileProblem, TurnKind
from standard.typed import CAPTION_LONGEST, ID_LONGEST, NAME_LONGEST, TEXT_LONGEST, bounded, bounded_within

LONGEST = {"choice": ID_LONGEST, "title": NAME_LONGEST, "caption": CAPTION_LONGEST}
"""Of the texts in a message; of any other `TEXT_LONGEST`."""

CLOCKS_APART = timedelta(minutes=5)
MILLISECONDS = 100_000_000_000
"""A timestamp above this counts milliseconds, not seconds (year 5138 in seconds)."""

ERROR_MEDIA_TOO_BIG = 131052

FORM = "form"
"""The kind of other message that a filled-in Flow becomes, with `token` and `fields`."""

NAME, FIELD, FIELDS = 80, 200, 60
"""Characters of a field's name in a form and of what stands in it, and how many fields are read."""


class Unreadable(Exception):
    """The message can't become a turn; `reason` says why, in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Read:
    """The rule for a message, and the message where the rule makes a turn of it."""

    rule: Rule
    message: Message | None = field(default=None)


UNREADABLE = Message(TurnKind.OTHER, {"other": {"type": UNSUPPORTED}})
"""What stands in the queue for a message that had to be parked: the person is told that we can't open it, and how to go on."""


def is_said_to_us(update: Update) -> bool:
    """Whether a person said something to us: a message that is neither WhatsApp's own nor one of a group."""
    return update.kind == "message" and update.content.get("type") != "system" and update.content.get("group_id") is None


def read(content: dict[str, Any]) -> Read:
    """What to do with a message. Raises Unreadable when it is of a known type, but not in its shape."""
    type_ = _text(content.get("type")) or ""
    inside = content.get(type_)
    rule = rule_of_message(type_, _inner(type_, inside) if isinstance(inside, dict) else None)
    if content.get("group_id") is not None:
        raise Unreadable("group")
    match rule.treatment:
        case Treatment.TEXT:
            return Read(rule, _message(TurnKind.TEXT, {"text": _required(inside, "body")}))
        case Treatment.CHOICE:
            return Read(rule, _choice(inside))
        case Treatment.DOCUMENTS:
            return Read(rule, _document(type_, inside, content))
        case Treatment.OTHER:
            return Read(rule, _message(TurnKind.OTHER, {"other": _other(type_, inside)}))
        case _:
            return Read(rule)


def _message(kind: TurnKind, body: dict[str, Any], files: tuple[File, ...] = ()) -> Message:
    within = {name: bounded_within(value, LONGEST.get(name, TEXT_LONGEST)) for name, value in body.items()}
    cut = {"cut": True} if any(was_cut for _, was_cut in within.values()) else {}
    return Message(kind, {name: value for name, (value, _) in within.items()} | cut, files)


def _inner(type_: str, inside: dict[str, Any]) -> str | None:
    """What tells messages of one type apart; a reaction without its emoji was taken away again."""
    if type_ == "reaction":
        return None if _text(inside.get("emoji")) else TAKEN_AWAY
    return _text(inside.get("type"))


def read_call(content: dict[str, Any]) -> Message | None:
    """A person's call as a message, once, when it begins; None for whatever else is told of calls."""
    if str(content.get("event")) == "connect" and str(content.get("direction")) == "USER_INITIATED":
        return Message(TurnKind.OTHER, {"other": {"type": "call"}})
    return None


def moment_of(content: dict[str, Any], received_at: datetime) -> datetime:
    """When the person sent it: the timestamp in seconds (or milliseconds); the moment of arrival where that makes no sense."""
    try:
        seconds = float(str(content.get("timestamp")))
        moment = datetime.fromtimestamp(seconds / 1000 if seconds > MILLISECONDS else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return received_at
    return received_at if moment > received_at + CLOCKS_APART else moment


def _choice(inside: Any) -> Message:
    if isinstance(inside, dict) and "payload" in inside:
        return _message(TurnKind.CHOICE, {"choice": _required(inside, "payload"), "title": _text(inside.get("text")) or ""})
    reply = inside.get(inside.get("type")) if isinstance(inside, dict) else None
    choice = _required(reply, "id")
    return _message(TurnKind.CHOICE, {"choice": choice, "title": _text((reply or {}).get("title")) or ""})


def _document(type_: str, inside: Any, content: dict[str, Any]) -> Message:
    if not isinstance(inside, dict):
        inside = {}
    codes = [e.get("code") for e in content.get("errors") or [] if isinstance(e, dict)]
    problem = None
    if _text(inside.get("id")) is None and _text(inside.get("url")) is None:
        problem = FileProblem.TOO_BIG if ERROR_MEDIA_TOO_BIG in codes else FileProblem.GONE
    mime = (_text(inside.get("mime_type")) or "").split(";")[0].strip().lower() or None
    filename = _text(inside.get("filename"))
    file = File(
        media_id=_short(inside.get("id"), 200),
        url=_short(inside.get("url"), 4000),
        mime=_short(mime, 200),
        sha256=_short(inside.get("sha256"), 200),
        filename=bounded(filename[-NAME_LONGEST:]).text if filename else None,
        problem=problem or (None if is_document(mime, filename) else FileProblem.WRONG_TYPE),
    )
    return _message(TurnKind.DOCUMENTS, {"caption": _text(inside.get("caption")), "type": type_}, (file,))


def is_document(mime: str | None, filename: str | None) -> bool:
    """Whether a file may be a photographed document: by its declared type, or by its name, because phones declare HEIC as anything."""
    ending = re.search(r"\.(\w+)$", filename or "")
    return (mime or "image/").startswith(("image/", "application/pdf")) or (ending is not None and ending[1].lower() in DOCUMENT_ENDINGS)


DOCUMENT_ENDINGS = {"jpg", "jpeg", "jfif", "png", "webp", "heic", "heif", "avif", "pdf", "tif", "tiff", "bmp"}


def _other(type_: str, inside: Any) -> dict[str, Any]:
    """The message's own fields; never the address or checksum of a file that we don't fetch."""
    if type_ == "interactive" and isinstance(inside, dict) and "nfm_reply" in inside:
        reply = inside["nfm_reply"]
        return {"type": FORM, **_filled_in(reply.get("response_json") if isinstance(reply, dict) else None)}
    own = inside if isinstance(inside, dict) else {type_: inside} if inside is not None else {}
    if type_ == "edit" and isinstance(own.get("message"), dict):
        edited = own["message"]
        words = edited.get("text") if isinstance(edited.get("text"), dict) else edited.get(str(edited.get("type")))
        text = words.get("body") or words.get("caption") if isinstance(words, dict) else None
        own = {"original_message_id": own.get("original_message_id"), "edited": _text(edited.get("type")), "text": _text(text)}
    kept = {k: v for k, v in own.items() if k not in {"url", "sha256", "id"}}
    if "type" in kept:
        kept["of"] = kept.pop("type")
    return {"type": "audio" if type_ == "voice" else type_, **kept}


def _filled_in(given: Any) -> dict[str, Any]:
    """A form's token and its fields: short texts by their names; anything else in it is left out. Raises Unreadable where it is no form."""
    try:
        found = json.loads(given) if isinstance(given, str) and len(given) <= TEXT_LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(token := found.pop("flow_token", None), str):
        raise Unreadable("no_form")
    texts = {name: value for name, value in found.items() if isinstance(value, str) and len(name) <= NAME and len(value) <= FIELD}
    fields = {_whole(name): _whole(value) for name, value in list(texts.items())[:FIELDS]}
    return {"token": _whole(token[:ID_LONGEST]), "fields": fields}


def _whole(text: str) -> str:
    """The text without half an emoji, as a phone leaves one where it cuts at a limit."""
    return text.encode("utf-8", "ignore").decode()


def _required(inside: Any, name: str) -> str:
    value = inside.get(name) if isinstance(inside, dict) else None
    if not isinstance(value, str) or not bounded(value).text:
        raise Unreadable(f"no_{name}")
    return value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _short(value: Any, longest: int) -> str | None:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value)
    return text if text is not None and len(text) <= longest else None
