"""Who needs which blob: as `versions/0012`, without writing a row for each; `backoffice/backfilling.py` writes them

PostgreSQL. The table of needs stays and gets its new column; until the backfills are done no file is erased.
"""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    op.create_table(
        "kept_blobs",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_kept_blobs")),
    )
    op.execute("ALTER TABLE blob_uses ALTER COLUMN owner TYPE varchar")
    op.execute("ALTER TABLE blob_uses ADD COLUMN noted_at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP")
    op.execute("ALTER TABLE blob_uses ALTER COLUMN noted_at DROP DEFAULT")
    op.execute(
        "ALTER TABLE blob_uses ADD CONSTRAINT fk_blob_uses_blob_kept_blobs FOREIGN KEY (blob) REFERENCES kept_blobs (blob) NOT VALID"
    )
    op.drop_index(op.f("ix_products_blob"), table_name="products")
    op.execute(
        "CREATE TABLE IF NOT EXISTS backfills (name varchar(80) PRIMARY KEY, place varchar(400) NOT NULL, last bigint NOT NULL, "
        "rows bigint NOT NULL, done_at timestamptz)"
    )
    op.execute("INSERT INTO backfills (name, place, last, rows) VALUES ('needs_of_blobs', '', 0, 0)")
    op.execute("INSERT INTO backfills (name, place, last, rows) VALUES ('needs_of_products', '', 0, 0)")
