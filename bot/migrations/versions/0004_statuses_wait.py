"""Webhook bodies that hold statuses only wait while others do, and the waiting ones are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "bot_0004"
down_revision = "bot0003"
branch_labels = None
depends_on = None

WAITING = sa.text("next_try_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("bot_delivery", sa.Column("statuses_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    columns = ["statuses_only", "id"]
    op.create_index("ix_bot_delivery_waiting", "bot_delivery", columns, sqlite_where=WAITING, postgresql_where=WAITING)


def downgrade() -> None:
    op.drop_index("ix_bot_delivery_waiting", "bot_delivery")
    op.drop_column("bot_delivery", "statuses_only")
