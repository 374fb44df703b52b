"""The chat knows when a complaint was closed, and keeps what it knows of it for its days from then on.

Revision: 0008_complaints_closed_at, after: 0007_anonymous_complaints
"""

import sqlalchemy as sa
from alembic import op

revision = "0008_complaints_closed_at"
down_revision = "0007_anonymous_complaints"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_complaints", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("chat_complaints", "closed_at")
