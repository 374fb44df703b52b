"""Numbers of akta and NIK are one child's each; the nomor KK of a case is found

Revision: 0013, after: 0012
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BATCH = 500


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
    """The numbers of the cases that were there: where two have the same, the first keeps it."""
    connection, last = op.get_bind(), 0
    query = sa.text("SELECT id, siak FROM cases WHERE id > :last ORDER BY id LIMIT :batch")
    issued = sa.text(
        "INSERT INTO issued_numbers (kind, number, case_id, child) VALUES (:kind, :number, :case_id, :child) ON CONFLICT DO NOTHING"
    )
    term = sa.text("INSERT INTO case_terms (case_id, kind, term) VALUES (:case_id, 'kk', :term) ON CONFLICT DO NOTHING")
    while rows := connection.execute(query, {"last": last, "batch": BATCH}).all():
        last = rows[-1][0]
        for case_id, written in rows:
            siak = json.loads(written) if isinstance(written, str) else written or {}
            if siak.get("no_kk"):
                connection.execute(term, {"case_id": case_id, "term": siak["no_kk"]})
            for child, row in enumerate(siak.get("anak") or []):
                for kind in ("akta", "nik"):
                    if row.get(kind):
                        connection.execute(issued, {"kind": kind, "number": row[kind], "case_id": case_id, "child": child})
