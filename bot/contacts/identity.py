"""Reads who sent an update: phone, BSUID or both, from the places where Meta may put or leave out either. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from standard.typed import NAME_LONGEST, bounded

LONGEST = 200


@dataclass(frozen=True)
class Identity:
    """WhatsApp's names for a person, as far as one update tells them."""

    wa_id: str | None = None
    user_id: str | None = None
    name: str | None = None

    def __bool__(self) -> bool:
        return self.wa_id is not None or self.user_id is not None


def sender_of(message: dict[str, Any], contacts: Sequence[dict[str, Any]]) -> Identity:
    """Who sent a message: its own `from` and `from_user_id`, completed by the contact that goes with it. Falsy when nobody is named."""
    return _completed(Identity(_text(message.get("from")), _text(message.get("from_user_id"))), contacts)


def recipient_of(status: dict[str, Any], contacts: Sequence[dict[str, Any]]) -> Identity:
    """To whom the message of a status went."""
    return _completed(Identity(_text(status.get("recipient_id")), _text(status.get("recipient_user_id"))), contacts)


def _completed(named: Identity, contacts: Sequence[dict[str, Any]]) -> Identity:
    for contact in contacts:
        wa_id, user_id = _text(contact.get("wa_id")), _text(contact.get("user_id"))
        same = (wa_id is not None and wa_id == named.wa_id) or (user_id is not None and user_id == named.user_id)
        conflicting = (wa_id and named.wa_id and wa_id != named.wa_id) or (user_id and named.user_id and user_id != named.user_id)
        if not conflicting and (same or (not named and len(contacts) == 1)):
            profile = contact.get("profile")
            name = _text(profile.get("name")) if isinstance(profile, dict) else None
            name = bounded(name, NAME_LONGEST).text or None if name else None
            return Identity(named.wa_id or wa_id, named.user_id or user_id, name)
    return named


def _text(value: Any) -> str | None:
    """A non-empty text of a length that an id may have; numbers, which some of Meta's examples hold, as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value.strip()[:LONGEST] or None if isinstance(value, str) else None
