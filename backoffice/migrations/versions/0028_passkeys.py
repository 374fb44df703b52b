"""Passkeys of staff, and what one has to sign next

Revision: 0028, after: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_passkeys",
        sa.Column("id", sa.String(length=1400), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_passkeys_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkeys")),
    )
    with op.batch_alter_table("staff_passkeys") as batch_op:
        batch_op.create_index(op.f("ix_staff_passkeys_staff_id"), ["staff_id"])
    with op.batch_alter_table("staff_sessions") as batch_op:
        batch_op.add_column(sa.Column("challenge", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("challenge_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff_sessions") as batch_op:
        batch_op.drop_column("challenge_until")
        batch_op.drop_column("challenge")
    op.drop_table("staff_passkeys")
