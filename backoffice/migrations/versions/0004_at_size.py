"""Months of reports that are kept, and children compared by name and day of birth

Revision: 0004, after: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BORN = {"postgresql": "cases.bundle -> 'anak' -> 0 ->> 'tanggal_lahir'", "sqlite": "json_extract(cases.bundle, '$.anak[0].tanggal_lahir')"}
"""Where a bundle says when its child was born; twins, within a day of each other."""


def upgrade() -> None:
    op.create_table(
        "month_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kecamatan", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("month", "kecamatan", name=op.f("pk_month_figures")),
    )
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaints_created_at"), ["created_at"], unique=False)

    name = op.get_bind().dialect.name
    if name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every case has such a row
    born = f"(SELECT {BORN[name]} FROM cases WHERE cases.id = case_terms.case_id)"  # noqa: S608
    written = f"substr(term, 1, 100) || ' ' || {born}"
    op.execute(f"UPDATE case_terms SET term = {written} WHERE kind = 'anak' AND {born} IS NOT NULL")  # noqa: S608


def downgrade() -> None:
    op.execute("UPDATE case_terms SET term = substr(term, 1, length(term) - 11) WHERE kind = 'anak' AND term LIKE '% ____-__-__'")
    with op.batch_alter_table("complaints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaints_created_at"))

    op.drop_table("month_figures")
