"""Who needs which blob is noted, in tables that the bot and the intake share

Revision ID: 0004_blob_uses
Revises: 0003_jobs
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.model import Json

revision = "0004_blob_uses"
down_revision = "0003_jobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _tables()
    uses = {("document:" + key, page["blob"]) for key, pages in _rows("draft_documents", "submission", "pages") for page in pages}
    uses |= {("dispatch:" + key, part["blob"]) for key, parts in _rows("dispatches", "key", "blobs", "done_at IS NULL") for part in parts}
    uses |= {("turn:" + key, blob) for key, answer in _rows("answered_turns", "turn", "answer") for blob in _files(answer)}
    for contact, talk in _rows("conversations", "contact", "content"):
        attachments = ((talk.get("side") or {}).get("data") or {}).get("attachments") or []
        uses |= {("conversation:" + contact, part["blob"]) for part in attachments}
    _note(uses)


def downgrade() -> None:
    """The tables stay: the bot needs them."""


def _rows(table: str, key: str, content: str, where: str = "1 = 1") -> list[tuple[str, Any]]:
    of = sa.table(table, sa.column(key), sa.column(content, Json))
    found = op.get_bind().execute(sa.select(of.c[key], of.c[content]).where(sa.text(where)))
    return [(str(row[0]), row[1]) for row in found]


def _files(answer: list[dict[str, Any]]) -> list[str]:
    return [message[part]["blob"] for message in answer for part in ("document", "image") if message.get(part)]


def _tables() -> None:
    """The bot and the intake share them: whichever migrates first makes them."""
    if sa.inspect(op.get_bind()).has_table("kept_blobs"):
        return
    op.create_table(
        "kept_blobs",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_kept_blobs")),
    )
    op.create_table(
        "blob_uses",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["kept_blobs.blob"], name=op.f("fk_blob_uses_blob_kept_blobs")),
        sa.PrimaryKeyConstraint("owner", "blob", name=op.f("pk_blob_uses")),
    )
    op.create_index(op.f("ix_blob_uses_blob"), "blob_uses", ["blob"])


def _note(uses: set[tuple[str, str]]) -> None:
    connection = op.get_bind()
    for owner, blob in sorted(uses):
        connection.execute(sa.text("INSERT INTO kept_blobs (blob) VALUES (:blob) ON CONFLICT DO NOTHING"), {"blob": blob})
        row = {"owner": owner, "blob": blob}
        connection.execute(
            sa.text("INSERT INTO blob_uses (owner, blob, noted_at) VALUES (:owner, :blob, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"), row
        )
