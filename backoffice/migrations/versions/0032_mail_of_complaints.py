"""The e-mail address of a complaint is confirmed by a code; room for the sealed contact of a notice

Revision: 0032, after: 0031

What stands in plain stays readable until `python -m backoffice reseal`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("complaints") as batch_op:
        batch_op.add_column(sa.Column("mail_confirmed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("notices") as batch_op:
        batch_op.alter_column("contact", existing_type=sa.String(length=80), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    """The column of notices stays wide: what is sealed would not fit."""
    with op.batch_alter_table("complaints") as batch_op:
        batch_op.drop_column("mail_confirmed_at")
