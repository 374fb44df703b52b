"""Room for what is sealed: officers' notes, names of files, why a notice did not go out

Revision: 0024, after: 0023

What stands in plain in any column stays readable; `python -m backoffice reseal` seals it while everything runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_documents") as batch_op:
        batch_op.alter_column("note", existing_type=sa.String(length=500), type_=sa.Text(), existing_nullable=True)
    with op.batch_alter_table("products") as batch_op:
        batch_op.alter_column("filename", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False)
    with op.batch_alter_table("notices") as batch_op:
        batch_op.alter_column("problem", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=True)


def downgrade() -> None:
    """The columns stay wide: what is sealed would not fit."""
