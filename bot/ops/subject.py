"""Writes the copy of what the bot holds of one person: who they are to us, and the chat."""

from pathlib import Path

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.contacts.models import Contact
from bot.contacts.repository import find, former_ids
from bot.conversations.media import Media
from bot.conversations.models import Item, Turn, TurnState
from bot.model import Base
from bot.notices.models import Notice
from bot.outbox.models import Sending
from storage.blobs import BlobStore
from storage.database import Database
from storage.subject import CONTACT_FILE, blobs_in, rows_of, write_files, write_json


async def contact_ids(session: AsyncSession, named: str) -> list[str]:
    """The ids of who goes by that phone number, BSUID or id of ours, the present one first; none where nobody does."""
    number = "".join(letter for letter in named if letter.isdigit())
    known = or_(Contact.wa_id == (number or named), Contact.user_id == named, Contact.id == named)
    found = await session.scalar(select(Contact).where(known).limit(1))
    contact = await find(session, found.id) if found is not None else None
    return [contact.id, *await former_ids(session, contact.id)] if contact is not None else []


async def write_copy(database: Database, store: BlobStore, named: str, folder: Path) -> int:
    """Writes it into the folder; says how many rows, -1 where nobody goes by that name.

    Raw bodies of Meta's deliveries are not in it: they hold others' messages, too, and the same words stand in the chat. Nor are turns
    that are concealed, or not heard yet: they may tell of a complaint without a name.
    """
    async with database.read() as session:
        if not (ids := await contact_ids(session, named)):
            return -1
        open_turns = Turn.contact_id.in_(ids) & (Turn.state == TurnState.DONE) & Turn.concealed.is_(False)
        heard = select(Turn.id).where(open_turns)
        told = select(Turn.notice_id).where(open_turns, Turn.notice_id.is_not(None))
        said = Item.contact_id.in_(ids) & Item.turn_id.in_(heard)
        chosen = {
            "bot_contact": Contact.id.in_(ids),
            "bot_item": said,
            "bot_media": Media.item_id.in_(select(Item.id).where(said)),
            "bot_notice": Notice.contact_id.in_(ids) & Notice.id.in_(told),
            "bot_turn": open_turns,
            "bot_sending": Sending.contact_id.in_(ids) & ~Sending.seq.in_(_concealed_sends(ids)),
        }
        rows = await rows_of(session, "bot", Base.metadata, chosen)
    write_json(folder, CONTACT_FILE, {"ids": ids})
    write_json(folder, "chat.json", rows)
    await write_files(folder, store, blobs_in(rows))
    return sum(map(len, rows.values()))


def _concealed_sends(ids: list[str]) -> Select[int]:
    """The answers of turns that are not in the copy, and the templates that stand for them: those bear the number, too."""
    kept = or_(Turn.concealed, Turn.state != TurnState.DONE)
    answers = select(Sending.seq, Sending.id).where(Sending.contact_id.in_(ids), Sending.turn_id.in_(select(Turn.id).where(kept)))
    inner = answers.subquery()
    return select(Sending.seq).where(or_(Sending.seq.in_(select(inner.c.seq)), Sending.stands_for.in_(select(inner.c.id))))
