"""Complaints have a reader, a flow and a ladder; who is accused is kept apart; breaches of personal data have a register

Revision: 0015, after: 0014
"""

import sqlalchemy as sa
from alembic import op

from storage.model import Json

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = ("anonymous", "doubt_until", "reader_id", "level", "reason", "told", "rating")


def upgrade() -> None:
    with op.batch_alter_table("complaints") as table:
        table.add_column(sa.Column("anonymous", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("doubt_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reader_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.add_column(sa.Column("told", Json, nullable=False, server_default="[]"))
        table.add_column(sa.Column("rating", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_complaints_reader_id_staff"), "staff", ["reader_id"], ["id"])
        table.create_index(op.f("ix_complaints_reader_id_state"), ["reader_id", "state"])
    op.create_table(
        "complaint_exclusions",
        sa.Column("complaint_id", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_exclusions_complaint_id_complaints")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_exclusions_staff_id_staff")),
        sa.PrimaryKeyConstraint("complaint_id", "staff_id", name=op.f("pk_complaint_exclusions")),
    )
    op.create_table(
        "breaches",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("complaint_id", sa.String(length=64), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_people_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_authority_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_breaches_complaint_id_complaints")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_breaches_complaint_id")),
    )
    op.create_index(op.f("ix_breaches_due"), "breaches", ["due"])
    # `sikap_petugas` is restricted from now on; what ended long ago is closed, not done
    op.execute("UPDATE complaints SET restricted = true WHERE category = 'sikap_petugas' AND state <> 'selesai'")


def downgrade() -> None:
    op.drop_index(op.f("ix_breaches_due"), table_name="breaches")
    op.drop_table("breaches")
    op.drop_table("complaint_exclusions")
    with op.batch_alter_table("complaints") as table:
        table.drop_index(op.f("ix_complaints_reader_id_state"))
        table.drop_constraint(op.f("fk_complaints_reader_id_staff"), type_="foreignkey")
        for column in reversed(COLUMNS):
            table.drop_column(column)
