"""When Meta last did not take a form (a Flow) of our number's.

Revision: bot_0012, after: bot_0011
"""

import sqlalchemy as sa
from alembic import op

revision = "bot_0012"
down_revision = "bot_0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bot_number", sa.Column("form_refused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("bot_number", sa.Column("form_code", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bot_number") as batch_op:
        batch_op.drop_column("form_code")
        batch_op.drop_column("form_refused_at")
