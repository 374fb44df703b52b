"""What the citizen's hand does: writes, taps, sends photos and documents; each becomes a bubble and a signed webhook."""

import asyncio
import base64
import json
import random
from dataclasses import dataclass
from typing import Any

from simulator import ids, props
from simulator.delivery import Delivery
from simulator.graph_errors import status_error
from simulator.model import Media, Message, Phone, State
from simulator.photos import recompress
from simulator.shown import shown
from simulator.webhook import Update, digits, message_update
from simulator.world import World


class CannotSend(Exception):
    """The phone can't send this; the text says why."""


@dataclass(frozen=True)
class File:
    """A file in the citizen's hand."""

    name: str
    mime: str
    content: bytes


class Hand:
    """The hand on one phone."""

    def __init__(self, world: World, delivery: Delivery, phone: Phone) -> None:
        self._world = world
        self._delivery = delivery
        self._phone = phone

    def send(self, kind: str, content: dict[str, Any], **more: Any) -> Message:
        """Puts a bubble of any type into the chat and posts its webhook (members as in `_bubble`)."""
        message, update = self._bubble(kind, content, **more)
        self._post(message, update)
        return message

    def _bubble(
        self, kind: str, content: dict[str, Any], *, beside: dict[str, Any] | None = None, reply_to: str | None = None, **bubble: Any
    ) -> tuple[Message, Update]:
        """A bubble in the chat and its webhook, not yet posted; `beside` are members of the webhook's row that the bubble does not hold."""
        message = Message(ids.message_id(), self._phone.id, "out", kind, self._world.now(), content, State.SENT, reply_to, **bubble)
        message.shown |= shown(self._world, message)
        self._world.add_message(message)
        row = {kind: content[kind] if kind == "contacts" else content} if content else {}
        return message, message_update(self._phone, message, self._world.settings.business_number, row | (beside or {}))

    def _post(self, message: Message, update: Update) -> None:
        self._delivery.give(update, lambda: self._world.raise_state(message, State.DELIVERED))

    def text(self, body: str, reply_to: str | None = None) -> Message:
        """Writes."""
        if not body.strip():
            raise CannotSend("Pesan kosong.")
        return self.send("text", {"body": body}, reply_to=reply_to)

    def tap(self, option: str, message_id: str | None = None) -> Message:
        """Taps the button or row with this id or title, on one message or the newest that has it."""
        for message in reversed(self._world.chat(self._phone.id)):
            if message.direction == "in" and message_id in (None, message.id):
                for kind, choice in options(message):
                    if option in (choice.get("id"), choice.get("title")):
                        return self._tapped(message, kind, choice)
        raise CannotSend(f"Tidak ada tombol atau pilihan '{option}'.")

    def _tapped(self, message: Message, kind: str, choice: dict[str, Any]) -> Message:
        message.chosen = choice["id"]
        self._world.save_message(message)
        if kind == "button":
            return self.send("button", {"payload": choice["id"], "text": choice["title"]}, reply_to=message.id)
        return self.send("interactive", {"type": kind, kind: choice}, reply_to=message.id)

    def form(self, values: dict[str, str], message_id: str | None = None, token: str | None = None) -> Message:
        """Sends a filled-in Flow, of that message or the newest that opens one, with its token or another that is given."""
        for message in reversed(self._world.chat(self._phone.id)):
            if message.direction == "in" and message.content.get("type") == "flow" and message_id in (None, message.id):
                own = message.content["action"]["parameters"]["flow_token"]
                answer = json.dumps({"flow_token": own if token is None else token, **values})
                reply = {"name": "flow", "body": "Sent", "response_json": answer}
                return self.send("interactive", {"type": "nfm_reply", "nfm_reply": reply}, reply_to=message.id)
        raise CannotSend("Tidak ada formulir.")

    async def photos(self, files: list[File], caption: str | None = None, reply_to: str | None = None) -> list[Message]:
        """Sends photos as WhatsApp does: recompressed; several are an album, whose webhooks go out in parallel (contract 1.4)."""
        contents = await asyncio.gather(*(asyncio.to_thread(recompress, file.content) for file in files))
        pictures = [File(file.name, "image/jpeg", content) for file, content in zip(files, contents, strict=True)]
        album = ids.trace_id() if len(pictures) > 1 else None
        bubbles = []
        for position, picture in enumerate(pictures):
            content = self._file(self._keep(picture, None)) | ({"caption": caption} if caption and position == 0 else {})
            bubbles.append(self._bubble("image", content, reply_to=reply_to, album=album))
        for message, update in random.sample(bubbles, len(bubbles)):
            self._post(message, update)
        return [message for message, _ in bubbles]

    def document(self, file: File, caption: str | None = None, reply_to: str | None = None) -> Message:
        """Sends a file as *Dokumen*: byte by byte as it is."""
        content = self._file(self._keep(file, file.name)) | {"filename": file.name} | ({"caption": caption} if caption else {})
        return self.send("document", content, reply_to=reply_to)

    def video(self, file: File, caption: str | None = None) -> Message:
        """Sends a film."""
        return self.send("video", self._file(self._keep(file, file.name)) | ({"caption": caption} if caption else {}))

    def voice(self) -> Message:
        """Sends a voice note."""
        return self.send(
            "audio", self._file(self._keep(File("voice.ogg", "audio/ogg; codecs=opus", props.voice_note()), None)) | {"voice": True}
        )

    def sticker(self, name: str) -> Message:
        """Sends one of the stickers."""
        if name not in props.STICKERS:
            raise CannotSend(f"Tidak ada stiker '{name}'.")
        return self.send("sticker", self._file(self._keep(File(name, "image/webp", props.sticker(name)), None)) | {"animated": False})

    def location(
        self, latitude: float, longitude: float, name: str | None = None, address: str | None = None, reply_to: str | None = None
    ) -> Message:
        """Sends a place."""
        named = {key: value for key, value in (("name", name), ("address", address)) if value}
        return self.send("location", {"latitude": latitude, "longitude": longitude, **named}, reply_to=reply_to)

    def contact(self, name: str, number: str, *, requested: bool = False, reply_to: str | None = None) -> Message:
        """Sends a contact card; `requested` answers the business's request for the citizen's own number."""
        card: dict[str, Any] = {
            "name": {"formatted_name": name, "first_name": name},
            "phones": [{"phone": number, "wa_id": digits(number), "type": "CELL"}],
        }
        card["origin"] = "contact_request" if requested else "other"
        return self.send("contacts", {"contacts": [card]}, reply_to=reply_to)

    def react(self, message_id: str, emoji: str) -> None:
        """Puts a reaction on a message of the business; an empty one takes it away. No bubble."""
        target = self._world.messages.get(message_id)
        if target is None:
            raise CannotSend("Pesan itu tidak ada.")
        target.reactions = (
            {**target.reactions, "citizen": emoji} if emoji else {key: value for key, value in target.reactions.items() if key != "citizen"}
        )
        self._world.save_message(target)
        reaction = Message(ids.message_id(), self._phone.id, "out", "reaction", self._world.now(), {})
        content = {"reaction": {"message_id": message_id} | ({"emoji": emoji} if emoji else {})}
        self._delivery.give(message_update(self._phone, reaction, self._world.settings.business_number, content))

    def unsupported(self, kind: str = "poll_creation", code: int = 131051) -> Message:
        """Sends something that the Cloud API can't carry."""
        details = "Message type is currently not supported." if code == 131051 else "This message is currently unavailable."
        return self.send("unsupported", {"type": kind}, beside={"errors": [status_error(code, details)]})

    def raw(self, row: dict[str, Any]) -> Message:
        """Sends a webhook row of any type with exactly these members (system, order, edit, revoke, referral, forwarded, …)."""
        kind = str(row.get("type", "unknown"))
        return self.send(kind, {}, beside=row, shown={"raw": row})

    def _keep(self, file: File, filename: str | None) -> Media:
        return self._world.add_media(file.content, file.mime, filename, "received")

    def _file(self, media: Media) -> dict[str, Any]:
        """The media object of a webhook: the checksum is base64 there, hex in our store."""
        checksum = base64.b64encode(bytes.fromhex(media.sha256)).decode()
        url = {"url": self._world.media_url(media)} if self._world.behaviour.media_url_in_webhook else {}
        return {"mime_type": media.mime, "sha256": checksum, "id": media.id} | url


def options(message: Message) -> list[tuple[str, dict[str, Any]]]:
    """What can be tapped on a message: pairs of the reply's type and its id, title and description."""
    if message.type == "template":
        return [("button", {"id": text, "title": text}) for text in message.shown.get("buttons", ())]
    action = message.content.get("action", {}) if message.type == "interactive" else {}
    buttons = [("button_reply", button["reply"]) for button in action.get("buttons", ())]
    return buttons + [("list_reply", row) for section in action.get("sections", ()) for row in section["rows"]]
