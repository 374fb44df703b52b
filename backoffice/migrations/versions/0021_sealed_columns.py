"""Room for what is sealed: children's names, and the keyed hashes of issued numbers

Revision: 0021, after: 0020

What stands in plain in any column stays readable; `python -m backoffice reseal` seals it while everything runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.alter_column("child_name", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)
    with op.batch_alter_table("complaints") as batch_op:
        batch_op.alter_column("last_words", existing_type=sa.String(length=200), type_=sa.Text())
    with op.batch_alter_table("issued_numbers") as batch_op:
        batch_op.alter_column("number", existing_type=sa.String(length=30), type_=sa.String(length=60), existing_nullable=False)


def downgrade() -> None:
    """The columns stay wide: what is sealed would not fit."""
