"""A breach of personal data may come of a case: somebody else's paper was sent

Revision: 0026, after: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("breaches") as table:
        table.add_column(sa.Column("case_number", sa.String(length=20), nullable=True))
        table.alter_column("complaint_id", existing_type=sa.String(length=64), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM breaches WHERE complaint_id IS NULL")
    with op.batch_alter_table("breaches") as table:
        table.alter_column("complaint_id", existing_type=sa.String(length=64), nullable=False)
        table.drop_column("case_number")
