"""The desk: by which channel a complaint came, its last words, what it was merged into, and who has read how far.

Revision: 0017, after: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaints", sa.Column("channel", sa.String(length=20), server_default="whatsapp", nullable=False))
    op.add_column("complaints", sa.Column("merged_into", sa.String(length=20), nullable=True))
    op.add_column("complaints", sa.Column("last_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("complaints", sa.Column("last_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("complaints", sa.Column("last_words", sa.String(length=200), server_default="", nullable=False))
    op.add_column("complaints", sa.Column("last_direction", sa.String(length=3), server_default="in", nullable=False))
    op.execute("UPDATE complaints SET last_at = created_at, last_in_at = created_at, last_words = substr(text, 1, 160)")
    op.create_table(
        "complaint_readings",
        sa.Column("complaint_id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("here_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_readings_complaint_id_complaints")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_readings_staff_id_staff")),
        sa.PrimaryKeyConstraint("complaint_id", "staff_id", name=op.f("pk_complaint_readings")),
    )


def downgrade() -> None:
    op.drop_table("complaint_readings")
    for name in ("last_direction", "last_words", "last_in_at", "last_at", "merged_into", "channel"):
        op.drop_column("complaints", name)
