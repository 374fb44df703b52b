"""Writes the copy of what the intake holds of one person: drafts, what was read of their papers, and the conversation."""

from pathlib import Path

from sqlalchemy import select

from intake.drafts.tables import Base, ComplaintRow, ConversationRow, DocumentRow, DraftRow
from storage.blobs import BlobStore
from storage.database import Database
from storage.subject import blobs_in, read_contact_ids, rows_of, write_files, write_json

OF_THE_PERSON = ("contact", "phone", "name", "draft", "asked", "held", "changed_at", "confirmed_at", "last_in_at", "reminded_at")
"""What of a conversation is given. The rest says what is just talked about, which may be a complaint without a name."""


async def write_copy(database: Database, store: BlobStore, folder: Path) -> int:
    """Writes it beside the bot's, of whom that named; says how many rows.

    What waits to be handed over is not in it: the same stands in the draft. Nor are complaints without a name, which nobody may
    link, and what may tell of one: kept answers, a story that is being told, the question beside it.
    """
    ids = read_contact_ids(folder)
    drafts = select(DraftRow.id).where(DraftRow.contact.in_(ids))
    chosen = {
        "conversations": ConversationRow.contact.in_(ids),
        "drafts": DraftRow.contact.in_(ids),
        "draft_documents": DocumentRow.draft.in_(drafts),
        "chat_complaints": ComplaintRow.contact.in_(ids) & ComplaintRow.anonymous.is_(False),
    }
    async with database.read() as session:
        rows = await rows_of(session, "intake", Base.metadata, chosen)
    for row in rows.get("conversations", []):
        row["content"] = {name: row["content"][name] for name in OF_THE_PERSON if name in row["content"]}
    write_json(folder, "draft.json", rows)
    await write_files(folder, store, blobs_in(rows))
    return sum(map(len, rows.values()))
