"""When the central SIAK could not be used

Revision: 0023, after: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "siak_outages",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("began_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["began_by"], ["staff.id"], name=op.f("fk_siak_outages_began_by_staff")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_siak_outages_ended_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_siak_outages")),
        sa.UniqueConstraint("is_open", name=op.f("uq_siak_outages_is_open")),
    )
    op.create_index(op.f("ix_siak_outages_began_at"), "siak_outages", ["began_at"])


def downgrade() -> None:
    op.drop_table("siak_outages")
