"""The chat knows which of its complaints are kept secret.

Revision: 0006_secret_complaints, after: 0005_sent_again
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_secret_complaints"
down_revision = "0005_sent_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat_complaints", sa.Column("restricted", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("chat_complaints", "restricted")
