"""The chat knows which of its complaints were told without a name, and forgets those when they are closed.

Revision: 0007_anonymous_complaints, after: 0006_secret_complaints
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_anonymous_complaints"
down_revision = "0006_secret_complaints"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_complaints", sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("chat_complaints", "anonymous")
