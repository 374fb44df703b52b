"""The table of message types that a business may send, and the judge that goes through it."""

from collections.abc import Iterator
from typing import Any

from simulator.judge.interactive import INTERACTIVE, LOCATION
from simulator.judge.media import BY_ID_OR_LINK, CAPTIONED, DOCUMENT
from simulator.judge.shapes import INVALID, MISSING, Anything, ByMember, Choice, Objection, Record, Several, Shape, Text

FLAG = Choice((True, False))
MESSAGE_ID = Text(256, pattern=r"wamid\..+")

CONTACT = Record(
    {
        "name": Record(
            {"formatted_name": Text(1000)}, {part: Text(1000) for part in ("first_name", "last_name", "middle_name", "prefix", "suffix")}
        )
    },
    {name: Anything() for name in ("addresses", "birthday", "emails", "org", "phones", "urls")},
)

PARAMETER = ByMember(
    "type",
    {
        "text": Record({"type": Anything(), "text": Text(1024)}, {"parameter_name": Text(60)}),
        "currency": Record({"type": Anything(), "currency": Anything()}),
        "date_time": Record({"type": Anything(), "date_time": Anything()}),
        "image": Record({"type": Anything(), "image": BY_ID_OR_LINK}),
        "video": Record({"type": Anything(), "video": BY_ID_OR_LINK}),
        "document": Record({"type": Anything(), "document": DOCUMENT}),
        "payload": Record({"type": Anything(), "payload": Text(256)}),
        "action": Record({"type": Anything(), "action": Anything()}),
    },
)
COMPONENT = Record(
    {"type": Choice(("header", "body", "button"))},
    {"parameters": Several(PARAMETER, 50, low=0), "sub_type": Text(30), "index": Choice(("0", "1", "2", "3", 0, 1, 2, 3))},
)
TEMPLATE = Record(
    {"name": Text(512, pattern=r"[a-z0-9_]+"), "language": Record({"code": Text(10)}, {"policy": Choice(("deterministic",))})},
    {"components": Several(COMPONENT, 10, low=0)},
)

TYPES: dict[str, Shape] = {
    "text": Record({"body": Text(4096, code=INVALID)}, {"preview_url": FLAG}),
    "image": CAPTIONED,
    "document": DOCUMENT,
    "audio": BY_ID_OR_LINK,
    "video": CAPTIONED,
    "sticker": BY_ID_OR_LINK,
    "location": LOCATION,
    "contacts": Several(CONTACT, 257),
    "interactive": INTERACTIVE,
    "template": TEMPLATE,
    "reaction": Record({"message_id": MESSAGE_ID, "emoji": Text(16, low=0)}),
}

COMMON: dict[str, Shape] = {
    "type": Choice(tuple(TYPES), code=INVALID),
    "recipient_type": Choice(("individual",), code=INVALID),
    "to": Text(160),
    "recipient": Text(140, pattern=r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}"),
    "context": Record({"message_id": MESSAGE_ID}),
    "biz_opaque_callback_data": Text(512),
    "recipient_identity_key_hash": Text(200),
}


def _addressed(body: dict[str, Any], path: str) -> Iterator[Objection]:
    if not body.get("to") and not body.get("recipient"):
        yield Objection(MISSING, "to", "The parameter to is required.")


PRODUCT = Choice(("whatsapp",), code=INVALID)
MESSAGES = {kind: Record({"messaging_product": PRODUCT, kind: shape}, COMMON, checks=(_addressed,)) for kind, shape in TYPES.items()}
READ = Record(
    {"messaging_product": PRODUCT, "status": Choice(("read",)), "message_id": MESSAGE_ID},
    {"typing_indicator": Record({"type": Choice(("text",))})},
)


def judge(body: Any) -> list[Objection]:
    """All objections to one request body, in the order of the body's table row; the first is what Meta would answer."""
    if not isinstance(body, dict):
        return [Objection(INVALID, "", "The request body must be a JSON object.")]
    if "status" in body:
        return list(READ.look(body, ""))
    kind = body.get("type", "text")
    if not isinstance(kind, str) or kind not in MESSAGES:
        return [Objection(INVALID, "type", f"Param type must be one of {', '.join(TYPES)}.")]
    return list(MESSAGES[kind].look(body, ""))
