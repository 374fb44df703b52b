"""The control API over the citizens' phones: who there is, what they see, what they send."""

import asyncio
from collections.abc import Callable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from simulator import drawer
from simulator.hand import File, Hand, options
from simulator.model import Message, Phone, as_json
from simulator.progress import come_online, read_all
from simulator.routes.asking import AskedWrongly, files_of, hand_of, members, phone_of
from simulator.world import World

blueprint = Blueprint("phones", url_prefix="/control/phones")

CHANGEABLE = ("name", "number", "username", "online")


def phone_json(world: World, phone: Phone) -> dict[str, Any]:
    """A phone as tests and pages see it."""
    return as_json(phone) | {"window_open": world.window_open(phone)}


def message_json(message: Message) -> dict[str, Any]:
    """A bubble as tests and pages see it: `text` is what a person reads, `options` what can be tapped."""
    content = message.content
    text = message.shown.get("text") or content.get("caption") or (content.get("body") if isinstance(content.get("body"), str) else None)
    if message.type == "interactive":
        reply, filled = content.get("button_reply") or content.get("list_reply"), content.get("nfm_reply")
        text = reply["title"] if reply else filled["body"] if filled else content.get("body", {}).get("text")
    elif message.type == "button":
        text = content["text"]
    return as_json(message) | {"text": text, "options": [{"type": kind, **choice} for kind, choice in options(message)]}


@blueprint.get("/")
async def phones(request: Request) -> HTTPResponse:
    """All phones."""
    world = request.app.ctx.world
    return json({"phones": [phone_json(world, phone) for phone in world.phones.values()]})


@blueprint.post("/")
async def new_phone(request: Request) -> HTTPResponse:
    """A new phone; without a number it is known by its BSUID only."""
    world, asked = request.app.ctx.world, members(request)
    number = asked.get("number") or None
    if number and not (number.startswith("+") and number[1:].isdigit() and 8 <= len(number) <= 16):
        raise AskedWrongly("Nomor ditulis seperti +6281234567890.")
    if number and world.find_phone(number):
        raise AskedWrongly("Nomor itu sudah dipakai telepon lain.")
    phone = world.add_phone(
        str(asked.get("name") or "Warga SPESIMEN")[:60], number, asked.get("username") or (None if number else "warga.spesimen")
    )
    return json(phone_json(world, phone), status=201)


@blueprint.patch("/<name>")
async def change_phone(request: Request, name: str) -> HTTPResponse:
    """Changes name, number (null hides it), username, or whether the phone is online."""
    world, phone, asked = request.app.ctx.world, phone_of(request, name), members(request)
    if asked.keys() - set(CHANGEABLE):
        raise AskedWrongly(f"changeable: {', '.join(CHANGEABLE)}")
    was_online = phone.online
    for key, value in asked.items():
        setattr(phone, key, value)
    world.save_phone(phone)
    if phone.online and not was_online:
        come_online(world, request.app.ctx.delivery, phone)
    return json(phone_json(world, phone))


@blueprint.post("/<name>/window")
async def set_window(request: Request, name: str) -> HTTPResponse:
    """Makes the citizen's last message so many hours old: 25 closes the 24-hour window."""
    world, phone = request.app.ctx.world, phone_of(request, name)
    phone.last_inbound = world.now() - 3600 * float(members(request).get("hours_ago", 0))
    world.save_phone(phone)
    return json(phone_json(world, phone))


@blueprint.get("/<name>/messages")
async def messages(request: Request, name: str) -> HTTPResponse:
    """The chat; `?after=<message id>`, `?direction=in|out`, and `?wait=<seconds>` for at least one such message."""
    world, phone = request.app.ctx.world, phone_of(request, name)
    after, direction = request.args.get("after"), request.args.get("direction")
    until = asyncio.get_running_loop().time() + min(float(request.args.get("wait", 0)), 120)
    with world.hub.listen() as events:
        while True:
            chat = world.chat(phone.id)
            start = next((place + 1 for place, message in enumerate(chat) if message.id == after), 0)
            found = [message_json(message) for message in chat[start:] if direction in (None, message.direction)]
            left = until - asyncio.get_running_loop().time()
            if found or left <= 0:
                return json({"messages": found})
            try:
                await asyncio.wait_for(events.get(), left)
            except TimeoutError:
                continue


@blueprint.delete("/<name>/messages")
async def clear(request: Request, name: str) -> HTTPResponse:
    """Empties the chat."""
    request.app.ctx.world.clear_chat(phone_of(request, name).id)
    return json({"ok": True})


@blueprint.post("/<name>/read")
async def read(request: Request, name: str) -> HTTPResponse:
    """The citizen looks at the chat."""
    return json({"read": read_all(request.app.ctx.world, request.app.ctx.delivery, phone_of(request, name))})


SENDERS: dict[str, Callable[[Hand, dict[str, Any]], Message | None]] = {
    "text": lambda hand, asked: hand.text(asked["text"], asked.get("reply_to")),
    "tap": lambda hand, asked: hand.tap(asked["option"], asked.get("message")),
    "location": lambda hand, asked: hand.location(
        asked["latitude"], asked["longitude"], asked.get("name"), asked.get("address"), asked.get("reply_to")
    ),
    "contact": lambda hand, asked: hand.contact(
        asked["name"], asked["number"], requested=bool(asked.get("requested")), reply_to=asked.get("reply_to")
    ),
    "reaction": lambda hand, asked: hand.react(asked["message"], asked.get("emoji", "")),
    "sticker": lambda hand, asked: hand.sticker(asked.get("name", "nggih")),
    "voice": lambda hand, asked: hand.voice(),
    "unsupported": lambda hand, asked: hand.unsupported(asked.get("kind", "poll_creation"), asked.get("code", 131051)),
    "form": lambda hand, asked: hand.form(asked["values"], asked.get("message"), asked.get("token")),
    "raw": lambda hand, asked: hand.raw(asked["message"]),
}


@blueprint.post("/<name>/send")
async def send(request: Request, name: str) -> HTTPResponse:
    """Sends what the JSON says: `{"type": "text", "text": "…"}` and so on, one row of SENDERS each."""
    asked = members(request)
    sender = SENDERS.get(asked.get("type", ""))
    if sender is None:
        raise AskedWrongly(f"type is one of {', '.join(SENDERS)}")
    try:
        message = sender(hand_of(request, name), asked)
    except KeyError as error:
        raise AskedWrongly(f"missing: {error.args[0]}") from error
    return json(message_json(message) if message else {"ok": True}, status=201)


async def send_files(hand: Hand, files: list[File], as_what: str, caption: str | None, reply_to: str | None) -> list[Message]:
    """Sends files as `photo` (an album when several), `document` or `video`. Raises AskedWrongly."""
    if as_what == "photo":
        return await hand.photos(files, caption, reply_to)
    if as_what == "document":
        return [hand.document(file, caption if place == 0 else None, reply_to) for place, file in enumerate(files)]
    if as_what == "video":
        return [hand.video(file, caption if place == 0 else None) for place, file in enumerate(files)]
    raise AskedWrongly("as is one of photo, document, video")


@blueprint.post("/<name>/files")
async def files(request: Request, name: str) -> HTTPResponse:
    """Sends uploaded files (multipart): `as` photo, document or video; `caption`; `reply_to`."""
    form: dict[str, Any] = request.form or {}
    hand, held = hand_of(request, name), files_of(request)
    sent = await send_files(hand, held, form.get("as") or "photo", form.get("caption") or None, form.get("reply_to") or None)
    return json({"messages": [message_json(message) for message in sent]}, status=201)


@blueprint.post("/<name>/specimen")
async def specimen(request: Request, name: str) -> HTTPResponse:
    """Sends documents of the drawer: `items` (paths), `as` photo or document, `caption`. A PDF always goes as a document."""
    world, hand, asked = request.app.ctx.world, hand_of(request, name), members(request)
    try:
        paths = [drawer.find(world.settings.specimen, item) for item in asked.get("items", ())]
    except FileNotFoundError as error:
        raise AskedWrongly(f"not in the drawer: {error.args[0]}") from error
    if not paths:
        raise AskedWrongly("items is empty")
    held = [File(path.name, drawer.mime_of(path.name), path.read_bytes()) for path in paths]
    as_photo = asked.get("as", "photo") == "photo"
    pictures = [file for file in held if as_photo and file.mime != "application/pdf"]
    papers = [file for file in held if file not in pictures]
    caption, reply_to = asked.get("caption") or None, asked.get("reply_to") or None
    sent = await send_files(hand, pictures, "photo", caption, reply_to) if pictures else []
    sent += await send_files(hand, papers, "document", None if pictures else caption, reply_to)
    return json({"messages": [message_json(message) for message in sent]}, status=201)
