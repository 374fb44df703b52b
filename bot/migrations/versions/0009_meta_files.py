"""Files of ours at Meta are deleted there once everybody has them.

Revision: bot_0009, after: bot_0008
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0009"
down_revision = "bot_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bot_meta_file",
        sa.Column("media_id", sa.String(200), nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(32), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("media_id", name="pk_bot_meta_file"),
    )
    op.create_index("ix_bot_meta_file_next_try_at", "bot_meta_file", ["next_try_at"])
    there = sa.text("blob IS NOT NULL")
    op.create_index("ix_bot_sending_blob", "bot_sending", ["blob"], sqlite_where=there, postgresql_where=there)
    op.execute(
        "INSERT INTO bot_meta_file (media_id, blob, uploaded_at, next_try_at, attempts) "
        "SELECT media_id, min(blob), min(uploaded_at), min(uploaded_at), 0 FROM bot_upload GROUP BY media_id"
    )


def downgrade() -> None:
    op.drop_index("ix_bot_sending_blob", table_name="bot_sending")
    op.drop_table("bot_meta_file")
