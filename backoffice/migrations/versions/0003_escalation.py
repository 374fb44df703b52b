"""Alarms for superiors, and the addresses of staff to which they are written

Revision: 0003, after: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_alarms",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("clock", sa.String(length=10), nullable=False),
        sa.Column("near_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_alarms_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "role", "clock", name=op.f("pk_case_alarms")),
    )
    with op.batch_alter_table("case_alarms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_alarms_next_at"), ["next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_alarms_role_near_at_case_id"), ["role", "near_at", "case_id"], unique=False)

    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("email")

    with op.batch_alter_table("case_alarms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_alarms_role_near_at_case_id"))
        batch_op.drop_index(batch_op.f("ix_case_alarms_next_at"))

    op.drop_table("case_alarms")
