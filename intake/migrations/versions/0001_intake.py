"""Makes the intake's tables: conversations, drafts and their documents, answered turns, complaints, dispatches.

Revision ID: 0001_intake
Revises:
"""

import sqlalchemy as sa
from alembic import op

from storage.model import Json, Moment

revision = "0001_intake"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answered_turns",
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("answer", Json, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("turn", name=op.f("pk_answered_turns")),
    )
    with op.batch_alter_table("answered_turns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_turns_contact"), ["contact"], unique=False)

    op.create_table(
        "chat_complaints",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chat_complaints")),
    )
    with op.batch_alter_table("chat_complaints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_complaints_contact"), ["contact"], unique=False)

    op.create_table(
        "conversations",
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("last_in_at", Moment(), nullable=True),
        sa.Column("reminded_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("contact", name=op.f("pk_conversations")),
    )
    op.create_table(
        "dispatches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("blobs", Json, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatches")),
        sa.UniqueConstraint("key", name=op.f("uq_dispatches_key")),
    )
    with op.batch_alter_table("dispatches", schema=None) as batch_op:
        batch_op.create_index("ix_dispatches_due", ["done_at", "next_at"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("content", Json, nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("number", name=op.f("uq_drafts_number")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_contact"), ["contact"], unique=False)

    op.create_table(
        "draft_documents",
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("placed", Json, nullable=False),
        sa.Column("check_result", Json, nullable=False),
        sa.Column("pages", Json, nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name=op.f("fk_draft_documents_draft_drafts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("submission", name=op.f("pk_draft_documents")),
    )
    with op.batch_alter_table("draft_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_documents_draft"), ["draft"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("draft_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_documents_draft"))

    op.drop_table("draft_documents")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_contact"))

    op.drop_table("drafts")
    with op.batch_alter_table("dispatches", schema=None) as batch_op:
        batch_op.drop_index("ix_dispatches_due")

    op.drop_table("dispatches")
    op.drop_table("conversations")
    with op.batch_alter_table("chat_complaints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_complaints_contact"))

    op.drop_table("chat_complaints")
    with op.batch_alter_table("answered_turns", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answered_turns_contact"))

    op.drop_table("answered_turns")
