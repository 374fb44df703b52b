"""One-time links of the capture page.

Revision: bot_0011, after: bot_0010
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0011"
down_revision = "bot_0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_capture_link",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("contact_id", sa.String(36), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blob", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["bot_contact.id"], name="fk_bot_capture_link_contact_id_bot_contact"),
        sa.PrimaryKeyConstraint("digest", name="pk_bot_capture_link"),
    )
    op.create_index("ix_bot_capture_link_contact_id", "bot_capture_link", ["contact_id"])
    op.create_index("ix_bot_capture_link_expires_at", "bot_capture_link", ["expires_at"])


def downgrade() -> None:
    op.drop_table("bot_capture_link")
