"""Failed attempts slow down who made them, instead of locking the account

Revision: 0009, after: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempt_counts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attempt_counts")),
    )
    op.create_index(op.f("ix_attempt_counts_last_at"), "attempt_counts", ["last_at"], unique=False)
    op.drop_index(op.f("ix_failed_sign_ins_address_at"), table_name="failed_sign_ins")
    op.drop_table("failed_sign_ins")
    op.drop_column("staff", "locked_until")
    op.drop_column("staff", "failed_sign_ins")


def downgrade() -> None:
    op.add_column("staff", sa.Column("failed_sign_ins", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("staff", sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_ins")),
    )
    op.create_index(op.f("ix_failed_sign_ins_address_at"), "failed_sign_ins", ["address", "at"], unique=False)
    op.drop_index(op.f("ix_attempt_counts_last_at"), table_name="attempt_counts")
    op.drop_table("attempt_counts")
