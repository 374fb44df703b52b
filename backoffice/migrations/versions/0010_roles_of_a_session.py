"""A session knows the roles with which it began; those under way end once

Revision: 0010, after: 0009
"""

import sqlalchemy as sa
from alembic import op

from storage.model import Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM staff_sessions")
    with op.batch_alter_table("staff_sessions") as table:
        table.add_column(sa.Column("roles", Json, nullable=False))


def downgrade() -> None:
    op.drop_column("staff_sessions", "roles")
