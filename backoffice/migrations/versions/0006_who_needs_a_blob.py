"""Who needs which blob is noted, so that a purge asks for its own pictures only

Revision: 0006, after: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

EACH = {"postgresql": "jsonb_array_elements({}) AS each", "sqlite": "json_each({}) AS each"}
BLOB = {"postgresql": "each.value ->> 'blob'", "sqlite": "json_extract(each.value, '$.blob')"}
HELD = "erased_at IS NULL"


def upgrade() -> None:
    name = op.get_bind().dialect.name
    if name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every document that ever came is looked at, once
        op.execute("SET LOCAL maintenance_work_mem = '256MB'")
    op.create_table(
        "blob_uses",
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("owner", "blob", name=op.f("pk_blob_uses")),
    )
    held = {"postgresql_where": sa.text(HELD), "sqlite_where": sa.text(HELD)}
    op.create_index("ix_case_documents_case_id_held", "case_documents", ["case_id"], unique=False, **held)
    _note("'permohonan:' || case_id", f"case_documents, {EACH[name].format('pages')} WHERE {HELD}", BLOB[name])
    _note("'aduan:' || complaint_messages.id", f"complaint_messages, {EACH[name].format('attachments')}", BLOB[name])
    op.create_index(op.f("ix_blob_uses_blob"), "blob_uses", ["blob"], unique=False)
    op.create_index(op.f("ix_products_blob"), "products", ["blob"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_products_blob"), table_name="products")
    op.drop_index("ix_case_documents_case_id_held", table_name="case_documents")
    op.drop_table("blob_uses")


def _note(owner: str, rows: str, blob: str) -> None:
    op.execute(sa.text(f"INSERT INTO blob_uses (owner, blob) SELECT DISTINCT {owner}, {blob} FROM {rows}".replace(":", r"\:")))  # noqa: S608
