"""Whoever reports without a name is answered under a name that only the bot can tell.

Revision: bot_0007, after: bot_0006
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0007"
down_revision = "bot_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_sealed",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("contact_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["bot_contact.id"], name="fk_bot_sealed_contact_id_bot_contact"),
        sa.PrimaryKeyConstraint("name", name="pk_bot_sealed"),
    )


def downgrade() -> None:
    op.drop_table("bot_sealed")
