"""The register of breaches: what became known, how, what was done, and of how many people.

Revision: 0018, after: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("revealed", "how", "measures"):
        op.add_column("breaches", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("breaches", sa.Column("people", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("people", "measures", "how", "revealed"):
        op.drop_column("breaches", name)
