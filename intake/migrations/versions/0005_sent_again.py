"""Notes of a write to the back office whether it is sent a second time after a restore.

Revision: 0005_sent_again, after: 0004_blob_uses
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_sent_again"
down_revision = "0004_blob_uses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dispatches", sa.Column("again", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("dispatches", "again")
