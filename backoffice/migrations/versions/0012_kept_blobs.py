"""Who needs which blob stands in the tables that every service uses, drafts and final PDFs among them

Revision: 0012, after: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET LOCAL statement_timeout = 0")  # every blob that is needed is looked at, once
    op.create_table(
        "kept_blobs",
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("blob", name=op.f("pk_kept_blobs")),
    )
    op.execute("INSERT INTO kept_blobs (blob) SELECT blob FROM blob_uses UNION SELECT blob FROM products")
    op.drop_index(op.f("ix_blob_uses_blob"), table_name="blob_uses")
    op.rename_table("blob_uses", "old_blob_uses")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_blob_uses RENAME CONSTRAINT pk_blob_uses TO pk_old_blob_uses")
    op.create_table(
        "blob_uses",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["blob"], ["kept_blobs.blob"], name=op.f("fk_blob_uses_blob_kept_blobs")),
        sa.PrimaryKeyConstraint("owner", "blob", name=op.f("pk_blob_uses")),
    )
    op.execute("INSERT INTO blob_uses (owner, blob, noted_at) SELECT owner, blob, CURRENT_TIMESTAMP FROM old_blob_uses")
    op.execute(r"INSERT INTO blob_uses (owner, blob, noted_at) SELECT 'produk\:' || id, blob, CURRENT_TIMESTAMP FROM products")
    op.create_index(op.f("ix_blob_uses_blob"), "blob_uses", ["blob"])
    op.drop_table("old_blob_uses")
    op.drop_index(op.f("ix_products_blob"), table_name="products")


def downgrade() -> None:
    op.create_index(op.f("ix_products_blob"), "products", ["blob"], unique=False)
    op.drop_index(op.f("ix_blob_uses_blob"), table_name="blob_uses")
    op.rename_table("blob_uses", "new_blob_uses")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE new_blob_uses RENAME CONSTRAINT pk_blob_uses TO pk_new_blob_uses")
    op.create_table(
        "blob_uses",
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("blob", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("owner", "blob", name=op.f("pk_blob_uses")),
    )
    op.execute("INSERT INTO blob_uses (owner, blob) SELECT owner, blob FROM new_blob_uses")
    op.create_index(op.f("ix_blob_uses_blob"), "blob_uses", ["blob"], unique=False)
    op.drop_table("new_blob_uses")
    op.drop_table("kept_blobs")
