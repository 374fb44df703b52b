"""A turn may belong to a complaint that staff must not read beside a case.

Revision: bot_0006, after: bot_0005
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0006"
down_revision = "bot_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bot_turn", sa.Column("concealed", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("bot_turn", "concealed")
