"""Decides what becomes of one update, by the policy and by what it holds. Pure: carrying it out is `bot.inbox.batch`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.contacts.identity import Identity, sender_of
from bot.conversations.message import Message
from bot.deliveries.envelope import Update
from bot.inbox import reading
from bot.inbox.policy import Treatment, rule_of_update

log = structlog.get_logger()

SAID = frozenset({"message", "status", "call"})
"""Kinds of update that concern one business number."""


@dataclass(frozen=True)
class Ignore:
    """Nothing, on purpose."""


@dataclass(frozen=True)
class Note:
    """It is kept whole, for the operator."""


@dataclass(frozen=True)
class Enqueue:
    """Into the conversation queue of whoever sent it."""

    sender: Identity
    message: Message
    wamid: str | None
    sent_at: datetime


@dataclass(frozen=True)
class Park:
    """It waits for a person or a later version. Who said it to us, if anybody, is answered that we can't open it."""

    reason: str
    answered: Enqueue | None = None


@dataclass(frozen=True)
class Rename:
    """The same person under a new number or BSUID."""

    old: Identity
    new: Identity


@dataclass(frozen=True)
class Changed:
    """The same number on another phone, or by another person."""

    sender: Identity


@dataclass(frozen=True)
class Report:
    """What became of a message of ours."""

    content: dict[str, Any]
    at: datetime
    contacts: tuple[dict[str, Any], ...]


Decision = Ignore | Note | Park | Enqueue | Rename | Changed | Report


def decide(update: Update, number: str, at: datetime) -> Decision:
    """What to do with an update that arrived at that moment. Whatever is wrong with it parks it; nothing is raised."""
    try:
        return _decide(update, number, at)
    except reading.Unreadable as unreadable:
        return park(update, number, unreadable.reason, at)
    except Exception as error:
        log.exception("update_parked", kind=update.kind)
        return park(update, number, fault_of(error), at)


def park(update: Update, number: str, reason: str, at: datetime) -> Park:
    """Parks an update for that reason."""
    sender = sender_of(update.content, update.contacts)
    if not sender or update.number != number or update.key is None or not reading.is_said_to_us(update):
        return Park(reason)
    return Park(reason, Enqueue(sender, reading.UNREADABLE, update.content["id"], reading.moment_of(update.content, at)))


def fault_of(error: Exception) -> str:
    """The reason for parking what our own code or the database failed at."""
    return f"fault:{type(error).__name__}"[:80]


def _decide(update: Update, number: str, at: datetime) -> Decision:
    if update.kind == "malformed":
        return Park(update.reason or "malformed")
    if update.kind in SAID and update.number != number:
        return Park("other_number")
    if update.kind == "message":
        return _message(update, number, at)
    rule = rule_of_update(update.kind)
    match rule.treatment:
        case Treatment.STATUS:
            if update.key is None:
                raise reading.Unreadable("no_id")
            return Report(update.content, reading.moment_of(update.content, at), update.contacts)
        case Treatment.OTHER:
            return _call(update, at)
        case Treatment.ALARM:
            log.warning("operator_update", kind=update.kind, operator_event=_short_event(update.content))
            return Note()
        case Treatment.IGNORE:
            return Ignore()
    return Park(rule.why)


def _message(update: Update, number: str, at: datetime) -> Decision:
    if update.key is None:
        raise reading.Unreadable("no_id")
    sender = sender_of(update.content, update.contacts)
    if not sender:
        raise reading.Unreadable("no_sender")
    found = reading.read(update.content)
    if found.rule.treatment is Treatment.SYSTEM:
        system = update.content["system"]
        new = Identity(_id(system.get("wa_id") or system.get("new_wa_id")), _id(system.get("user_id")))
        if not new:
            raise reading.Unreadable("no_new_identity")
        return Rename(sender, new)
    if found.rule.treatment is Treatment.CHANGED:
        return Changed(sender)
    if found.message is None:
        return Ignore() if found.rule.treatment is Treatment.IGNORE else park(update, number, found.rule.why, at)
    return Enqueue(sender, found.message, update.content.get("id"), reading.moment_of(update.content, at))


def _call(update: Update, at: datetime) -> Decision:
    message = reading.read_call(update.content)
    if message is None:
        return Ignore()
    sender = sender_of(update.content, update.contacts)
    if not sender or update.key is None:
        raise reading.Unreadable("no_sender")
    return Enqueue(sender, message, None, reading.moment_of(update.content, at))


def _id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and str(value) and len(str(value)) <= 200 else None


def _short_event(content: dict[str, Any]) -> str:
    """What an account update is called; such names are Meta's own words, no one's data."""
    return str(content.get("event") or content.get("code") or "")[:60]
