"""The words of a case are its key: they are found by the case, too

Revision: 0005, after: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TERM = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
COLUMNS = "case_id, kind, term"
CASE = "fk_case_terms_case_id_cases"


def upgrade() -> None:
    _make_anew(sa.PrimaryKeyConstraint("case_id", "kind", "term", name=op.f("pk_case_terms")))


def downgrade() -> None:
    _make_anew(sa.Column("id", BIG, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_case_terms")))


def _make_anew(*key: sa.Column | sa.PrimaryKeyConstraint) -> None:
    """Writes all rows into a table with that key: on SQLite a key can't be changed, and on PostgreSQL a case's words lie together then.

    PostgreSQL is told whom the words belong to when all are there: it looks them up in one go then, not one by one.
    """
    postgres = op.get_bind().dialect.name == "postgresql"
    op.drop_index(op.f("ix_case_terms_kind_term_case_id"), table_name="case_terms")
    op.rename_table("case_terms", "case_terms_before")
    if postgres:
        op.execute("SET LOCAL statement_timeout = 0")  # every case has a dozen
        op.execute("SET LOCAL work_mem = '256MB'")
        op.execute("SET LOCAL maintenance_work_mem = '256MB'")
        op.drop_constraint(op.f("pk_case_terms"), "case_terms_before")
        op.drop_constraint(op.f(CASE), "case_terms_before")
    op.create_table(
        "case_terms",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("term", TERM, nullable=False),
        *([] if postgres else [sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(CASE))]),
        *key,
    )
    op.execute(f"INSERT INTO case_terms ({COLUMNS}) SELECT DISTINCT {COLUMNS} FROM case_terms_before ORDER BY {COLUMNS}")  # noqa: S608
    op.drop_table("case_terms_before")
    op.create_index(op.f("ix_case_terms_kind_term_case_id"), "case_terms", ["kind", "term", "case_id"], unique=False)
    if postgres:
        op.create_foreign_key(op.f(CASE), "case_terms", "cases", ["case_id"], ["id"])
        # Names are few and uneven: the planner must know the common ones to go by the rarer word.
        op.execute("ALTER TABLE case_terms ALTER COLUMN term SET STATISTICS 1000")
