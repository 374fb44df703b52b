"""Numbers of akta and NIK are one child's each; the nomor KK of a case is found

Revision: 0013, after: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every case that has numbers is looked at, once
    op.create_table(
        "issued_numbers",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("child", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_issued_numbers_case_id_cases")),
        sa.PrimaryKeyConstraint("kind", "number", name=op.f("pk_issued_numbers")),
    )
    op.create_index(op.f("ix_issued_numbers_case_id"), "issued_numbers", ["case_id"])
    _note_all()


def downgrade() -> None:
    op.execute("DELETE FROM case_terms WHERE kind = 'kk'")
    op.drop_table("issued_numbers")


def _note_all() -> None:
    """The numbers of the cases that were there: where two have the same, the first keeps it.

    One statement each, in the database: a million cases row by row took half an hour.
    """
    if op.get_bind().dialect.name == "postgresql":
        kk, value, place = "siak ->> 'no_kk'", "child.row ->> kinds.kind", "child.place - 1"
        children = (
            "CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN jsonb_typeof(siak -> 'anak') = 'array' THEN siak -> 'anak' ELSE '[]' END) "
            "WITH ORDINALITY AS child (row, place)"
        )
    else:
        kk, value, place = "json_extract(siak, '$.no_kk')", "json_extract(child.value, '$.' || kinds.kind)", "child.key"
        children = "CROSS JOIN json_each(siak, '$.anak') AS child"
    op.execute(
        f"INSERT INTO case_terms (case_id, kind, term) SELECT id, 'kk', {kk} FROM cases "  # noqa: S608 (texts of ours)
        f"WHERE coalesce({kk}, '') <> '' ON CONFLICT DO NOTHING"
    )
    op.execute(
        f"INSERT INTO issued_numbers (kind, number, case_id, child) SELECT kinds.kind, {value}, cases.id, {place} "  # noqa: S608
        f"FROM cases {children} CROSS JOIN (SELECT 'akta' AS kind UNION ALL SELECT 'nik') AS kinds "
        f"WHERE coalesce({value}, '') <> '' ORDER BY cases.id, {place}, kinds.kind ON CONFLICT DO NOTHING"
    )
