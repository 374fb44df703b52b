"""The desk's lists are pages of an index: of the open complaints by what is due next, of the ended ones by their end

Revision: 0025, after: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NEXT_DUE = "CASE WHEN first_reply_at IS NULL THEN first_reply_due ELSE answer_due END"


def upgrade() -> None:
    op.add_column(
        "complaints",
        sa.Column(
            "next_due",
            sa.DateTime(timezone=True),
            sa.Computed(NEXT_DUE, persisted=op.get_bind().dialect.name == "postgresql"),
            nullable=True,
        ),
    )
    opened = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_complaints_open",
        "complaints",
        ["urgent", "next_due", "id", "state", "restricted", "reader_id", "assigned_to", "level"],
        postgresql_where=opened,
        sqlite_where=opened,
    )
    op.create_index(
        "ix_complaints_ended",
        "complaints",
        ["closed_at", "id", "restricted", "reader_id", "level"],
        postgresql_where=sa.text("closed_at IS NOT NULL"),
        sqlite_where=sa.text("closed_at IS NOT NULL"),
    )
    op.drop_index(op.f("ix_complaints_closed_at_id"), "complaints")


def downgrade() -> None:
    op.create_index(op.f("ix_complaints_closed_at_id"), "complaints", ["closed_at", "id"])
    op.drop_index("ix_complaints_ended", "complaints")
    op.drop_index("ix_complaints_open", "complaints")
    op.drop_column("complaints", "next_due")
