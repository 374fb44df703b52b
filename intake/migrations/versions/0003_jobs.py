"""Writes to the back office and second readings are leased to one process, and housekeeping has a table of its own

Revision: 0003_jobs, after: 0002_versions
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_jobs"
down_revision = "0002_versions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_schedule",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_intake_schedule")),
    )
    for table in ("dispatches", "draft_documents"):
        op.add_column(table, sa.Column("claimed_by", sa.String(length=32), nullable=True))
        op.add_column(table, sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft_documents", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    unread = {"sqlite_where": sa.text("complete IS 0"), "postgresql_where": sa.text("complete IS false")}
    op.create_index("ix_draft_documents_unread", "draft_documents", ["submission"], **unread)


def downgrade() -> None:
    op.drop_index("ix_draft_documents_unread", table_name="draft_documents")
    op.drop_column("draft_documents", "attempts")
    for table in ("draft_documents", "dispatches"):
        op.drop_column(table, "leased_until")
        op.drop_column(table, "claimed_by")
    op.drop_table("intake_schedule")
