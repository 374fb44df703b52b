"""An item remembers whether its sender knows that its files are still being fetched."""

import sqlalchemy as sa
from alembic import op

revision = "bot_0005"
down_revision = "bot_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bot_item", sa.Column("delay_told", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("bot_item", "delay_told")
