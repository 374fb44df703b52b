"""Numbers of akta and NIK are one child's each: as `versions/0013`, without noting those of the cases that are there

PostgreSQL. `backoffice/backfilling.py` notes them; until it has, whoever enters a number is compared with the cases themselves.
"""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "issued_numbers",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("child", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_issued_numbers_case_id_cases")),
        sa.PrimaryKeyConstraint("kind", "number", name=op.f("pk_issued_numbers")),
    )
    op.create_index(op.f("ix_issued_numbers_case_id"), "issued_numbers", ["case_id"])
    op.execute(
        "CREATE TABLE IF NOT EXISTS backfills (name varchar(80) PRIMARY KEY, place varchar(400) NOT NULL, last bigint NOT NULL, "
        "rows bigint NOT NULL, done_at timestamptz)"
    )
    op.execute("INSERT INTO backfills (name, place, last, rows) SELECT 'numbers_of_cases', '0', coalesce(max(id), 0), 0 FROM cases")
