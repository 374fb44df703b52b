"""Builds the webhook bodies that Meta posts (contract 1.3–1.5) and signs them."""

import hashlib
import hmac
import json
import random
from dataclasses import dataclass
from typing import Any

from simulator.model import Message, Phone
from simulator.settings import Settings


@dataclass(frozen=True)
class Update:
    """One message or status on its way to the bot: `key` is `messages` or `statuses`, `contact` its row of `contacts[]`."""

    key: str
    row: dict[str, Any]
    contact: dict[str, Any] | None


def sign(secret: str, raw: bytes) -> str:
    """The value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def encode(body: Any) -> bytes:
    """JSON as Meta writes it: non-ASCII characters and slashes escaped."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode()


def digits(number: str | None) -> str | None:
    """`+62812…` → `62812…`, the form of `from` and `wa_id`."""
    return number.lstrip("+") if number else None


def contact(phone: Phone) -> dict[str, Any]:
    """The citizen as `contacts[]` shows them: `wa_id` is left out, not empty, for who has no number."""
    profile = {"name": phone.name} | ({"username": phone.username} if phone.username else {})
    return {"profile": profile} | ({"wa_id": digits(phone.number)} if phone.number else {}) | {"user_id": phone.user_id}


def message_update(phone: Phone, message: Message, business_number: str, content: dict[str, Any]) -> Update:
    """An inbound message of any type; `content` holds the members beside the common ones."""
    row: dict[str, Any] = {"from": digits(phone.number)} if phone.number else {}
    row |= {"from_user_id": phone.user_id, "id": message.id, "timestamp": str(int(message.at)), "type": message.type} | content
    if message.reply_to:
        row["context"] = {"from": business_number, "id": message.reply_to} | row.get("context", {})
    return Update("messages", row, None if message.type == "system" else contact(phone))


def status_update(phone: Phone | None, message: Message, status: str, at: float, to: str | None = None) -> Update:
    """A status of an outbound message; `to` is the number written to where no such phone exists."""
    row: dict[str, Any] = {"id": message.id, "status": status, "timestamp": str(int(at))}
    recipient = digits(phone.number) if phone else digits(to)
    if recipient:
        row["recipient_id"] = recipient
    if phone and not (status == "failed" and phone.number):
        row["recipient_user_id"] = phone.user_id
    if message.opaque is not None:
        row["biz_opaque_callback_data"] = message.opaque
    if status == "failed":
        row["errors"] = [message.error]
        return Update("statuses", row, None)
    if message.pricing and status != "read":
        row["pricing"] = message.pricing
    return Update("statuses", row, contact(phone) if phone else None)


def envelope(settings: Settings, updates: list[Update]) -> dict[str, Any]:
    """One POST body. Neighbours of one kind share a `value`, others get a `change` of their own, as Meta aggregates."""
    changes: list[dict[str, Any]] = []
    for update in updates:
        value = changes[-1]["value"] if changes else {}
        if update.key not in value or random.random() < 0.3:  # noqa: S311 - readers must not rely on one shape
            metadata = {"display_phone_number": settings.business_number, "phone_number_id": settings.phone_number_id}
            value = {"messaging_product": "whatsapp", "metadata": metadata, update.key: []}
            changes.append({"value": value, "field": "messages"})
        if update.contact and update.contact not in value.setdefault("contacts", []):
            value["contacts"].append(update.contact)
        if not value.get("contacts", True):
            del value["contacts"]
        value[update.key].append(update.row)
    return {"object": "whatsapp_business_account", "entry": [{"id": settings.business_account_id, "changes": changes}]}
