"""Lanes, files and notices are leased in the same way, and housekeeping has a table of its own

Revision: bot0002, after: bot0001
"""

import sqlalchemy as sa
from alembic import op

revision = "bot0002"
down_revision = "bot0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_schedule",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bot_schedule")),
    )
    op.add_column("bot_lane", sa.Column("claimed_by", sa.String(length=32), nullable=True))
    op.add_column("bot_lane", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.drop_column("bot_lane", "owner")
    for table in ("bot_media", "bot_notice"):
        op.add_column(table, sa.Column("claimed_by", sa.String(length=32), nullable=True))
        op.add_column(table, sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in ("bot_notice", "bot_media"):
        op.drop_column(table, "leased_until")
        op.drop_column(table, "claimed_by")
    op.add_column("bot_lane", sa.Column("owner", sa.String(length=40), nullable=True))
    op.drop_column("bot_lane", "attempts")
    op.drop_column("bot_lane", "claimed_by")
    op.drop_table("bot_schedule")
