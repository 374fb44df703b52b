"""Takes what the bot sends: judges it against the rules and the world, and puts it into a chat."""

import time
from typing import Any

from simulator import ids
from simulator.delivery import Delivery
from simulator.faults import Fault
from simulator.graph_errors import GraphError, status_error
from simulator.judge import judge
from simulator.judge.media import RULES, judge_media
from simulator.model import Message, Phone, State
from simulator.pricing import month, price
from simulator.progress import fail, progress
from simulator.shown import shown
from simulator.templates import body_parameters
from simulator.world import World

READ_WITHIN = 30 * 86_400
"""Read receipts are taken for messages of the last 30 days (contract 1.7)."""
TYPING_SECONDS = 25


def take(world: World, delivery: Delivery, body: Any, fault: Fault | None = None) -> dict[str, Any]:
    """The answer to `POST /<number>/messages`. Raises GraphError; notes every call, and every breach of the rules as a violation."""
    try:
        if fault and fault.kind == "error":
            raise GraphError(fault.code, "Ordered by a test.", status=fault.status)
        objections = judge(body)
        for objection in objections:
            world.violate(objection.code, objection.path, objection.details, body)
        if objections:
            raise GraphError(objections[0].code, objections[0].details)
        if "status" in body:
            return _take_read(world, body)
        return _take_message(world, delivery, body, fault)
    except GraphError as error:
        record(world, body, f"error {error.code}")
        raise


def record(world: World, body: Any, outcome: str, message: Message | None = None) -> None:
    """Notes a call for `GET /control/sends`; one that was accepted carries its price's category."""
    members = body if isinstance(body, dict) else {}
    row = {
        "at": world.now(),
        "to": members.get("to") or members.get("recipient"),
        "type": members.get("type") or ("read" if "status" in members else "text"),
        "biz_opaque_callback_data": members.get("biz_opaque_callback_data"),
        "outcome": outcome,
    }
    if message and message.pricing:
        row |= {
            "id": message.id,
            "phone": message.phone or None,
            "category": message.pricing["category"],
            "billable": message.pricing["billable"],
        }
        world.service_messages[month(message.at)] += message.pricing["category"] == "service"
    world.sends.append(row)


def _take_read(world: World, body: dict[str, Any]) -> dict[str, Any]:
    message = world.messages.get(body["message_id"])
    if message is None or message.direction != "out" or world.now() - message.at > READ_WITHIN:
        details = "message_id: no such message was received in the last 30 days"
        world.violate(131009, "message_id", details, body)
        raise GraphError(131009, details)
    for earlier in world.chat(message.phone):
        if earlier.direction == "out" and earlier.at <= message.at:
            world.raise_state(earlier, State.READ)
    if "typing_indicator" in body:
        world.hub.publish("typing", {"phone": message.phone, "seconds": TYPING_SECONDS})
    return {"success": True}


def _take_message(world: World, delivery: Delivery, body: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
    behaviour = world.behaviour
    if not world.number_limit.take(time.monotonic(), behaviour.number_per_second):
        raise GraphError(130429, "Cloud API message throughput has been reached.", subcode=2494055)
    address, phone = _recipient(world, body)
    if not world.pair_limit.take(phone.id if phone else address, time.monotonic(), behaviour.pair_interval, behaviour.pair_burst):
        raise GraphError(
            131056, "Message failed to send because there were too many messages sent from this phone number to the same user."
        )
    kind = body.get("type", "text")
    message = Message(
        ids.message_id(),
        phone.id if phone else "",
        "in",
        kind,
        world.now(),
        body[kind] if isinstance(body[kind], dict) else {kind: body[kind]},
        reply_to=body.get("context", {}).get("message_id"),
        opaque=body.get("biz_opaque_callback_data"),
    )
    try:
        _fits_the_world(world, phone, message)
    except GraphError as error:
        world.violate(error.code, kind, error.details, body)
        if error.code != 131047 or behaviour.window_error == "answer":
            raise
        message.error = status_error(error.code, error.details)
    message.pricing = price(world, message)
    if fault and fault.kind == "failed_status":
        message.error = status_error(fault.code, "Ordered by a test.")
    if phone is None:
        message.error = message.error or status_error(131026, "Message undeliverable.")
    record(world, body, "accepted", message)
    if not address:
        message.state = State.FAILED
    elif phone is None or message.error:
        fail(world, delivery, message, phone, address)
    else:
        _put(world, delivery, phone, message)
    named = {"user_id": phone.user_id} if phone and not body.get("to") else {"wa_id": address.lstrip("+")}
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": body.get("to") or body["recipient"], **named}],
        "messages": [{"id": message.id}],
    }


def _put(world: World, delivery: Delivery, phone: Phone, message: Message) -> None:
    if message.type == "reaction":
        target = world.messages[message.content["message_id"]]
        target.reactions = {"business": message.content["emoji"]} if message.content.get("emoji") else {}
        world.save_message(target)
    else:
        message.shown = shown(world, message)
        world.add_message(message)
    world.hub.publish("typing", {"phone": phone.id, "seconds": 0})
    world.run(progress(world, delivery, message, phone))


def _recipient(world: World, body: dict[str, Any]) -> tuple[str, Phone | None]:
    """Whom Meta takes the message to be for: `to` wins; without a plus it gets a country code; a BSUID in it reaches nobody."""
    to = body.get("to")
    if not to:
        return body["recipient"], world.find_phone(body["recipient"])
    figures = "".join(character for character in to if character.isdigit())
    if to.startswith("+"):
        return f"+{figures}", world.find_phone(f"+{figures}")
    if not to[0].isdigit():
        world.violate(131026, "to", "to is no phone number (a BSUID goes into recipient): the message is dropped silently", body)
        return "", None
    world.violate(131026, "to", "to has no plus: the business's own country code is put before it", body)
    address = f"+{world.settings.country_code}{figures}"
    return address, world.find_phone(address)


def _fits_the_world(world: World, phone: Phone | None, message: Message) -> None:
    """What can be known only with the world at hand: window, template, media, quoted and reacted-to messages."""
    if message.type == "template":
        template = world.templates.find(message.content)
        message.shown = {"text": template.fill(body_parameters(message.content)), "buttons": list(template.buttons)}
    elif phone and not world.window_open(phone):
        raise GraphError(131047, "More than 24 hours have passed since the customer last replied to this number.")
    for kind, source in _media_in(message):
        _judge_source(world, kind, source)
    if message.type == "reaction" and message.content["message_id"] not in world.messages:
        raise GraphError(131009, "reaction.message_id: no such message")
    if phone and message.reply_to and (quoted := world.messages.get(message.reply_to)) is not None and quoted.phone != phone.id:
        raise GraphError(131009, "context.message_id: the message belongs to another chat")


def _media_in(message: Message) -> list[tuple[str, dict[str, Any]]]:
    """Every media object that a message carries, with the type it is sent as."""
    found = [(message.type, message.content)] if message.type in RULES else []
    header = message.content.get("header") or {}
    if header.get("type") in RULES:
        found.append((header["type"], header[header["type"]]))
    for component in message.content.get("components") or [] if message.type == "template" else []:
        found += [(part["type"], part[part["type"]]) for part in component.get("parameters", []) if part["type"] in RULES]
    return found


def _judge_source(world: World, kind: str, source: dict[str, Any]) -> None:
    if "id" not in source:
        return
    media = world.media.get(source["id"])
    if media is None:
        raise GraphError(100, f"Invalid parameter: {kind}.id {source['id']} is not a media id of this number.")
    objection = judge_media(kind, media.mime, media.size)
    if objection:
        raise GraphError(131053, objection)
