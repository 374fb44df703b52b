"""When WhatsApp said that number or phone of a contact are others.

Revision: bot_0010, after: bot_0009
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0010"
down_revision = "bot_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bot_contact", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bot_contact") as batch_op:
        batch_op.drop_column("changed_at")
