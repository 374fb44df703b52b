"""Leaves out of a chat what belongs to a restricted complaint: whoever it may be about must not read it beside a case.

The bot marks what is told as a complaint, before it is filed and after (`contracts.chat`). What somebody writes of it besides, and what was
said before there were marks or before the desk restricted it, is found here by its words and its time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backoffice.actor import Actor
from backoffice.complaints.models import Complaint, ComplaintMessage
from backoffice.complaints.sight import secret, visible_to
from contracts.chat import ChatLine
from standard.complaints import categories

BEFORE = timedelta(minutes=10)
"""So long before a complaint was filed the talk is about it: its category is asked, its text is written, pictures are sent."""

AFTER = timedelta(minutes=2)
"""So long the answer to what was written takes: its number and its date are in it."""

SHORT = 4
"""A text of fewer characters (a yes) is looked for nowhere else in the chat."""

TELLING = 12
"""Characters from which on a message that stands within a complaint's text counts as a part of it."""


@dataclass(frozen=True)
class Secret:
    """What is kept from others of one restricted complaint: its number, every text of its thread, and when each was written."""

    number: str
    texts: frozenset[str]
    filed_at: datetime
    added_at: tuple[datetime, ...]

    def covers(self, message: ChatLine) -> bool:
        """Whether a message of the chat belongs to it, or tells of it."""
        at = message.at
        if self.filed_at - BEFORE <= at <= self.filed_at + AFTER or any(abs(at - moment) <= AFTER for moment in self.added_at):
            return True
        said = _plain(message.text)
        if self.number.lower() in said:
            return True
        return any(
            said == text or (len(said) >= TELLING and said in text) or (len(text) >= TELLING and text in said) for text in self.texts
        )


async def secrets_of(session: AsyncSession, contact: str, reader: Actor) -> list[Secret]:
    """The complaints of one contact that are kept from this reader."""
    query = select(Complaint).where(secret(), ~visible_to(reader), Complaint.contact_id == contact)
    found = {complaint.id: complaint for complaint in await session.scalars(query)}
    added: dict[str, list[ComplaintMessage]] = {key: [] for key in found}
    for message in await session.scalars(select(ComplaintMessage).where(ComplaintMessage.complaint_id.in_(found))):
        added[message.complaint_id].append(message)
    return [_secret(complaint, added[key]) for key, complaint in found.items()]


def without(messages: Iterable[ChatLine], secrets: list[Secret]) -> Iterator[ChatLine]:
    """The messages that belong to none of them. Nothing stands in their place: that there is such a complaint is a secret, too.

    What the bot has marked is shown to nobody: it may be told without a name, or accuse whoever looks. Its reader has the thread.
    """
    return (message for message in messages if not message.concealed and not any(secret.covers(message) for secret in secrets))


def _secret(complaint: Complaint, thread: list[ComplaintMessage]) -> Secret:
    category = categories().get(complaint.category)
    texts = {complaint.text, *(message.text for message in thread), *([category.label] if category else [])}
    return Secret(
        complaint.number,
        frozenset(text for text in map(_plain, texts) if len(text) >= SHORT),
        complaint.created_at,
        tuple(message.at for message in thread),
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
