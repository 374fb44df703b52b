"""Makes one-time links of the capture page, and takes what is sent by them into the queue of the person whose link it is."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.blob_owners import of_capture, of_media
from bot.capture.models import CaptureLink
from bot.contacts import repository as contacts
from bot.conversations import repository as conversations
from bot.conversations.media import Media, Source
from bot.conversations.models import Item
from contracts.answer import Link, Message
from contracts.turn import TurnKind
from storage.kept_blobs import let_go, need

VALID = timedelta(hours=24)
SECRET_BYTES = 24
SITE = "{laman}"
"""In a text: where the page's host is named."""


@dataclass(frozen=True)
class Capturing:
    """Where the page is, as people reach it; without a URL it is nowhere."""

    url: str = ""

    @property
    def site(self) -> str:
        """The host that people see before they tap."""
        return urlsplit(self.url).hostname or ""


class Spent(Exception):
    """There is no such link, or none any more."""


async def offer(session: AsyncSession, contact_id: str, messages: Sequence[Message], capturing: Capturing, now: datetime) -> list[Message]:
    """The messages of an answer, each offer of the page with a fresh link; without those that are not to be made.

    The secret stands behind the `#`: no browser tells it to a server as part of an address, nor to another page.
    """
    made = []
    for message in messages:
        if message.capture is None:
            made.append(message)
        elif capturing.url:
            secret = await make(session, contact_id, message.capture.item, now)
            link = Link(button=message.capture.button, url=f"{capturing.url}#{secret}")
            made.append(message.model_copy(update={"capture": None, "link": link, "text": message.text.replace(SITE, capturing.site)}))
    return made


async def make(session: AsyncSession, contact_id: str, item: str, now: datetime) -> str:
    """A new link's secret; what that person had not used of older ones ends."""
    await session.execute(delete(CaptureLink).where(CaptureLink.contact_id == contact_id, CaptureLink.blob.is_(None)))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.add(CaptureLink(digest=digest(secret), contact_id=contact_id, item=item, expires_at=now + VALID))
    return secret


async def forget(session: AsyncSession, contact_id: str) -> None:
    """A person's links end at once."""
    await session.execute(delete(CaptureLink).where(CaptureLink.contact_id == contact_id))


async def item_of(session: AsyncSession, secret: str, now: datetime, *, spent: bool = False) -> str:
    """For which document a link was made; `spent`: also where it is. Looking spends nothing: previews look, too. Raises Spent."""
    link = await _link(session, secret, now)
    if link.blob is not None and not spent:
        raise Spent
    return link.item


async def take(session: AsyncSession, secret: str, blob: str, mime: str, now: datetime) -> bool:
    """Puts a file that `of_capture` has kept into the queue, as a photo of the chat would be. False where it is there already: an answer
    was lost on its way, and the same file came again. Raises Spent.
    """
    link = await _link(session, secret, now)
    if link.blob == blob:
        return False
    contact = await contacts.find(session, link.contact_id)
    if contact is None:
        raise Spent
    await conversations.wake(session, {contact.id}, now)
    mine = update(CaptureLink).where(CaptureLink.digest == link.digest, CaptureLink.blob.is_(None)).values(blob=blob)
    if (await session.execute(mine.returning(CaptureLink.digest))).scalar_one_or_none() is None:
        raise Spent
    item = Item(contact_id=contact.id, kind=TurnKind.DOCUMENTS, body={"type": "image"}, at=now, received_at=now, ready=True)
    session.add(item)
    await session.flush()
    file = Media(item_id=item.id, source=Source.CAPTURE, mime=mime, blob=blob, deadline=now, attempts=0)
    session.add(file)
    await session.flush()
    await need(session, of_media(file.id), [blob], now)
    await let_go(session, [of_capture(link.digest)])
    return True


async def erase_expired(session: AsyncSession, now: datetime) -> None:
    """Links whose day is over."""
    await session.execute(delete(CaptureLink).where(CaptureLink.expires_at <= now))


async def _link(session: AsyncSession, secret: str, now: datetime) -> CaptureLink:
    """The link of today. Raises Spent."""
    link = await session.scalar(select(CaptureLink).where(CaptureLink.digest == digest(secret), CaptureLink.expires_at > now))
    if link is None:
        raise Spent
    return link


def digest(secret: str) -> str:
    """Under which name a link is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
